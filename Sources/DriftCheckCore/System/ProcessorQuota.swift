import Glibc

/// How many threads to use.
package enum ProcessorQuota {
  /// The threads asked for, else DRIFT_CHECK_THREADS, else what the container and the kernel
  /// allow.
  /// - Parameters:
  ///   - option: The value of `--threads`.
  ///   - environment: Where DRIFT_CHECK_THREADS is looked up; empty counts as not set.
  ///   - root: The top folder of the file system, "/" but in tests.
  /// - Returns: At least 1.
  /// - Throws: `UsageError` when DRIFT_CHECK_THREADS is not a number from 1 to 1,024.
  package static func threads(
    option: Int?, _ environment: Environment, root: String = "/"
  ) throws(UsageError) -> Int {
    if let option { return option }
    if let text = environment.nonEmpty("DRIFT_CHECK_THREADS") {
      guard let threads = Int(text), (1...1024).contains(threads) else {
        throw UsageError(
          .environment, subject: "DRIFT_CHECK_THREADS",
          "DRIFT_CHECK_THREADS is '\(text)': expected a whole number from 1 to 1024.")
      }
      return threads
    }
    let processors = allowedProcessors(root: root)
    guard let quota = ControlGroup.processorQuota(root: root) else { return processors }
    return max(1, min(Int(quota.rounded(.up)), processors))
  }

  /// The processors that are on line and that the affinity mask of this process allows.
  ///
  /// Read from files: `sched_getaffinity` is not visible without `_GNU_SOURCE`.
  static func allowedProcessors(root: String) -> Int {
    let online = SmallFile.text(root + "/sys/devices/system/cpu/online").map(processorList)
    let status = SmallFile.text(root + "/proc/self/status")
    let key = "Cpus_allowed_list:"
    let allowed = status?.split(separator: "\n").first { $0.hasPrefix(key) }
      .map { processorList(String($0.dropFirst(key.count))) }
    let usable =
      switch (online, allowed) {
      case (let online?, let allowed?): online.intersection(allowed).count
      case (let one?, nil), (nil, let one?): one.count
      case (nil, nil): sysconf(Int32(_SC_NPROCESSORS_ONLN))
      }
    return max(1, usable)
  }

  /// The numbers of a list such as "0-3,7".
  static func processorList(_ text: String) -> Set<Int> {
    var numbers: Set<Int> = []
    for part in text.split(whereSeparator: { $0 == "," || $0.isWhitespace }) {
      let ends = part.split(separator: "-").compactMap { Int($0) }
      guard let first = ends.first, let last = ends.last, first <= last, last < 65_536 else {
        continue
      }
      numbers.formUnion(first...last)
    }
    return numbers
  }
}

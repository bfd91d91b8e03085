import Glibc

/// Watches how much memory the process holds while it reads and tests: a refusal that says what to do
/// instead of an end by the kernel.
///
/// What is known beforehand is refused beforehand (see `MemoryBudget`). What a table turns out to
/// need, as its rows are read, is looked at here, after each piece of it.
package struct MemoryMeter: Sendable {
  /// The bytes that the process may hold.
  package let most: Int
  /// What the limit is, and how to raise it.
  private let limit: String
  private let advice: String
  private let root: String

  /// - Parameters:
  ///   - option: The value of `--memory-limit`, of which a quarter more is let pass: it is no place
  ///     to stop at the last page.
  ///   - root: The top folder of the file system, "/" but in tests.
  package init(option: Int?, root: String = "/") {
    self.root = root
    let whole = MemoryBudget.whole(root: root)
    // A sixteenth is left for what others in the container and the kernel take.
    let contained = whole / 16 * 15
    let allowed = option.map { MemoryBudget.bytes(option: $0, root: root) / 4 * 5 } ?? .max
    most = min(allowed, contained)
    if let option, allowed < contained {
      limit =
        "--memory-limit of \(MemoryBudget.megabytes(MemoryBudget.bytes(option: option, root: root))) MB"
      advice = "give a higher --memory-limit"
    } else {
      limit = "\(MemoryBudget.megabytes(whole)) MB of memory in all"
      advice = "give the container or machine more memory"
    }
  }

  /// Refuses to go on when the process holds more than it may.
  ///
  /// - Parameter paths: What is being read or compared.
  /// - Throws: `InputError` that says what to do.
  func check(_ paths: [String]) throws(InputError) {
    guard let detail = refusal() else { return }
    throw InputError(file: InputTables.title(paths), detail: detail)
  }

  /// What is said when the process holds more than it may; nil when it does not.
  package func refusal() -> String? {
    let held = Self.held(root: root)
    guard held > most else { return nil }
    return
      "takes more memory than there is for it: \(MemoryBudget.megabytes(held)) MB so far, with "
      + "\(limit); \(advice), or check fewer columns at a time with --features or --exclude"
  }

  /// The bytes that the process holds for itself, without those of files that it maps.
  static func held(root: String) -> Int {
    let fields = (SmallFile.text(root + "/proc/self/statm") ?? "").split(separator: " ")
    guard fields.count > 2, let resident = Int(fields[1]), let shared = Int(fields[2]) else {
      return 0
    }
    return max(0, resident - shared) * sysconf(Int32(_SC_PAGESIZE))
  }
}

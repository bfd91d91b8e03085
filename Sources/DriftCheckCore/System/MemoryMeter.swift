import Glibc

/// Watches how much memory the process holds while it reads and tests: a refusal that says what to do
/// instead of an end by the kernel.
///
/// What is known beforehand is refused beforehand (see `MemoryBudget`). What a table turns out to
/// need, as its rows are read, is looked at here, after each piece of it.
struct MemoryMeter: Sendable {
  /// The bytes that the process may hold.
  let most: Int
  /// What the limit is, and how to raise it.
  private let limit: String
  private let advice: String

  /// - Parameters:
  ///   - option: The value of `--memory-limit`, of which a quarter more is let pass: it is no place
  ///     to stop at the last page.
  ///   - root: The top folder of the file system, "/" but in tests.
  init(option: Int?, root: String = "/") {
    let container = ControlGroup.memoryLimit(root: root)
    // A sixteenth is left for what others in the container and the kernel take.
    let contained = container.map { $0 / 16 * 15 } ?? .max
    guard let option else {
      most = contained
      limit = "the memory limit of \((container ?? 0) >> 20) MB of the container"
      advice = "give the container more memory"
      return
    }
    let budget = MemoryBudget.bytes(option: option, root: root)
    most = min(budget / 4 * 5, contained)
    let isContained = contained < budget / 4 * 5
    limit =
      isContained
      ? "the memory limit of \((container ?? 0) >> 20) MB of the container"
      : "--memory-limit of \(budget >> 20) MB"
    advice = isContained ? "give the container more memory" : "give a higher --memory-limit"
  }

  /// Refuses to go on when the process holds more than it may.
  ///
  /// - Parameter paths: What is being read or compared.
  /// - Throws: `InputError` that says what to do.
  func check(_ paths: [String]) throws(InputError) {
    guard most < .max else { return }
    let held = Self.held()
    guard held > most else { return }
    throw InputError(
      file: InputTables.title(paths),
      detail: "takes more memory than there is for it: \(held >> 20) MB so far, with "
        + "\(limit); \(advice), or check fewer columns at a time with --features or --exclude")
  }

  /// The bytes that the process holds for itself, without those of files that it maps.
  static func held(root: String = "/") -> Int {
    let fields = (SmallFile.text(root + "/proc/self/statm") ?? "").split(separator: " ")
    guard fields.count > 2, let resident = Int(fields[1]), let shared = Int(fields[2]) else {
      return 0
    }
    return max(0, resident - shared) * sysconf(Int32(_SC_PAGESIZE))
  }
}

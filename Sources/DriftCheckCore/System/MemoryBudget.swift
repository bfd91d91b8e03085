import Glibc

/// How much memory may be used.
package enum MemoryBudget {
  /// The bytes asked for, else three quarters of what the container or the machine has.
  ///
  /// - Parameters:
  ///   - option: The value of `--memory-limit`.
  ///   - root: The top folder of the file system, "/" but in tests.
  /// - Returns: At least `least`.
  package static func bytes(option: Int?, root: String = "/") -> Int {
    max(option ?? whole(root: root) / 4 * 3, least)
  }

  /// What the container or the machine has.
  static func whole(root: String) -> Int {
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    return min(machine, ControlGroup.memoryLimit(root: root) ?? machine)
  }

  /// What the program takes with nothing in it.
  package static let least = 64 << 20

  /// What is left for the values of columns: half of what the program does not take for itself.
  static func forValues(_ budget: Int) -> Int { (budget - least / 2) / 2 }

  /// What is left for a profile: all of it, or half when several are merged, as then two are in
  /// memory at a time.
  static func forProfile(_ budget: Int, of count: Int) -> Int {
    count > 1 ? forValues(budget) : budget - least / 2
  }

  /// What is left for what the program makes of columns, rows and permutations.
  static func forWork(_ budget: Int) -> Int { budget - least / 2 }

  /// What is left for text on its way to columns.
  static func forReading(_ budget: Int) -> Int { forWork(budget) / 2 }

  /// What is left for the bits of permutations that are taken at a time.
  static func forPermutations(_ budget: Int) -> Int { min(forWork(budget) / 4, 256 << 20) }

  /// What a column takes on its way from two tables to a report, however few rows it has: names, counts,
  /// bins on both sides, and results. Measured on tables of 20,000 to 100,000 columns.
  static let perColumn = 7_600

  /// Bytes as people are told of them, and as `--memory-limit` takes them with an "M".
  static func megabytes(_ bytes: Int) -> Int { bytes / 1_000_000 }

  /// The budget with which so many bytes are left for work, as a value of `--memory-limit`.
  static func limit(forWork bytes: Int) -> String {
    "\(megabytes(max(0, bytes) + least / 2) + 1)M"
  }

  /// What is left for the levels of one side: a quarter of it.
  static func forLevels(_ budget: Int) -> Int { (budget - least / 2) / 4 }
}

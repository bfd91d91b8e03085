internal import DriftDetection
internal import Tabular

/// What is refused as it would take more memory than there is, before it is taken.
extension CheckOptions {
  /// Who sets the limit, for messages.
  private var limitName: String {
    memoryLimit == nil ? "three quarters of the memory there is" : "the memory limit"
  }

  /// What to do for so many bytes of work.
  private func advice(_ bytes: Int) -> String {
    "give --memory-limit \(MemoryBudget.limit(forWork: bytes))"
      + (memoryLimit == nil ? " where there is as much" : "")
  }

  /// Refuses a table with more columns to check than memory holds the results of.
  ///
  /// - Parameters:
  ///   - names: All columns.
  ///   - file: The file that they are of.
  /// - Throws: `InputError`.
  func requireRoom(forColumns names: [String], file: String) throws(InputError) {
    let request = requests(unnamed: [])
    let count = names.count { request($0) != .skip }
    let room = MemoryBudget.forWork(memoryBudget)
    // Names by their length: they are kept at several places.
    let text = names.reduce(0) { $0 + $1.utf8.count }
    let needed = count * MemoryBudget.perColumn + 4 * text
    let megabytes = MemoryBudget.megabytes
    guard needed > room else { return }
    let fitting = max(1, (room - 4 * text) / MemoryBudget.perColumn)
    throw InputError(
      file: file,
      detail:
        "has \(count) columns to check, which take about \(megabytes(needed)) MB of memory; "
        + "\(limitName) leaves \(megabytes(room)) MB for them; \(advice(needed)), or check about "
        + "\(fitting) at a time with --features or --exclude")
  }

  /// Refuses a kernel test of more numbers than memory holds.
  ///
  /// - Parameter size: The rows of both sides and the features that it would compare.
  /// - Throws: `InputError`.
  func requireRoom(
    forDiscrepancy size: (rows: Int, features: Int)
  ) throws(InputError) {
    // Both samples, then scaled, then packed for products.
    let row = size.features * 8 * Self.copiesOfRows
    // Results are not made yet.
    let used = size.features * MemoryBudget.perColumn / 2
    let room = max(0, MemoryBudget.forWork(memoryBudget) - used)
    let needed = size.rows * row
    guard needed > room else { return }
    let fitting = room / max(1, row) / 2
    throw InputError(
      file: InputTables.title(current),
      detail: "MMD would compare \(size.rows) rows of \(size.features) features, which takes about "
        + "\(MemoryBudget.megabytes(needed)) MB of memory; \(limitName) leaves \(MemoryBudget.megabytes(room)) MB for it; "
        + advice(needed + used)
        + (fitting >= 2 ? ", or --mmd-max-rows \(fitting)" : "") + ", or --no-mmd")
  }

  /// How often the numbers of the rows that are compared are in memory.
  private static let copiesOfRows = 4

  /// Refuses more permutations than memory holds the sums of, as these are kept in files.
  ///
  /// - Throws: `UsageError`.
  func requireRoomForSums() throws(UsageError) {
    let permutations = discrepancy.permutations
    // 32 bytes each: as sums, as the bytes of a file, and twice while they grow.
    let each = 160
    let room = MemoryBudget.forWork(memoryBudget)
    guard permutations * each > room else { return }
    throw .contradiction(
      "--permutations",
      "The sums of \(permutations) permutations take about \(MemoryBudget.megabytes(permutations * each)) MB of memory; "
        + "\(limitName) leaves \(MemoryBudget.megabytes(room)) MB for them; \(advice(permutations * each)), or "
        + "--permutations \(room / each).")
  }
}

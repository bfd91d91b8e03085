/// Memory that the system did not give.
struct MemoryError: Error, CustomStringConvertible {
  let detail: String

  var description: String { detail }
}

/// A value of a JSON document whose items are made when they are written: as a whole it would take
/// several times the memory of its text.
enum StreamedValue {
  case whole(JSONValue)
  /// An array of so many items, by place.
  case array(Int, (Int) -> JSONValue)
  /// An object of so many members, by place.
  case object(Int, (Int) -> JSONValue.Member)

  /// All of it.
  var value: JSONValue {
    switch self {
    case .whole(let value): value
    case .array(let count, let item): .array((0..<count).map(item))
    case .object(let count, let member): .object((0..<count).map(member))
    }
  }

  /// Writes the document whose members these are, as `JSONValue.bytes` does, piece by piece.
  static func write<Failure: Error>(
    _ members: [(key: String, value: StreamedValue)],
    _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    var pieces = OutputPieces()
    pieces.bytes += "{".utf8
    for (place, member) in members.enumerated() {
      if place > 0 { pieces.bytes += ",".utf8 }
      JSONValue.newline(1, to: &pieces.bytes)
      JSONValue.write(member.key, to: &pieces.bytes)
      pieces.bytes += ": ".utf8
      try member.value.write(to: &pieces, take)
      try pieces.handOn(to: take)
    }
    if !members.isEmpty { JSONValue.newline(0, to: &pieces.bytes) }
    pieces.bytes += "}\n".utf8
    try pieces.finish(take)
  }

  /// Writes a member's value.
  private func write<Failure: Error>(
    to pieces: inout OutputPieces, _ take: ([UInt8]) throws(Failure) -> Void
  ) throws(Failure) {
    switch self {
    case .whole(let value): value.write(to: &pieces.bytes, indent: 1)
    case .array(let count, let item):
      try Self.write(count, "[", "]", to: &pieces, take) { item($0).write(to: &$1, indent: 2) }
    case .object(let count, let member):
      try Self.write(count, "{", "}", to: &pieces, take) { member($0).write(to: &$1, indent: 2) }
    }
  }

  private static func write<Failure: Error>(
    _ count: Int, _ open: String, _ close: String, to pieces: inout OutputPieces,
    _ take: ([UInt8]) throws(Failure) -> Void, item: (Int, inout [UInt8]) -> Void
  ) throws(Failure) {
    pieces.bytes += open.utf8
    for place in 0..<count {
      if place > 0 { pieces.bytes += ",".utf8 }
      JSONValue.newline(2, to: &pieces.bytes)
      item(place, &pieces.bytes)
      try pieces.handOn(to: take)
    }
    if count > 0 { JSONValue.newline(1, to: &pieces.bytes) }
    pieces.bytes += close.utf8
  }
}

extension JSONValue {
  /// Appends the UTF-8 bytes without any blanks.
  func writeCompact(to output: inout [UInt8]) {
    switch self {
    case .array(let values):
      output.append(UInt8(ascii: "["))
      for (index, value) in values.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        value.writeCompact(to: &output)
      }
      output.append(UInt8(ascii: "]"))
    case .object(let members):
      output.append(UInt8(ascii: "{"))
      for (index, member) in members.enumerated() {
        if index > 0 { output.append(UInt8(ascii: ",")) }
        Self.write(member.key, to: &output)
        output.append(UInt8(ascii: ":"))
        member.value.writeCompact(to: &output)
      }
      output.append(UInt8(ascii: "}"))
    case .inline(let value), .compact(let value): value.writeCompact(to: &output)
    default: write(to: &output, indent: nil)
    }
  }
}

extension ByteSource {
  /// How far behind a row that cannot be read damage is looked for.
  static let damageReach = 256 << 20

  /// Reads on to a place in the content, or to its end, and drops what is read: is the input damaged?
  ///
  /// Damage can make nonsense of the content long before the format notices it. Then it is what there
  /// is to be said.
  mutating func damage(upTo offset: Int) -> CSVError? {
    if let damage { return damage.offset <= offset ? damage.error : nil }
    guard isCompressed else { return nil }
    let space = UnsafeMutableRawBufferPointer.allocate(byteCount: 256 << 10, alignment: 64)
    defer { space.deallocate() }
    do throws(CSVError) {
      _ = try skip(to: offset, using: space)
    } catch {
      return error.code == .damaged ? error : nil
    }
    return nil
  }
}

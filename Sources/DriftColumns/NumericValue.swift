/// A number that a column can hold, or a test can take, once it is a `Double`.
public protocol NumericValue: SendableMetatype {
  /// The nearest `Double`: integers beyond 2^53 are rounded.
  var nearestDouble: Double { get }
}

extension NumericValue where Self: BinaryFloatingPoint {
  /// The nearest `Double`.
  @inlinable public var nearestDouble: Double { Double(self) }
}

extension NumericValue where Self: BinaryInteger {
  /// The nearest `Double`: integers beyond 2^53 are rounded.
  @inlinable public var nearestDouble: Double { Double(self) }
}

extension Double: NumericValue {}
extension Float: NumericValue {}
extension Float16: NumericValue {}
extension Int: NumericValue {}
extension Int8: NumericValue {}
extension Int16: NumericValue {}
extension Int32: NumericValue {}
extension Int64: NumericValue {}
extension UInt: NumericValue {}
extension UInt8: NumericValue {}
extension UInt16: NumericValue {}
extension UInt32: NumericValue {}
extension UInt64: NumericValue {}

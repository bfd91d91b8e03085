/// A type whose values make the cells of a column: a ``NumericValue`` numbers, other types categories.
///
/// An optional stands for a cell that may be missing. An enumeration with raw values takes part once
/// it says so:
///
/// ```swift
/// enum Plan: String, ColumnElement { case free, pro }
/// ```
public protocol ColumnElement: SendableMetatype {
  /// Cells from values; nil is a missing one.
  static func cells(of values: some Sequence<Self?>) -> Column.Cells
}

/// A number that a column can hold, or a test can take, once it is a `Double`.
public protocol NumericValue: ColumnElement {
  /// The nearest `Double`: integers beyond 2^53 are rounded.
  var nearestDouble: Double { get }
}

extension NumericValue {
  /// Numbers; NaN for a missing one.
  @inlinable public static func cells(of values: some Sequence<Self?>) -> Column.Cells {
    .numeric(values.map { $0?.nearestDouble ?? .nan }, unparseable: 0)
  }
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

extension ColumnElement where Self: StringProtocol {
  /// Categories, compared as bytes.
  public static func cells(of values: some Sequence<Self?>) -> Column.Cells {
    .categorical(LevelCounts(values.lazy.map { $0.map { String($0) } }))
  }
}

extension String: ColumnElement {}
extension Substring: ColumnElement {}

extension Level: ColumnElement {
  /// Categories.
  public static func cells(of values: some Sequence<Self?>) -> Column.Cells {
    var counts = LevelCounts()
    for level in values { counts.add(level) }
    return .categorical(counts)
  }
}

extension Bool: ColumnElement {
  /// The categories `true` and `false`, which a file with these words has too. For 0 and 1 give numbers.
  public static func cells(of values: some Sequence<Self?>) -> Column.Cells {
    .categorical(LevelCounts(values.lazy.map { $0.map { $0 ? "true" : "false" } }))
  }
}

extension Optional: ColumnElement where Wrapped: ColumnElement {
  /// The cells of the values that are there.
  @inlinable public static func cells(of values: some Sequence<Self?>) -> Column.Cells {
    Wrapped.cells(of: values.lazy.map { $0 ?? nil })
  }
}

extension ColumnElement where Self: RawRepresentable, RawValue: ColumnElement {
  /// The cells of the raw values.
  public static func cells(of values: some Sequence<Self?>) -> Column.Cells {
    RawValue.cells(of: values.lazy.map { $0?.rawValue })
  }
}

public import DriftColumns

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

extension ColumnElement where Self: NumericValue {
  /// Numbers; NaN for a missing one.
  @inlinable public static func cells(of values: some Sequence<Self?>) -> Column.Cells {
    .numeric(values.map { $0?.nearestDouble ?? .nan }, unparseable: 0)
  }
}

extension Double: ColumnElement {}
extension Float: ColumnElement {}
extension Float16: ColumnElement {}
extension Int: ColumnElement {}
extension Int8: ColumnElement {}
extension Int16: ColumnElement {}
extension Int32: ColumnElement {}
extension Int64: ColumnElement {}
extension UInt: ColumnElement {}
extension UInt8: ColumnElement {}
extension UInt16: ColumnElement {}
extension UInt32: ColumnElement {}
extension UInt64: ColumnElement {}

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

internal import DriftColumns

extension NumberDistribution {
  private static let fewValues: UInt8 = 0
  private static let sketched: UInt8 = 1
  /// There is no distribution.
  static let unknown: UInt8 = 2

  func encode(into writer: inout BinaryWriter) {
    guard !few.isFull else {
      writer.write(Self.sketched)
      writer.write(wholeSketch)
      return
    }
    writer.write(Self.fewValues)
    writer.write(few.values.count)
    for item in few.sorted {
      writer.write(item.value)
      writer.write(item.weight)
    }
  }

  /// Reads a distribution of so many numbers.
  static func read(
    from reader: inout BinaryReader, count: Int
  ) throws(DriftError) -> NumberDistribution? {
    let options = DatasetProfile.Options()
    switch try reader.byte() {
    case fewValues:
      return NumberDistribution(
        few: try FewValues(from: &reader, count: count), sketch: nil, options: options)
    case sketched:
      var few = FewValues()
      few.close()
      let sketch = try reader.sketch(options)
      guard sketch.count == count else { throw .contradictingCounts }
      return NumberDistribution(few: few, sketch: sketch, options: options)
    case unknown: return nil
    default: throw .damagedProfile("the values of a column are of no known kind")
    }
  }

  /// Whether the smallest and the largest number are those of the moments.
  func spans(_ moments: Moments) -> Bool {
    guard few.isFull else {
      return few.values.first == moments.minimum && few.values.last == moments.maximum
    }
    let sketch = wholeSketch
    return sketch.minimum == moments.minimum && sketch.maximum == moments.maximum
  }
}

extension FewValues {
  /// Reads values that have so many rows in all. Their sum might overflow.
  fileprivate init(from reader: inout BinaryReader, count rows: Int) throws(DriftError) {
    var items: [(value: Double, weight: Int)] = []
    let count = try reader.count(bytesEach: 16)
    guard count <= FewValues.limit else { throw .damagedProfile("too many single values") }
    var rest = rows
    for _ in 0..<count {
      let item = (value: try reader.double() + 0, weight: try reader.rows())
      let ascends = items.last.map { $0.value < item.value } ?? true
      guard item.value.isFinite, item.weight > 0, item.weight <= rest, ascends else {
        throw .damagedProfile("single values are not counts")
      }
      rest -= item.weight
      items.append(item)
    }
    guard rest == 0 else { throw .contradictingCounts }
    self.init(items)
  }
}

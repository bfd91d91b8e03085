/// A text in cells of a column, where it came first, and how often.
public struct CellText: Sendable, Hashable, Codable {
  /// The text; of a long one the beginning.
  public let text: String
  /// How many cells have it.
  public package(set) var count: Int
  /// The file of the first of them; nil when it is not from one.
  public package(set) var file: String?
  /// The line of the first of them, from 1.
  public package(set) var line: Int?

  /// A text of cells.
  package init(text: String, count: Int = 1, file: String?, line: Int?) {
    self.text = text
    self.count = count
    self.file = file
    self.line = line
  }

  /// `file:line`, as far as they are known.
  package var place: String? {
    file.map { file in line.map { "\(file):\($0)" } ?? file }
  }

  /// Whether it comes before another one: by file and line, so that the order of parts of a table does
  /// not matter.
  package func precedes(_ other: CellText) -> Bool {
    let (own, their) = (Level(file ?? ""), Level(other.file ?? ""))
    guard own == their else { return own < their }
    return (line ?? .max, Level(text)) < (other.line ?? .max, Level(other.text))
  }
}

/// What was noticed in the cells of a column where they were read.
package struct ColumnDetails: Sendable, Hashable, Codable {
  /// The most texts of invalid cells that are kept.
  package static let mostTexts = 32

  /// The texts of cells that are not of the kind of the column, the most frequent first, ties by bytes.
  package private(set) var invalid: [CellText] = []
  /// The first of these cells; in a column of levels whose kind nobody gave the first cell that is not
  /// what most of the others are, numbers or dates.
  package private(set) var first: CellText?
  /// The first whole number that begins with a zero it does not need.
  package private(set) var leadingZero: CellText?
  /// In a column of levels whose kind nobody gave: how many cells are numbers, and how many dates.
  package private(set) var numbers = 0
  package private(set) var times = 0

  /// Nothing.
  package init() {}

  /// What was noticed, of any number of texts.
  package init(
    invalid: [CellText], first: CellText? = nil, leadingZero: CellText? = nil, numbers: Int = 0,
    times: Int = 0
  ) {
    self.invalid = invalid
    self.first = first
    self.leadingZero = leadingZero
    self.numbers = numbers
    self.times = times
    order()
  }

  /// Adds what was noticed in another part of the column.
  package mutating func merge(_ other: ColumnDetails) {
    var places: [Level: Int] = [:]
    for (place, text) in invalid.enumerated() { places[Level(text.text)] = place }
    for text in other.invalid {
      guard let place = places[Level(text.text)] else {
        invalid.append(text)
        continue
      }
      let count = invalid[place].count + text.count
      if text.precedes(invalid[place]) { invalid[place] = text }
      invalid[place].count = count
    }
    order()
    first = Self.earlier(first, other.first)
    leadingZero = Self.earlier(leadingZero, other.leadingZero)
    numbers += other.numbers
    times += other.times
  }

  private mutating func order() {
    invalid.sort { $0.count != $1.count ? $0.count > $1.count : Level($0.text) < Level($1.text) }
    invalid = Array(invalid.prefix(Self.mostTexts))
  }

  private static func earlier(_ one: CellText?, _ other: CellText?) -> CellText? {
    guard let one, let other else { return one ?? other }
    return other.precedes(one) ? other : one
  }
}

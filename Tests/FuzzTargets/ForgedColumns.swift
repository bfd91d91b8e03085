internal import DriftKit

/// Profiles that no table leads to: what a reader checks holds, all else is as the fuzzer wants it.
struct ForgedColumns {
  private var body: [UInt8] = []

  /// The content of the file.
  static func content(_ bytes: inout FuzzBytes) -> [UInt8] {
    var forged = ForgedColumns()
    // Weights decide the rows: all columns have as many.
    let weights = (0..<bytes.choice(6) + 1).map { _ in forged.weight(&bytes) }
    let rows = weights.reduce(0) { min(1 << 50, $0 + $1) }
    let isSound = weights.reduce(0.0) { $0 + Double($1) } <= 0x1p50
    forged.body.append(int: isSound ? rows : bytes.int())
    let segments = (0..<bytes.choice(3)).map { _ in bytes.text() }
    forged.body.append(int: segments.count)
    for segment in segments { forged.body.append(text: segment) }
    let kinds = (0...bytes.choice(3)).map { _ in bytes.bool() }
    let names = kinds.indices.map { "\(bytes.text())\($0)" }
    forged.body.append(int: kinds.count)
    for (name, isNumeric) in zip(names, kinds) {
      forged.body.append(text: name)
      if isNumeric {
        forged.numbers(weights, rows, &bytes)
      } else {
        forged.levels(weights, rows, &bytes)
      }
      // Nothing was noticed in its cells.
      forged.body += [UInt8](repeating: 0, count: 26)
    }
    let numeric = zip(names, kinds).filter(\.1).map(\.0)
    forged.sample(numeric, rows: rows, &bytes)
    return forged.body
  }

  private func weight(_ bytes: inout FuzzBytes) -> Int {
    switch bytes.choice(8) {
    case 0..<5: 1 + bytes.choice(40)
    case 5: 1 + Int(bytes.byte()) << 20
    case 6: 1 << (1 + bytes.choice(49))
    default: 1
    }
  }

  private mutating func numbers(_ weights: [Int], _ rows: Int, _ bytes: inout FuzzBytes) {
    body.append(0)
    // The first weights may be of missing and infinite cells.
    let flags = bytes.byte()
    let nans = flags & 1 == 1 ? weights[0] : 0
    let infinities = flags & 2 == 2 && weights.count > 1 ? weights[1] : 0
    let rest = weights.dropFirst(flags & 2 == 2 ? min(2, weights.count) : flags & 1 == 1 ? 1 : 0)
    var finite = Array(rest)
    let spare = rows - nans - infinities - finite.reduce(0, +)
    if spare > 0 { finite.append(spare) }
    let count = finite.reduce(0, +)
    for number in [rows, nans, infinities, infinities / 2, nans / 2, count] {
      body.append(int: number)
    }
    var values = Set((0..<finite.count).map { bytes.finite() + 0 * Double($0) }).sorted()
    while values.count > 0 && values.count < finite.count {
      values.append(values[values.count - 1].nextUp)
    }
    let isMoment = flags & 4 == 0
    let largest = values.map(\.magnitude).max() ?? 0
    let exponent =
      largest == 0 ? -1000 : max(-1000, min(1000, Int(min(largest.exponent, 1000)) + 1))
    body.append(
      double: isMoment ? (values.first ?? 0) / 2 + (values.last ?? 0) / 2 : bytes.double())
    body.append(double: 0)
    let (least, most) = (values.first ?? 0, values.last ?? 0)
    let width = Double(sign: .plus, exponent: -exponent, significand: most / 2 - least / 2)
    body.append(double: isMoment ? Double(count) * width * width : bytes.double())
    body.append(double: bytes.choice(8) == 7 ? bytes.double() : 0)
    body.append(double: isMoment ? 0 : bytes.double())
    body.append(double: 0)
    body.append(int: isMoment ? exponent : bytes.int())
    body.append(double: least)
    body.append(double: most)
    switch bytes.choice(4) {
    case 0, 1:
      body.append(0)
      body.append(int: finite.count)
      for (value, weight) in zip(values, finite) {
        body.append(double: value)
        body.append(int: weight)
      }
    case 2:
      // An exact sketch of runs.
      body += [1, 0]
      body.append(leb: finite.count << 1 | 1)
      for (value, weight) in zip(values, finite) {
        body.append(double: value)
        body.append(leb: weight)
      }
    default: body.append(2)
    }
    bins(rows - nans, &bytes)
  }

  private mutating func bins(_ rows: Int, _ bytes: inout FuzzBytes) {
    guard bytes.bool() else { return body.append(0) }
    body.append(1)
    switch bytes.choice(4) {
    case 0: body.append(0)
    case 1:
      body.append(1)
      body.append(int: bytes.bool() ? 10 : bytes.int())
    case 2:
      body.append(2)
      body.append(int: bytes.bool() ? 10 : bytes.int())
    default:
      body.append(3)
      let edges = (0..<bytes.choice(4)).map { _ in bytes.double() }
      body.append(int: edges.count)
      for edge in edges { body.append(double: edge) }
    }
    body.append(int: bytes.bool() ? 10 : bytes.int())
    let isSingle = bytes.bool()
    body.append(isSingle ? 1 : 0)
    let edges = Set((0..<bytes.choice(5)).map { _ in bytes.finite() }).sorted()
    let atoms = Set((0..<bytes.choice(5)).map { _ in bytes.finite() }).sorted()
    for values in [edges, atoms] {
      body.append(int: values.count)
      for value in values { body.append(double: value) }
    }
    // One more cell than edges and atoms, give or take: one of them is right.
    let cells = max(0, edges.count + atoms.count + bytes.choice(4))
    body.append(int: cells)
    for cell in 0..<cells { body.append(int: cell == 0 ? rows : 0) }
  }

  private mutating func levels(_ weights: [Int], _ rows: Int, _ bytes: inout FuzzBytes) {
    body.append(1)
    let missing = bytes.bool() ? weights[0] : 0
    let counts = weights.dropFirst(missing > 0 ? 1 : 0)
    let error = bytes.choice(4) == 3 ? bytes.choice(3) : 0
    body.append(int: missing)
    body.append(2)
    body.append(leb: rows - missing)
    body.append(leb: error)
    body.append(leb: bytes.choice(8) == 7 ? bytes.int() : counts.count)
    body.append(leb: counts.count)
    var place = 0
    for count in counts {
      let text = Array(bytes.text().utf8)
      body.append(leb: 0)
      body.append(leb: text.count + 1)
      // Ascending, whatever the texts are.
      body.append(UInt8(1 + place))
      body += text
      body.append(leb: count)
      if error > 0 { body.append(leb: bytes.choice(3)) }
      place += 1
    }
  }

  private mutating func sample(_ names: [String], rows: Int, _ bytes: inout FuzzBytes) {
    guard bytes.bool() else { return body.append(0) }
    body.append(1)
    body.append(int: bytes.choice(4) == 3 ? bytes.int() : 64)
    body.append(int: names.count)
    for name in names { body.append(text: name) }
    body.append(int: 1)
    body.append(text: "")
    let count = min(bytes.choice(16), rows)
    body.append(int: count)
    for row in 0..<count {
      body.append(word: bytes.bool() ? UInt64(row) : bytes.word())
      body.append(int: 0)
      body.append(int: row)
    }
    for _ in names { for _ in 0..<count { body.append(double: bytes.double()) } }
  }
}

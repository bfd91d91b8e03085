package import DriftColumns

extension NumericBinning {
  /// Chooses the bins for a baseline.
  ///
  /// - Parameters:
  ///   - values: The baseline; values that are not finite are left out.
  ///   - method: How bins are chosen.
  ///   - minimumCount: In a baseline of few different values, how many rows a value needs to get a
  ///     bin of its own.
  /// - Complexity: O(n).
  public init(
    fitting values: [Double], method: Method = .quantile(bins: 10), minimumCount: Int = 10
  ) {
    let work = PieceWork()
    let numbers = NumberChunks(values)
    self.init(
      fitting: numbers, tally: NumberTally(numbers, work: work), method: method,
      minimumCount: minimumCount, work: work)
  }

  /// The same for a column in chunks, of which the tally is known.
  package init(
    fitting numbers: NumberChunks, tally: NumberTally, method: Method, minimumCount: Int,
    work: PieceWork
  ) {
    self =
      Self.fitted(
        to: numbers, tally: tally, method: method, minimumCount: minimumCount, column: nil,
        work: work
      ).binning
  }

  /// The same, and the rows by cell.
  ///
  /// - Parameters:
  ///   - numbers: The column.
  ///   - tally: What was found in it.
  ///   - method: How bins are chosen.
  ///   - minimumCount: The rows that one of few values needs to get a bin.
  ///   - column: The column put in order, if it was, with the values beside the ranks of the method and
  ///     of the cells known.
  ///   - work: How to work.
  /// - Returns: The bins and the rows by cell of their counter.
  package static func fitted(
    to numbers: NumberChunks, tally: NumberTally, method: Method, minimumCount: Int,
    column: BucketedColumn?, work: PieceWork
  ) -> (binning: NumericBinning, cells: BinCounter.Cells) {
    let column = LazyOrder {
      column.map { OrderedColumn($0) }
        ?? OrderedColumn(
          numbers, tally: tally, ranks: method.allRanks(count: tally.moments.count), work: work)
    }
    let binning = NumericBinning(
      FittedColumn(
        count: tally.moments.count, deviation: tally.moments.standardDeviation,
        hasInfinities: tally.infinities > 0,
        values: { column.value.values(at: $0) },
        neighbours: { cuts in
          let found = cuts.compactMap(column.value.neighbours)
          guard found.count < cuts.count else { return found }
          return OrderStatistics(numbers, tally: tally, work: work)
            .neighbours(of: cuts, in: numbers, count: tally.moments.count, work: work)
        },
        fewCounts: { bins in
          ValueCounts(
            numbers, tally: tally, limit: NumberGroups.mostSpellings(groups: bins), work: work
          ) {
            NumberGroups.areMany($0, deviation: tally.moments.standardDeviation, limit: bins)
          }?.counts
        }), method: method, minimumCount: minimumCount)
    let known =
      tally.infinities == 0 ? column.known.flatMap { binning.counter.cells(of: $0) } : nil
    return (binning, known ?? binning.counter.cells(of: numbers, work: work))
  }

  /// The same for values that stand for rows, of some standard deviation.
  package init(
    fitting values: WeightedValues, deviation: Double?, hasInfinities: Bool, method: Method,
    minimumCount: Int
  ) {
    self.init(
      FittedColumn(
        count: values.count, deviation: deviation, hasInfinities: hasInfinities,
        values: { $0.map { values.value(at: $0) } },
        neighbours: values.neighbours,
        fewCounts: { values.few(NumberGroups.mostSpellings(groups: $0)) }),
      method: method, minimumCount: minimumCount)
  }

  /// The same by sorting: the slow reference.
  package init(
    fittingSorted sorted: [Double], hasInfinities: Bool, method: Method, minimumCount: Int
  ) {
    let tally = NumberTally(NumberChunks(sorted), work: PieceWork())
    self.init(
      FittedColumn(
        count: sorted.count, deviation: tally.moments.standardDeviation,
        hasInfinities: hasInfinities,
        values: { $0.map { sorted[$0] } },
        neighbours: { cuts in
          cuts.map { cut in (sorted.last { $0 < cut }, sorted.first { $0 >= cut }) }
        },
        fewCounts: { bins in
          let values = Self.distinct(sorted)
          guard values.count <= NumberGroups.mostSpellings(groups: bins) else { return nil }
          return values.map { value in (value, sorted.count { $0 == value }) }
        }), method: method, minimumCount: minimumCount)
  }

  /// Bins that were chosen before.
  package init(frozen edges: [Edge], atoms: [Atom], isSingleValues: Bool, ranks: RankCuts) {
    if isSingleValues {
      self.init(values: atoms, ranks: ranks)
    } else {
      self.init(edges: edges, atoms: atoms, ranks: ranks)
    }
  }
}

/// A column that is put in order when it is first asked for.
private final class LazyOrder {
  private let make: () -> OrderedColumn
  private(set) var known: OrderedColumn?

  init(_ make: @escaping () -> OrderedColumn) { self.make = make }

  var value: OrderedColumn {
    let value = known ?? make()
    known = value
    return value
  }
}

/// What there is to know of a baseline's finite values to choose bins, however they are kept.
struct FittedColumn {
  let count: Int
  let deviation: Double?
  /// Whether there are infinities besides.
  let hasInfinities: Bool
  /// The values at ranks from 0, ascending.
  let values: ([Int]) -> [Double]
  /// For some places, the values beside them.
  let neighbours: BinCuts.Neighbours
  /// The different values with their rows, where they are few for so many bins.
  let fewCounts: (Int) -> [(value: Double, count: Int)]?
}

extension NumericBinning {
  private init(_ column: FittedColumn, method: Method, minimumCount: Int) {
    switch method {
    case .edges(let edges):
      let given = Self.given(edges)
      self.init(
        edges: given.map { Edge(name: $0, cut: $0) }, atoms: [], ranks: RankCuts(given))
    case .uniform(let bins):
      let ends = column.values(method.ranks(count: column.count))
      guard let first = ends.first, let last = ends.last, first < last else {
        self.init(constant: ends.first, column, minimumCount: minimumCount)
        return
      }
      let equality = EqualNumbers(deviation: column.deviation, spread: last - first)
      let edges = Self.uniformEdges(from: first, to: last, bins: bins)
      let cuts = BinCuts(equality: equality, neighbours: column.neighbours)
      self.init(
        edges: Self.ascending(
          zip(edges, cuts.below(edges)).map { Edge(name: $0, cut: $1 ?? $0) }), atoms: [],
        ranks: Self.few(column, bins: bins).map { RankCuts($0, column) }
          ?? RankCuts(column, atoms: [], cuts))
    case .quantile(let bins):
      if let few = Self.few(column, bins: bins) {
        self.init(few, column, minimumCount: minimumCount)
        return
      }
      let ranks = method.ranks(count: column.count)
      let found = Dictionary(uniqueKeysWithValues: zip(ranks, column.values(ranks)))
      // Every rank that is asked for is among `ranks`.
      func value(_ rank: Int) -> Double { found[rank] ?? .nan }
      let ends = Quantiles.ends(count: column.count).map(value)
      let equality = EqualNumbers(
        deviation: column.deviation, spread: (ends.last ?? 0) - (ends.first ?? 0))
      self.init(
        quantiles: Quantiles.exact(
          count: column.count, parts: max(bins, 1), equality: equality, value: value), column,
        BinCuts(equality: equality, neighbours: column.neighbours))
    }
  }

  /// The different numbers where they are no more than bins.
  private static func few(_ column: FittedColumn, bins: Int) -> NumberGroups? {
    column.fewCounts(bins).flatMap {
      NumberGroups($0, deviation: column.deviation, limit: bins)
    }
  }

  /// A bin for the only value of a column.
  private init(constant value: Double?, _ column: FittedColumn, minimumCount: Int) {
    let equality = EqualNumbers()
    let atoms = value.map {
      [
        Atom(
          name: $0, lower: equality.cut(below: $0, above: nil),
          upper: equality.cut(above: $0, below: nil))
      ]
    }
    self.init(
      values: column.count >= max(minimumCount, 1) ? atoms ?? [] : [],
      ranks: RankCuts(
        atoms ?? [], counts: [column.count], hasInfinities: column.hasInfinities))
  }

  private static func uniformEdges(from first: Double, to last: Double, bins: Int) -> [Double] {
    var highest = first
    let edges = (1..<max(bins, 1)).map { part in
      // A weighted mean of the ends: the width of the range may overflow. In a range of a few doubles
      // rounding may lead back.
      let share = Double(part) / Double(bins)
      highest = max(highest, first * (1 - share) + last * share)
      return highest
    }
    return distinct(edges.filter { $0 > first })
  }

  /// A bin for each number that enough rows have.
  private init(_ few: NumberGroups, _ column: FittedColumn, minimumCount: Int) {
    let atoms = few.atoms
    self.init(
      values: zip(atoms, few.groups).filter { $1.count >= minimumCount }.map(\.0),
      ranks: RankCuts(few, column))
  }

  /// Bins between quantiles; a value that several of them share gets one of its own.
  private init(quantiles: [Quantiles.Quantile], _ column: FittedColumn, _ cuts: BinCuts) {
    // Quantiles that are the same: which value, from where to where, how many.
    var groups: [(first: Double, last: Double, count: Int, isValue: Bool)] = []
    for quantile in quantiles {
      if let group = groups.last,
        group.first == quantile.value
          || group.isValue && quantile.isValue
            && cuts.equality.areSame(group.first, quantile.value)
      {
        groups[groups.count - 1].last = quantile.value
        groups[groups.count - 1].count += 1
      } else {
        groups.append((quantile.value, quantile.value, 1, quantile.isValue))
      }
    }
    func name(_ place: Int) -> Double {
      (groups[place].first...groups[place].last).contains(0) ? 0 : groups[place].first
    }
    let interior = groups.indices.dropFirst().dropLast()
    let atomPlaces = groups.indices.filter { groups[$0].count > 1 }
    let cutPlaces = groups.indices.filter {
      groups[$0].isValue && (interior.contains($0) || groups[$0].count > 1)
    }
    let lowers = Dictionary(
      uniqueKeysWithValues: zip(cutPlaces, cuts.below(cutPlaces.map { groups[$0].first })))
    func lower(_ place: Int) -> Double { lowers[place].flatMap { $0 } ?? groups[place].first }
    let uppers = cuts.above(atomPlaces.map { groups[$0].last })
    let atoms = zip(atomPlaces, uppers).map { Atom(name: name($0), lower: lower($0), upper: $1) }
    self.init(
      edges: Self.ascending(interior.map { Edge(name: name($0), cut: lower($0)) }), atoms: atoms,
      ranks: RankCuts(column, atoms: atoms, cuts))
  }

  /// Edges of which none cuts before another one: where they are closer than values can be told apart,
  /// half-way between them.
  private static func ascending(_ edges: [Edge]) -> [Edge] {
    var result: [Edge] = []
    for edge in edges {
      guard let last = result.last, edge.cut <= last.cut else {
        result.append(edge)
        continue
      }
      let middle = last.cut + (edge.name / 2 - last.cut / 2)
      result.append(Edge(name: edge.name, cut: min(max(middle, last.cut.nextUp), edge.name)))
    }
    return result
  }
}

extension RankCuts {
  /// The cuts of a column of few numbers.
  fileprivate init(_ few: NumberGroups, _ column: FittedColumn) {
    self.init(
      few.atoms, counts: few.groups.map(\.count), hasInfinities: column.hasInfinities)
  }
}

extension NumberGroups {
  /// Where each number begins and ends.
  fileprivate var atoms: [NumericBinning.Atom] {
    groups.indices.map { place in
      NumericBinning.Atom(
        name: groups[place].name,
        lower: equality.cut(
          below: groups[place].first, above: place > 0 ? groups[place - 1].last : nil),
        upper: equality.cut(
          above: groups[place].last,
          below: place + 1 < groups.count ? groups[place + 1].first : nil))
    }
  }
}

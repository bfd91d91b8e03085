internal import Glibc

/// How many marked rows are among some drawn at random, without putting any back.
package struct Hypergeometric: Sendable, Hashable {
  /// All rows.
  let rows: Int
  /// Those that are marked.
  let marked: Int
  /// Those that are drawn.
  let drawn: Int

  /// - Parameters:
  ///   - rows: All rows.
  ///   - marked: Those that are marked, 0 to all.
  ///   - drawn: Those that are drawn, 0 to all.
  package init(rows: Int, marked: Int, drawn: Int) {
    (self.rows, self.marked, self.drawn) = (rows, marked, drawn)
  }

  /// The numbers that are possible.
  package var support: ClosedRange<Int> { max(0, drawn + marked - rows)...min(drawn, marked) }

  /// The likeliest number.
  package var mode: Int {
    let mode = Double(drawn + 1) * Double(marked + 1) / Double(rows + 2)
    return min(max(Int(mode), support.lowerBound), support.upperBound)
  }

  /// The natural logarithm of the probability of a number; -infinity beyond what is possible.
  /// - Complexity: O(1).
  package func logProbability(_ count: Int) -> Double {
    guard support.contains(count) else { return -.infinity }
    return Self.logChoose(marked, count) + Self.logChoose(rows - marked, drawn - count)
      - Self.logChoose(rows, drawn)
  }

  /// P(X <= count).
  /// - Complexity: O(the standard deviation) steps.
  package func lowerTail(_ count: Int) -> Double {
    guard count >= support.lowerBound else { return 0 }
    guard count < support.upperBound else { return 1 }
    if count <= mode { return exp(logProbability(count)) * sum(from: count, step: -1) }
    return max(0, 1 - exp(logProbability(count + 1)) * sum(from: count + 1, step: 1))
  }

  /// The probabilities of a number and all beyond it, away from the mode, over that of the number.
  package func sum(from start: Int, step: Int) -> Double {
    var (sum, term, count) = (1.0, 1.0, start)
    while support.contains(count + step) {
      term *= step > 0 ? ratio(count) : 1 / ratio(count - 1)
      sum += term
      count += step
      // What follows falls at least as fast as a geometric series.
      if term < sum * 0x1p-60 { break }
    }
    return sum
  }

  /// P(X = count + 1) / P(X = count).
  private func ratio(_ count: Int) -> Double {
    Double(marked - count) * Double(drawn - count)
      / (Double(count + 1) * Double(rows - marked - drawn + count + 1))
  }

  private static func logChoose(_ n: Int, _ k: Int) -> Double {
    guard k > 0, k < n else { return 0 }
    return GammaFunction.logarithm(Double(n) + 1) - GammaFunction.logarithm(Double(k) + 1)
      - GammaFunction.logarithm(Double(n - k) + 1)
  }
}

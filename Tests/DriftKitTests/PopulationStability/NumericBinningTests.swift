import DriftKit
import Testing

@Suite struct NumericBinningTests {
  private func labels(_ binning: NumericBinning) -> [String] {
    binning.bins.indices.map { binning.label(of: $0) }
  }

  @Test func tenBinsOfHundred() {
    // Type 7, ranks in whole numbers.
    let binning = NumericBinning(fitting: (1...100).map(Double.init))
    #expect(
      binning.bins.indices.compactMap { binning.upper(of: $0) }
        == [10.9, 20.8, 30.7, 40.6, 50.5, 60.4, 70.3, 80.2, 90.1])
    #expect(labels(binning).first == "[-inf, 10.9)")
    #expect(labels(binning).last == "[90.1, inf]")
    #expect(binning.counts(of: (1...100).map(Double.init)) == Array(repeating: 10, count: 10))
  }

  @Test func fewValuesHaveBinsOfTheirOwn() {
    let values: [Double] = (0..<36).map { Double($0 % 3) } + [3]
    let binning = NumericBinning(fitting: values)
    #expect(labels(binning) == ["{0.0}", "{1.0}", "{2.0}", "other"])
    #expect(binning.counts(of: [0, 1, 2, 3, 99, 0.5, .infinity, .nan]) == [1, 1, 1, 4])
  }

  @Test func atomInsideTheFirstBin() {
    // Half zeros, the smallest value: an atom; the first interval goes around it.
    let values = Array(repeating: 0.0, count: 60) + (1...60).map(Double.init)
    let binning = NumericBinning(fitting: values)
    #expect(labels(binning)[0] == "[-inf, 0.5) except {0.0}")
    #expect(labels(binning)[1] == "{0.0}")
    #expect(binning.bin(of: 0) == 1)
    #expect(binning.bin(of: -3) == 0 && binning.bin(of: 0.4) == 0 && binning.bin(of: 5) == 2)
  }

  @Test func atomAtAnInteriorEdge() throws {
    let values = (1...40).map { Double(-$0) } + Array(repeating: 0.0, count: 40)
    let binning = NumericBinning(fitting: values + (1...40).map(Double.init))
    let atom = try #require(binning.bin(of: 0))
    #expect(binning.label(of: atom) == "{0.0}")
    // What is 0 but for rounding is 0.
    for zero in [-0.0, 1e-17, -1e-300] { #expect(binning.bin(of: zero) == atom) }
    #expect(binning.label(of: atom + 1).hasPrefix("(0.0, "))
    #expect(binning.bin(of: 1e-3) == atom + 1)
    #expect(binning.bin(of: -1e-3) == atom - 1)
  }

  @Test func everyNumberHasABin() {
    let samples: [[Double]] = [
      [], [1], [.infinity], [1, 2, 3], (1...50).map(Double.init),
      [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude] + (1...50).map(Double.init),
      Array(repeating: 7, count: 90) + (1...20).map(Double.init),
    ]
    let methods: [NumericBinning.Method] = [
      .quantile(bins: 10), .quantile(bins: 2), .uniform(bins: 5), .edges([0, 10, 5, 5]),
    ]
    let numbers: [Double] = [
      0, -0.0, 1, 2.5, 5, 7, 10, -1e308, 1e308, .infinity, -.infinity, .leastNonzeroMagnitude,
    ]
    for sample in samples {
      for method in methods {
        let binning = NumericBinning(fitting: sample, method: method)
        for number in numbers {
          let bin = binning.bin(of: number)
          #expect(bin.map { binning.bins.indices.contains($0) } == true, "\(number) \(method)")
        }
        #expect(binning.bin(of: .nan) == nil)
        #expect(binning.counts(of: numbers).reduce(0, +) == numbers.count)
      }
    }
  }

  @Test func infinitiesBelongToTheOuterBins() {
    let binning = NumericBinning(fitting: (1...100).map(Double.init))
    #expect(binning.bin(of: -.infinity) == 0)
    #expect(binning.bin(of: .infinity) == 9)
  }

  @Test func uniformBins() {
    let binning = NumericBinning(fitting: (0...100).map(Double.init), method: .uniform(bins: 4))
    #expect(labels(binning) == ["[-inf, 25.0)", "[25.0, 50.0)", "[50.0, 75.0)", "[75.0, inf]"])
    #expect(binning.counts(of: [-5, 25, 74.9, 75, 1000]) == [1, 1, 1, 2])
  }

  @Test func uniformBinsOverTheWholeRange() {
    let ends = [-Double.greatestFiniteMagnitude, .greatestFiniteMagnitude]
    let binning = NumericBinning(fitting: ends, method: .uniform(bins: 10))
    #expect(binning.bins.count == 10 && binning.bin(of: 1.7e308) == 9)
  }

  @Test func explicitEdges() {
    let binning = NumericBinning(fitting: [], method: .edges([10, 0, 10]))
    #expect(labels(binning) == ["[-inf, 0.0)", "[0.0, 10.0)", "[10.0, inf]"])
  }

  @Test func theNumberOfBinsMatters() {
    let values = (1...1000).map(Double.init)
    for bins in [2, 3, 10, 50] {
      #expect(NumericBinning(fitting: values, method: .quantile(bins: bins)).bins.count == bins)
      #expect(NumericBinning(fitting: values, method: .uniform(bins: bins)).bins.count == bins)
    }
  }
}

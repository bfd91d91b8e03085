import DriftKit
import Testing

@Suite struct NumberTextTests {
  @Test(arguments: [
    (0.4121, 3, "0.412"), (0.9999, 3, "1.000"), (-0.0001, 3, "0.000"), (-1.5, 1, "-1.5"),
    (12.0, 0, "12"), (0.05, 1, "0.1"), (1e20, 1, "1e20"), (.infinity, 2, "inf"), (.nan, 2, "nan"),
  ]) func fixed(_ value: Double, _ digits: Int, _ expected: String) {
    #expect(NumberText.fixed(value, digits) == expected)
  }

  @Test(arguments: [
    (0.0031, 2, "0.0031"), (0.25, 3, "0.25"), (120.456, 5, "120.46"), (1.0, 2, "1"),
    (3.14e-12, 2, "3.1e-12"), (9.99e-9, 2, "1e-8"), (1e-300, 3, "1e-300"), (123456.0, 3, "123456"),
    (1.5e9, 3, "1.5e9"),
    (-0.00005, 2, "-5e-5"), (0.0, 2, "0"), (1234.0, 2, "1234"),
    (.leastNonzeroMagnitude, 2, "4.9e-324"), (1.7e308, 2, "1.7e308"),
  ]) func significant(_ value: Double, _ digits: Int, _ expected: String) {
    #expect(NumberText.significant(value, digits) == expected)
  }

  @Test(arguments: [
    (1e9, 1e9 + 1, 4, "1000000000", "1000000001"), (2023.5, 2023.7, 4, "2023.5", "2023.7"),
    (1.25, 1.75, 3, "1.25", "1.75"), (5.0, 5.0, 4, "5", "5"), (1.0, .nan, 4, "1", "nan"),
    (0.1, 0.1.nextUp, 4, "0.1", "0.10000000000000002"),
    (-3e300, (-3e300).nextUp, 4, "-3e+300", "-2.9999999999999996e+300"),
  ]) func pairs(_ one: Double, _ other: Double, _ digits: Int, _ first: String, _ second: String) {
    let texts = NumberText.pair(one, other, digits)
    #expect(texts.0 == first)
    #expect(texts.1 == second)
  }

  @Test(
    "Any number of digits is possible", arguments: [0.1, 2.5, 123_456.789, 1e14, 9.99e15, 1e300])
  func manyDigits(value: Double) {
    for digits in 1...40 {
      for text in [NumberText.significant(value, digits), NumberText.fixed(value, digits)] {
        #expect(abs((Double(text) ?? .nan) / value - 1) <= 0.5, "\(digits): \(text)")
      }
    }
  }

  @Test func pValues() {
    #expect(NumberText.pValue(1e-13) == "p < 1e-12")
    #expect(NumberText.pValue(0.031) == "p = 0.031")
  }
}

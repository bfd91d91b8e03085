import DriftKit
import Testing

@Suite("Numbers with an exponent of their own")
struct ScaledDoubleTests {
  @Test("Plain arithmetic where nothing overflows")
  func arithmetic() {
    let (a, b) = (ScaledDouble(12), ScaledDouble(-0.75))
    #expect((a * b).value == -9)
    #expect((a / b).value == -16)
    #expect((a + b).value == 11.25)
    #expect((a + -a).isZero)
    #expect((ScaledDouble(0) + b).value == -0.75)
    #expect(ScaledDouble(5, exponent: -3).value == 0.625)
    for x in [0.0, 0.25, 0.125, 2, 9, 144] {
      #expect(ScaledDouble(x).squareRoot.value == x.squareRoot())
    }
  }

  @Test(
    "Squares far out of range come back",
    arguments: [0x1p900, 0x1.8p-900, Double.leastNonzeroMagnitude])
  func range(x: Double) {
    let square = ScaledDouble(x) * ScaledDouble(x)
    #expect(square.squareRoot.value == x)
    #expect((square / ScaledDouble(x)).value == x)
    #expect(square.value == x * x)
  }

  @Test("A sum with low part keeps what a double loses")
  func doubleDouble() {
    let sum = DoubleDouble(0x1p60) + DoubleDouble(0x1p-40)
    #expect(sum.high == 0x1p60 && sum.low == 0x1p-40)
    #expect(sum - DoubleDouble(0x1p60) == DoubleDouble(0x1p-40))
    #expect(sum.scaled(by: 0.5).low == 0x1p-41)
  }
}

/// Gaussian kernels of several widths over the same rows, whose distances are computed once.
struct KernelFamily: Sendable {
  /// One of them.
  struct Member: Sendable {
    /// 1 / (2 sigma^2).
    let gamma: Double
    /// Its exponents over those of the first kernel, for which rows are scaled: 1 at most.
    let ratio: Float
  }

  let members: [Member]
  /// What rows are multiplied with in single precision: kernel values of the first are powers of two
  /// of their products.
  let scale: Double

  /// Kernels of these widths, ascending.
  init(widths: [Double]) {
    // Held to finite numbers: 0 * gamma must be 0 even for the narrowest of kernels.
    let gammas = widths.map { min(max(0.5 / $0 / $0, .leastNormalMagnitude), 1e300) }
    let first = gammas.first ?? 1
    members = gammas.map { Member(gamma: $0, ratio: Float($0 / first)) }
    scale = (2 * first * 1.4426950408889634).squareRoot()
  }
}

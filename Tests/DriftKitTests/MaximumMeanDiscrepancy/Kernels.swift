import CDriftKernels
import CInstructionSets
import CWideKernels
import Testing

extension InstructionSet {
  /// Those that this processor can run.
  static var available: [InstructionSet] {
    [.portable, .avx2, .avx512].filter { $0.rawValue <= best.rawValue }
  }
}

/// The C loops of one width.
struct Kernels: @unchecked Sendable, CustomTestStringConvertible {
  let testDescription: String
  let loops: drift_kernels

  /// Those of every instruction set that this processor can run, and the widest ones as plain C.
  static let all =
    InstructionSet.available.map {
      Kernels(testDescription: "\($0)", loops: drift_kernels_for($0).pointee)
    } + [Kernels(testDescription: "wide", loops: drift_kernels_wide)]
}

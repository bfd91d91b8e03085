internal import CDriftKernels
internal import CInstructionSets

/// The C loops for one instruction set.
///
/// `@unchecked Sendable`: the table is a constant of the program.
package struct KernelLoops: @unchecked Sendable {
  private let table: UnsafePointer<drift_kernels>

  /// - Parameter set: One that the processor has.
  init(_ set: InstructionSet) {
    table = drift_kernels_for(set)
  }

  var c: drift_kernels {
    @inline(__always) _read { yield table.pointee }
  }
}

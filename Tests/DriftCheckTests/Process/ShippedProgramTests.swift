import DriftTestSupport
import Testing

/// What the program that ships is made of.
@Suite struct ShippedProgramTests {
  @Test func carriesItsRuntime() throws {
    let image = try ElfImage(path: DriftCheckBinary.path)
    let expected: Set = [
      "libopenblas.so.0", "libpopt.so.0", "libm.so.6", "libgcc_s.so.1", "libc.so.6",
      "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1", "libdl.so.2", "libpthread.so.0",
    ]
    // No Swift runtime, no Foundation, nothing that was not meant.
    #expect(Set(image.neededLibraries).subtracting(expected).isEmpty)
    #expect(image.neededLibraries.contains("libopenblas.so.0"))
  }

  @Test func isSmall() throws {
    let image = try ElfImage(path: DriftCheckBinary.path)
    #expect(image.strippedSize < 12_000_000, "\(image.strippedSize) bytes")
  }
}

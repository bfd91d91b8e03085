import DriftTestSupport
import Foundation
import Testing

/// What the program that ships is made of.
@Suite struct ShippedProgramTests {
  @Test func carriesItsRuntime() throws {
    let image = try ElfImage(path: DriftCheckBinary.path)
    let expected: Set = [
      "libm.so.6", "libgcc_s.so.1", "libc.so.6", "ld-linux-x86-64.so.2", "ld-linux-aarch64.so.1",
      "libdl.so.2", "libpthread.so.0",
    ]
    // No Swift runtime, no Foundation, no OpenBLAS (whose loading takes longer than all other
    // starting up), nothing that was not meant.
    #expect(Set(image.neededLibraries).subtracting(expected).isEmpty)
    #expect(image.neededLibraries.contains("libc.so.6"))
  }

  @Test func isSmallWithoutOpenBLAS() throws {
    let image = try ElfImage(path: DriftCheckBinary.path)
    let blas = try Self.openBLAS()
    #expect(blas.strippedSize > 1_000_000)
    let size = image.strippedSize - blas.strippedSize
    #expect((1_000_000..<16_000_000).contains(size), "\(size) bytes")
  }

  /// A program with nothing in it but what is used of OpenBLAS.
  private static func openBLAS() throws -> ElfImage {
    let folder = try ScratchFolder()
    try folder.write(
      """
      void cblas_sgemm(void), cblas_dgemm(void), blas_thread_shutdown_(void);
      int main(int count, char **words) {
        if (count > 1) cblas_sgemm(), cblas_dgemm(), blas_thread_shutdown_();
        return words == 0;
      }
      """, to: "blas.c")
    let archive = Project.root.appending(path: ".build/archives/libopenblas.a")
    let compiled = try ChildProcess(
      [
        "/usr/bin/env", "clang", "-O2", "blas.c", archive.path(percentEncoded: false), "-lm",
        "-lpthread", "-o", "blas",
      ], in: folder.url, environment: ProcessInfo.processInfo.environment
    ).wait()
    try #require(compiled.exitCode == 0, "\(compiled)")
    return try ElfImage(path: folder.path("blas"))
  }
}

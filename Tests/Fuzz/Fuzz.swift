internal import FuzzTargets
internal import Glibc

// One program for all fuzzers, as linking takes long: FUZZ_TARGET says which it is. libFuzzer has the
// `main` and calls these two.

private let target: FuzzTarget = {
  let name = getenv("FUZZ_TARGET").map { String(cString: $0) } ?? ""
  guard let target = FuzzTarget.all.first(where: { $0.name == name }) else {
    let names = FuzzTarget.all.map(\.name).joined(separator: " ")
    fatalError("FUZZ_TARGET is '\(name)', expected one of: \(names)")
  }
  return target
}()

@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ data: UnsafePointer<UInt8>?, _ size: Int) -> CInt {
  do {
    try target.run(Array(UnsafeRawBufferPointer(start: data, count: size)))
  } catch {
    // libFuzzer keeps the input when this does not return.
    fatalError("\(target.name): \(error)")
  }
  return 0
}

/// Lists the targets, if that is asked for.
@_cdecl("LLVMFuzzerInitialize")
func initialize(
  _ count: UnsafeMutablePointer<CInt>?, _ values: UnsafeMutableRawPointer?
) -> CInt {
  guard CommandLine.arguments.dropFirst() == ["--targets"] else { return 0 }
  for target in FuzzTarget.all { print(target.name, target.mostBytes) }
  exit(0)
}

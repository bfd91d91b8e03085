import DriftCheckCore
import Foundation
import Testing

/// What the process may hold, by flag and container, and what is said when it holds more.
@Suite struct MemoryMeterTests {
  /// A machine whose process holds so many pages for itself, in a container of so many bytes.
  private func meter(
    option: Int?, version: Int, container: Int, pages: Int,
    _ body: (MemoryMeter) throws -> Void
  ) throws {
    try withTemporaryFolder { folder in
      let files =
        version == 2
        ? ["proc/self/cgroup": "0::/pod\n", "sys/fs/cgroup/pod/memory.max": "\(container)\n"]
        : [
          "proc/self/cgroup": "4:memory:/pod\n",
          "sys/fs/cgroup/memory/pod/memory.limit_in_bytes": "\(container)\n",
        ]
      let status = ["proc/self/statm": "90000 \(pages + 1_000) 1000 50 0 70000 0\n"]
      for (path, text) in files.merging(status, uniquingKeysWith: { $1 }) {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      try body(MemoryMeter(option: option, root: folder.path))
    }
  }

  private static let page = Int(sysconf(Int32(_SC_PAGESIZE)))

  @Test(arguments: [1, 2]) func aContainerIsObeyedWithoutTheFlag(version: Int) throws {
    let pages = (490 << 20) / Self.page
    try meter(option: nil, version: version, container: 512 << 20, pages: pages) { meter in
      #expect(meter.most == 480 << 20)
      let refusal = try #require(meter.refusal())
      #expect(refusal.contains("513 MB so far, with 536 MB of memory in all"), "\(refusal)")
      #expect(refusal.contains("more memory, or check fewer columns"), "\(refusal)")
    }
    try meter(option: nil, version: version, container: 512 << 20, pages: pages - 4_000) {
      #expect($0.refusal() == nil)
    }
  }

  @Test func theFlagIsObeyedWhereItIsLess() throws {
    let pages = (170 << 20) / Self.page
    try meter(option: 128 << 20, version: 2, container: 512 << 20, pages: pages) { meter in
      #expect(meter.most == 160 << 20)
      let refusal = try #require(meter.refusal())
      #expect(refusal.contains("with --memory-limit of 134 MB; give a higher --memory-limit"))
    }
    // More than the container has helps nobody.
    try meter(option: 4 << 30, version: 2, container: 512 << 20, pages: pages) { meter in
      #expect(meter.most == 480 << 20)
      #expect(meter.refusal() == nil)
    }
  }
}

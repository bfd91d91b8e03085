import Glibc

/// What the library must leave as it found it.
struct HostProcess: Equatable {
  /// The threads of the process.
  let threads: Set<String>
  /// How many threads OpenBLAS would use for a large product of the host's.
  let blasThreads: CInt?
  /// The signals that the process ignores and catches.
  let signals: [String]

  init() {
    threads = Set(Self.entries(of: "/proc/self/task"))
    typealias Getter = @convention(c) () -> CInt
    let symbol = dlsym(nil, "openblas_get_num_threads")
    blasThreads = symbol.map { unsafeBitCast($0, to: Getter.self)() }
    signals = Self.lines(of: "/proc/self/status").filter {
      $0.hasPrefix("SigIgn") || $0.hasPrefix("SigCgt")
    }
  }

  /// The processor time of every thread but this one, in clock ticks.
  static func otherThreadsTicks() -> Int {
    // The link reads PID/task/THREAD.
    var link = [CChar](repeating: 0, count: 128)
    let length = readlink("/proc/thread-self", &link, 128)
    let own = String(
      decoding: link.prefix(max(length, 0)).map { UInt8(bitPattern: $0) }, as: UTF8.self
    ).split(separator: "/")
      .last
      .map(String.init)
    return entries(of: "/proc/self/task").filter { $0 != own }.reduce(0) { sum, thread in
      guard let text = lines(of: "/proc/self/task/\(thread)/stat").first else { return sum }
      // The fields after the name in parentheses; user and system time are the 12th and 13th.
      let fields = text.split(separator: ")").last?.split(separator: " ") ?? []
      return sum + (Int(fields[11]) ?? 0) + (Int(fields[12]) ?? 0)
    }
  }

  private static func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if !name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  private static func lines(of path: String) -> [String] {
    guard let file = fopen(path, "r") else { return [] }
    defer { fclose(file) }
    var buffer = [CChar](repeating: 0, count: 4096)
    let count = fread(&buffer, 1, buffer.count, file)
    let text = String(decoding: buffer.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    return text.split(separator: "\n").map(String.init)
  }
}

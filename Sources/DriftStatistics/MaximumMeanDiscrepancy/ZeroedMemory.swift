extension UnsafeMutablePointer where Pointee: Numeric {
  /// Memory for some numbers, all zero, that begins a cache line.
  package static func zeros(_ count: Int) -> UnsafeMutablePointer {
    let memory = UnsafeMutableRawPointer.allocate(
      byteCount: max(1, count) * MemoryLayout<Pointee>.stride, alignment: 64
    ).bindMemory(to: Pointee.self, capacity: max(1, count))
    memory.initialize(repeating: 0, count: count)
    return memory
  }
}

/// Memory that a reader uses for one chunk after the other; its content is lost when it grows.
struct Scratch<Element: BitwiseCopyable>: ~Copyable {
  private(set) var base: UnsafeMutablePointer<Element>
  private var capacity: Int

  init() {
    capacity = 1
    base = .allocate(capacity: 1)
  }

  deinit {
    base.deallocate()
  }

  /// Makes room for so many elements; what is not touched costs nothing.
  mutating func reserve(_ count: Int) {
    guard count > capacity else { return }
    base.deallocate()
    capacity = count
    base = .allocate(capacity: count)
  }
}

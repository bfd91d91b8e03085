import Testing

@testable import DriftKit

@Suite struct ProductThreadsTests {
  @Test func oneWhereTheLibraryIsNotSafeToShare() {
    for threads in [1, 2, 64] {
      #expect(ProductThreads.most(threads, isShared: false) == 1)
      #expect(ProductThreads.most(threads, isShared: true) == threads)
    }
  }
}

extension Report {
  /// The report as one page for people that needs nothing but itself: no network, no other file.
  ///
  /// - Returns: UTF-8, well-formed as XML too.
  /// - Complexity: O(features x bins + permutations).
  package func page() -> [UInt8] {
    var writer = HTMLWriter()
    Page(self).write(to: &writer)
    return writer.bytes
  }
}

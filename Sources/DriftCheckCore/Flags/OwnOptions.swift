/// The options that one command has beside those of `CheckOptions`: they are declared with it.
package protocol OwnOptions: Sendable, Hashable {
  /// The defaults.
  init()
  /// The files that are read, which nothing may be written over.
  var files: [String] { get }
}

/// The own options of commands, by their type.
struct OwnOptionsStore: Sendable, Equatable {
  private var values: [ObjectIdentifier: any OwnOptions] = [:]

  subscript<Own: OwnOptions>(type: Own.Type) -> Own {
    get { values[ObjectIdentifier(type)] as? Own ?? Own() }
    set { values[ObjectIdentifier(type)] = newValue == Own() ? nil : newValue }
  }

  /// The files that are read.
  var files: [String] { values.values.flatMap(\.files) }

  static func == (left: Self, right: Self) -> Bool {
    func hashable(_ store: Self) -> [ObjectIdentifier: AnyHashable] {
      store.values.mapValues { AnyHashable($0) }
    }
    return hashable(left) == hashable(right)
  }
}

extension DriftError {
  /// What would help against an error: for programs that word it for their users.
  public struct Recovery: Sendable, Hashable, CustomStringConvertible {
    /// The kind of remedy. New kinds may be added.
    public struct Kind: Sendable, Hashable, CustomStringConvertible {
      private let name: String

      /// The name of the kind.
      public var description: String { name }

      /// More memory for levels.
      public static let moreMemory = Kind(name: "moreMemory")
      /// A higher limit for the memory of a profile that is decoded.
      public static let higherLimit = Kind(name: "higherLimit")
      /// One kind, numbers or categories, for a column in all profiles.
      public static let sameKind = Kind(name: "sameKind")
      /// Profiles of all parts by the same bins.
      public static let sameEdges = Kind(name: "sameEdges")
      /// A check by the bins of the profile, or a profile that holds values.
      public static let edgesOfBaseline = Kind(name: "edgesOfBaseline")
      /// A profile that takes the column for numbers, as the baseline does.
      public static let numbers = Kind(name: "numbers")
      /// A profile that takes the column for points in time, as the baseline does.
      public static let times = Kind(name: "times")
      /// A profile that takes the column for categories, as the baseline does.
      public static let categories = Kind(name: "categories")
    }

    /// The kind of remedy.
    public let kind: Kind
    /// The column that it is about; nil for none.
    public let column: String?
    /// What to do, in the words of the library.
    public let description: String

    package static let moreMemory = Recovery(.moreMemory, "raise the memory limit")

    package static let higherLimit = Recovery(
      .higherLimit,
      "if it is from a source that you trust, give a higher limit where it is decoded")

    package static func sameKind(column: String) -> Recovery {
      Recovery(.sameKind, "profile the data again with one kind for this column", column: column)
    }

    package static func sameEdges(column: String) -> Recovery {
      Recovery(
        .sameEdges, "profile all parts by the edges of one profile, or of none", column: column)
    }

    package static func edgesOfBaseline(column: String) -> Recovery {
      Recovery(
        .edgesOfBaseline,
        "check with the profile that they are from and its options for bins, or profile the table again "
          + "without edges", column: column)
    }

    package static func numbers(column: String) -> Recovery {
      Recovery(
        .numbers, "profile it by the edges of the baseline's profile, or as a column of numbers",
        column: column)
    }

    package static func times(column: String) -> Recovery {
      Recovery(.times, "profile it by the edges of the baseline's profile", column: column)
    }

    package static func categories(column: String) -> Recovery {
      Recovery(.categories, "profile it as a column of levels", column: column)
    }

    private init(_ kind: Kind, _ description: String, column: String? = nil) {
      self.kind = kind
      self.column = column
      self.description = description
    }
  }
}

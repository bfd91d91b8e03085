public import Foundation

/// Where the project's files are, found from this file's own place.
public enum Project {
  /// The top folder of the checkout.
  public static let root: URL = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// A file below `fixtures/`.
  public static func fixture(_ path: String) -> URL {
    root.appending(path: "fixtures").appending(path: path)
  }
}

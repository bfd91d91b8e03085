import DriftTestSupport
import Foundation

/// A way to run the program with no more rights than any user: root may read and write everything.
struct OtherUser {
  /// The words before the program's path; none for those who are not root anyway.
  let wrapper: [String]
  /// The program, where any user can reach it.
  let binary: String
  private let folder: ScratchFolder

  private static let isRoot = NSUserName() == "root"
  private static let words =
    isRoot
    ? ["/usr/bin/setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--"] : []

  init() throws {
    folder = try ScratchFolder()
    wrapper = Self.words
    binary = folder.path("drift-check")
    // Not copied in this process: a child started at that moment would hold the copy open for
    // writing, and then it cannot be run ("Text file busy").
    let copy = try ChildProcess(
      ["/bin/cp", DriftCheckBinary.path, binary], in: folder.url,
      environment: DriftCheckBinary.environment)
    _ = copy.wait()
  }

  /// Whether it works here. Without setpriv, or with a Swift runtime that only root can reach, no.
  static let isPossible: Bool = {
    guard let user = try? OtherUser() else { return false }
    return Capability.succeeds(user.wrapper + [user.binary, "--version"])
  }()
}

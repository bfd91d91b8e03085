internal import DriftDetection

extension DriftError {
  /// The message, with the flags of this program where the library has something to be done.
  var messageWithFlags: String {
    guard let recovery else { return message }
    let column = recovery.column ?? ""
    switch recovery.kind {
    case .moreMemory: return "\(problem); raise --memory-limit"
    case .higherLimit:
      return "\(problem); if it is from a source that you trust, give a higher --memory-limit, or "
        + "a higher limit where it is decoded"
    case .sameKind:
      return "\(problem); profile the data again with --categorical or --numeric for this column"
    case .sameEdges:
      return "\(problem); profile all parts with the same --edges-from, or none"
    case .edgesOfBaseline:
      return "the profile knows '\(column)' only by the bins that --edges-from gave, which are not "
        + "those of this check; check with the profile that they are from, and with its flags for "
        + "bins, or profile the table again without --edges-from"
    case .numbers:
      return "\(problem); profile it with --edges-from the baseline's profile, or with --numeric "
        + column
    case .times: return "\(problem); profile it with --edges-from the baseline's profile"
    case .categories: return "\(problem); profile it with --categorical \(column)"
    default: return message
    }
  }
}

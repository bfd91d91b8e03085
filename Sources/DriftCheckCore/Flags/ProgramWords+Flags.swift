internal import DriftDetection

extension ProgramWords {
  /// The flags of this program.
  static let flags = ProgramWords(
    memoryLimit: "--memory-limit", exclude: "--exclude", categorical: "--categorical",
    numeric: "--numeric",
    missingFeature:
      "'--missing-features ignore' makes this a note, '--exclude' leaves the column out")
}

/// The command that wrote a file of this program.
enum WritingCommand: String {
  /// The file is a profile.
  case profile
  /// The file holds sums of the MMD test.
  case mmdShard = "mmd-shard"
}

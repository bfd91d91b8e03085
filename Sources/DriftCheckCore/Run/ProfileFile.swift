internal import DriftDetection
internal import Glibc
internal import Tabular

/// A profile as a file.
enum ProfileFile {
  /// Whether an input can be opened and begins as profiles do. FIFOs are looked at when they are all
  /// there is: those of several parts may be written one after the other.
  private static func isProfile(
    _ path: String, of paths: [String], _ streams: InputStreams
  ) throws -> Bool {
    let isOpened = try path == "-" || paths.count == 1 || !InputStreams.isReadOnce(path)
    return try isOpened && streams.format(path) == .profile
  }

  /// Whether all of some paths are profiles, or none.
  ///
  /// - Throws: `InputError` when only some are, `ProfileFileError` for one that is not there.
  static func areProfiles(_ paths: [String], _ streams: InputStreams) throws -> Bool {
    let kinds = try paths.map { try isProfile($0, of: paths, streams) }
    guard let first = kinds.firstIndex(of: true) else { return false }
    if let place = kinds.firstIndex(of: false) {
      let other = paths[place]
      var info = stat()
      if other != "-", stat(other, &info) != 0 {
        throw ProfileFileError(path: other, number: errno)
      }
      throw InputError(
        file: other,
        detail: "not a profile, but '\(paths[first])' is one; give either tables or "
          + "profiles on one side")
    }
    return true
  }

  /// Reads a profile.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - streams: Inputs of which some may have been read.
  ///   - memory: The bytes that the program may take.
  ///   - count: How many profiles are read and merged.
  /// - Returns: The profile.
  /// - Throws: `ProfileFileError` when it cannot be read, `InputError` when it is damaged or takes
  ///   more memory than there is for it.
  static func read(
    _ path: String, _ streams: InputStreams, memory: Int, of count: Int = 1
  ) throws -> DatasetProfile {
    let bytes = try readAll(path, begun: streams.take(path), memory: memory)
    // What takes about as much as the file does is no surprise.
    let limit = max(MemoryBudget.forProfile(memory, of: count), 2 * bytes.count)
    do {
      return try DatasetProfile(decoding: bytes, limit: limit)
    } catch {
      throw InputError(file: path, detail: error.messageWithFlags)
    }
  }

  /// Reads profiles of parts of one table and merges them.
  ///
  /// - Parameters:
  ///   - paths: The files.
  ///   - streams: Inputs of which some may have been read.
  ///   - memory: The bytes that the program may take; what is kept of the merged values and levels
  ///     depends on it.
  ///   - progress: Called with the share done.
  /// - Returns: The profile of all parts.
  /// - Throws: As `read`, and `InputError` when two of them do not belong together.
  static func merged(
    _ paths: [String], _ streams: InputStreams, memory: Int,
    progress: (Double) -> Void = { _ in }
  ) throws -> DatasetProfile {
    var merged = try read(paths[0], streams, memory: memory, of: paths.count)
    if paths.count > 1 { merged.bound(to: limits(of: merged, memory: memory)) }
    for (place, path) in paths.enumerated().dropFirst() {
      let next = try read(path, streams, memory: memory, of: paths.count)
      do {
        try merged.merge(next)
        // A part without rows or values has no limits to keep: what comes after it would bring its own.
        merged.bound(to: limits(of: merged, memory: memory))
      } catch {
        throw InputError(file: path, detail: error.messageWithFlags)
      }
      progress(Double(place + 1) / Double(paths.count))
    }
    return merged
  }

  private static func limits(of profile: DatasetProfile, memory: Int) -> DatasetProfile.Options {
    let kinds = profile.columnKinds.values
    let numeric = kinds.count { $0 == .numeric }
    var limits = CountedLevels.limits(
      memory: MemoryBudget.forLevels(memory), textColumns: kinds.count - numeric)
    limits.exactValues = MemoryBudget.forValues(memory) / (8 * max(1, numeric))
    return limits
  }

  /// The bytes of a file that a command of this program wrote: as many as it announces, and one
  /// more when there are more. Of anything else only the beginning is read; the decoder refuses it.
  ///
  /// - Parameters:
  ///   - path: The file, `-` for standard input.
  ///   - begun: What is open of it, and what was read before; nil to open it.
  ///   - command: What wrote it: `profile`, or `mmdShard` for sums.
  ///   - memory: The bytes that the program may take; nil for what there is.
  /// - Returns: The bytes.
  /// - Throws: `ProfileFileError`, and `InputError` when it is larger than memory.
  static func readAll(
    _ path: String, begun: InputStreams.Begun? = nil,
    from command: WritingCommand = .profile, memory: Int? = nil
  ) throws -> [UInt8] {
    let descriptor =
      begun?.descriptor ?? (path == "-" ? STDIN_FILENO : Descriptor.open(path, O_RDONLY))
    guard descriptor >= 0 else {
      throw ProfileFileError(path: path, number: -descriptor, command: command)
    }
    defer { if begun == nil, path != "-" { close(descriptor) } }
    // What somebody else has opened has no path to look at.
    let isOwn = path != "-" && (begun == nil || begun?.identity != nil)
    let before = FileIdentity(descriptor: descriptor)
    func requireUnchanged() throws {
      let after = isOwn ? FileIdentity(at: path) : FileIdentity(descriptor: descriptor)
      guard before == nil || before == after else { throw ProfileFileError.changed(path, command) }
    }
    // Both kinds of file: what it is, the version, how many bytes follow; the checksum ends it.
    let (headerSize, checksumSize) = (24, 8)
    var bytes = begun?.bytes ?? []
    if begun?.isAtEnd == true { return bytes }
    try fill(&bytes, to: headerSize, descriptor, path, command)
    let isOurs =
      command == .mmdShard
      ? MaximumMeanDiscrepancy.PartialSums.areSums(bytes) : DatasetProfile.isProfile(bytes)
    guard isOurs, bytes.count >= headerSize else {
      try requireUnchanged()
      return bytes
    }
    let announced = bytes[16..<headerSize].reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let most = min(memory ?? MemoryBudget.bytes(option: nil), 1 << 40)
    let fits = announced <= UInt64(most)
    let end = fits ? headerSize + Int(announced) + checksumSize : most
    try fill(&bytes, to: end + 1, descriptor, path, command)
    try requireUnchanged()
    guard fits || bytes.count <= end else {
      throw InputError(
        file: path,
        detail: "has more than \(most >> 20) MB, which is all the memory that may be used; give a "
          + "higher --memory-limit")
    }
    return bytes
  }

  /// Reads on up to so many bytes in all, or to the end of the file.
  private static func fill(
    _ bytes: inout [UInt8], to end: Int, _ descriptor: Int32, _ path: String,
    _ command: WritingCommand
  ) throws {
    var (number, isAtEnd) = (Int32(0), false)
    while bytes.count < end, !isAtEnd {
      // Nothing says that there is as much as was announced, and memory that is not written takes no
      // room.
      let room = min(end, max(16 << 20, 2 * bytes.count))
      let before = bytes
      bytes = [UInt8](unsafeUninitializedCapacity: room) { buffer, initialized in
        initialized = buffer.initialize(fromContentsOf: before)
        while initialized < room, number == 0, !isAtEnd {
          let rest = UnsafeMutableRawBufferPointer(
            rebasing: UnsafeMutableRawBufferPointer(buffer)[initialized...])
          let count = Glibc.read(descriptor, rest.baseAddress, rest.count)
          if count > 0 { initialized += count }
          if count == 0 { isAtEnd = true }
          if count < 0, errno != EINTR { number = errno }
        }
      }
      if number != 0 { throw ProfileFileError(path: path, number: number, command: command) }
    }
  }
}

/// A profile, or another file of this program, that cannot be opened or read.
struct ProfileFileError: Error, CustomStringConvertible {
  let path: String
  let number: Int32
  /// What writes such files.
  var command = WritingCommand.profile
  /// Whether it was another file, or in another state, when it had been read.
  var isChanged = false

  static func changed(_ path: String, _ command: WritingCommand) -> ProfileFileError {
    ProfileFileError(path: path, number: EIO, command: command, isChanged: true)
  }

  /// Whether it is not there or not allowed, rather than broken.
  var isNoInput: Bool { [ENOENT, EACCES, ENOTDIR, EISDIR, ELOOP].contains(number) }

  var description: String {
    guard !isChanged else {
      return "\(path): changed while it was read; run again when nothing writes to it"
    }
    return "cannot read '\(path)': \(describe(errno: number)); give the output of "
      + "'drift-check \(command.rawValue)'"
  }
}

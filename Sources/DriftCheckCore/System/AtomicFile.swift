import Glibc

/// Writes files whole or not at all.
package enum AtomicFile {
  /// Writes `bytes` to `path`, as the other `write` does.
  package static func write(
    _ bytes: [UInt8], to path: String, inFlight: OutputInFlight = OutputInFlight()
  ) throws(OutputError) {
    try write(to: path, inFlight: inFlight) { take throws(OutputError) in try take(bytes) }
  }

  /// Takes a part of the content.
  package typealias Take = ([UInt8]) throws(OutputError) -> Void

  /// Writes to `path` what `content` hands on, piece by piece.
  ///
  /// A regular file is replaced: a temporary file in the same folder is written, synced and
  /// renamed, then the folder is synced. Missing parent folders are made; a symbolic link stays
  /// and its target is replaced. Devices, FIFOs and `/dev/stdout` are written to as they are.
  /// - Parameters:
  ///   - path: Where to.
  ///   - inFlight: Gets to know the temporary file, so that a signal can remove it.
  ///   - content: Hands on the whole content, in order; what it throws ends the writing.
  /// - Throws: `OutputError`; the temporary file is gone then, and an older file untouched unless
  ///   the very last step, the sync of the folder, failed.
  package static func write(
    to path: String, inFlight: OutputInFlight = OutputInFlight(),
    _ content: (Take) throws(OutputError) -> Void
  ) throws(OutputError) {
    switch try OutputTarget(path) {
    case .descriptor(let descriptor):
      var isReaderGone = false
      try content { piece throws(OutputError) in
        guard !isReaderGone else { return }
        let code = Descriptor.write(piece, to: descriptor)
        // A reader of standard output that leaves early is not an error.
        isReaderGone = code == EPIPE && descriptor == STDOUT_FILENO
        guard code == 0 || isReaderGone else { throw .writing(path, code) }
      }
    case .device(let device):
      try writeToDevice(device, path, content)
    case .file(let file):
      try replace(file, path, inFlight, content)
    }
    inFlight.noteWritten()
  }

  private static func writeToDevice(
    _ device: String, _ path: String, _ content: (Take) throws(OutputError) -> Void
  ) throws(OutputError) {
    let descriptor = Descriptor.open(device, O_WRONLY | O_NOCTTY)
    guard descriptor >= 0 else { throw .creating(path, -descriptor) }
    do throws(OutputError) {
      try content { piece throws(OutputError) in
        let code = Descriptor.write(piece, to: descriptor)
        guard code == 0 else { throw .writing(path, code) }
      }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw .writing(path, errno) }
  }

  private static func replace(
    _ file: String, _ path: String, _ inFlight: OutputInFlight,
    _ content: (Take) throws(OutputError) -> Void
  ) throws(OutputError) {
    let folder = OutputTarget.folder(of: file)
    try makeFolders(folder, path)
    LeftFiles.removeAll(beside: file)
    let (descriptor, _) = try inFlight.begin { () throws(OutputError) in
      try TemporaryFile.create(beside: file, path)
    }
    do throws(OutputError) {
      try content { piece throws(OutputError) in
        let code = Descriptor.write(piece, to: descriptor)
        guard code == 0 else { throw .writing(path, code) }
      }
    } catch {
      close(descriptor)
      inFlight.abandon()
      throw error
    }
    var code = sync(descriptor)
    if close(descriptor) != 0, code == 0, errno != EINTR { code = errno }
    guard code == 0 else {
      inFlight.abandon()
      throw .writing(path, code)
    }
    code = inFlight.publish(as: file)
    guard code == 0 else { throw .creating(path, code) }
    try syncFolder(folder, path)
  }

  private static func makeFolders(_ folder: String, _ path: String) throws(OutputError) {
    guard mkdir(folder, 0o777) != 0 else { return }
    switch errno {
    case EEXIST: return  // when it is no folder, creating the file says so
    case ENOENT where OutputTarget.folder(of: folder) != folder:
      try makeFolders(OutputTarget.folder(of: folder), path)
      guard mkdir(folder, 0o777) == 0 || errno == EEXIST else { throw .creating(path, errno) }
    default:
      // On a read-only file system an existing folder may give EROFS, not EEXIST.
      let code = errno
      var info = stat()
      guard stat(folder, &info) == 0 else { throw .creating(path, code) }
    }
  }

  private static func syncFolder(_ folder: String, _ path: String) throws(OutputError) {
    let descriptor = Descriptor.open(folder, O_RDONLY | O_DIRECTORY)
    // A folder that may be written but not read cannot be synced.
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let code = sync(descriptor)
    guard code == 0 else { throw .writing(path, code) }
  }

  /// Waits until the bytes are on the disk; file systems that cannot are taken at their word.
  private static func sync(_ descriptor: Int32) -> Int32 {
    while fsync(descriptor) != 0 {
      switch errno {
      case EINTR: continue
      case EINVAL, ENOTSUP, ENOSYS: return 0
      default: return errno
      }
    }
    return 0
  }
}

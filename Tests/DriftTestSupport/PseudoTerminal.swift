import Foundation
import Glibc
import Synchronization

/// A terminal without a screen: what a program writes to it is kept.
public final class PseudoTerminal: Sendable {
  /// The device that a program opens.
  public let path: String
  private let descriptor: Int32
  /// Keeps the terminal alive while no program has it open.
  private let device: Mutex<Int32>
  private let received = Mutex<[UInt8]>([])
  private let hasEnded = Mutex(false)

  /// Opens a terminal of so many columns.
  /// - Throws: `POSIXError` when there is none to be had.
  public init(columns: Int) throws {
    // As posix_openpt, unlockpt and ptsname do it; Swift does not see those.
    let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
    var lock: Int32 = 0
    var number: Int32 = 0
    guard descriptor >= 0, ioctl(descriptor, 0x4004_5431, &lock) == 0,  // TIOCSPTLCK
      ioctl(descriptor, 0x8004_5430, &number) == 0  // TIOCGPTN
    else { throw POSIXError(POSIXErrorCode(rawValue: errno) ?? .EIO) }
    path = "/dev/pts/\(number)"
    self.descriptor = descriptor
    device = Mutex(open(path, O_RDWR | O_NOCTTY | O_CLOEXEC))
    resize(columns: columns)
    Thread.detachNewThread { self.collect() }
  }

  deinit {
    close(descriptor)
  }

  /// Changes the width.
  public func resize(columns: Int) {
    var size = winsize(ws_row: 24, ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(descriptor, UInt(TIOCSWINSZ), &size)
  }

  /// Everything written so far. Line feeds are CR LF, as on a terminal.
  public var output: [UInt8] { received.withLock { $0 } }

  /// Waits until something is true of the output, for at most 30 seconds.
  /// - Returns: Whether it became true.
  public func waits(until isReached: ([UInt8]) -> Bool) -> Bool {
    let start = ContinuousClock.now
    while !isReached(output) {
      guard ContinuousClock.now - start < .seconds(30) else { return false }
      usleep(1_000)
    }
    return true
  }

  /// Waits until all that programs wrote has arrived. None may be started on it afterwards.
  public func finish() {
    device.withLock { device in
      if device >= 0 { close(device) }
      device = -1
    }
    let start = ContinuousClock.now
    while !hasEnded.withLock({ $0 }), ContinuousClock.now - start < .seconds(10) { usleep(1_000) }
  }

  private func collect() {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(descriptor, &buffer, buffer.count)
      // An error: nobody has the terminal open any more.
      if count <= 0, errno != EINTR { break }
      if count > 0 { received.withLock { $0 += buffer[..<count] } }
    }
    hasEnded.withLock { $0 = true }
  }
}

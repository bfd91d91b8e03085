import DriftCheckCore
import Foundation
import Testing

@Suite struct BufferedWriterTests {
  @Test(arguments: [1, 7, 65_536])
  func writesEverythingInOrder(_ capacity: Int) throws {
    let pipe = Pipe()
    var writer = BufferedWriter(
      descriptor: pipe.fileHandleForWriting.fileDescriptor, capacity: capacity)
    try writer.write("one ")
    try writer.write(Array("two ".utf8))
    try writer.write("drei ä\n")
    try writer.flush()
    try pipe.fileHandleForWriting.close()
    #expect(try pipe.fileHandleForReading.readToEnd() == Data("one two drei ä\n".utf8))
    #expect(!writer.isReaderGone)
  }

  @Test func waitsForRoomInAPipeThatDoesNotBlock() throws {
    let pipe = Pipe()
    let end = pipe.fileHandleForWriting
    #expect(fcntl(end.fileDescriptor, F_SETFL, O_NONBLOCK) == 0)
    let bytes = [UInt8](repeating: 65, count: 1_000_000)
    // On a thread of its own: one that tasks share would wait there for a task that waits for it.
    Thread.detachNewThread {
      var writer = BufferedWriter(descriptor: end.fileDescriptor)
      do {
        try writer.write(bytes)
        try writer.flush()
      } catch {
        Issue.record(error)
      }
      try? end.close()
    }
    #expect(try pipe.fileHandleForReading.readToEnd() == Data(bytes))
  }

  @Test func aFullDeviceIsAnError() throws {
    let full = open("/dev/full", O_WRONLY)
    defer { close(full) }
    var writer = BufferedWriter(descriptor: full)
    try writer.write("text")
    do throws(OutputError) {
      try writer.flush()
      Issue.record("a full device took the text")
    } catch {
      #expect(error.exitCode == .ioError && error.exitCode.rawValue == 74)
      #expect(error.description.hasPrefix("cannot write 'standard output': No space left"))
    }
  }

  @Test func theWidthComesFromTheVariableFirst() {
    #expect(StandardStreams.width(of: -1, Environment(["COLUMNS": "123"])) == 123)
    for value in ["0", "-4", "wide", ""] {
      #expect(StandardStreams.width(of: -1, Environment(["COLUMNS": value])) == 80)
    }
    #expect(!StandardStreams.isTerminal(-1))
  }
}

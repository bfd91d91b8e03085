import DriftCheckCore
import Foundation
import Testing

/// What needs a process of its own: signals, limits, closed descriptors.
@Suite struct ProcessTests {
  @Test func aFileTooLargeLeavesTheOldOneAlone() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/r.json"
      try Data("old".utf8).write(to: URL(filePath: path))
      await #expect(processExitsWith: .success) { [path = path as String] in
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: 10_000, rlim_max: 10_000)
        #expect(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
        let inFlight = OutputInFlight()
        do throws(OutputError) {
          try AtomicFile.write(
            [UInt8](repeating: 65, count: 20_000), to: path, inFlight: inFlight)
          Issue.record("a file past the limit was written")
        } catch {
          #expect(error.errorNumber == EFBIG && error.exitCode == .ioError)
        }
        #expect(!inFlight.isWritten)
      }
      #expect(try text(of: URL(filePath: path)) == "old")
      let left = try names(in: folder)
      #expect(left == ["r.json"])
    }
  }

  @Test func missingRightsAreSeenBeforeAndWhileWriting() async throws {
    try await withTemporaryFolder { folder in
      chmod(folder.path, 0o555)
      let path = folder.path + "/d/r.json"
      await #expect(processExitsWith: .success) { [path = path as String] in
        // The super-user may write everywhere.
        if geteuid() == 0 { #expect(setuid(65_534) == 0) }
        do throws(OutputError) {
          try AtomicFile.preflight(path)
          Issue.record("the check saw nothing")
        } catch {
          #expect(error.errorNumber == EACCES && error.exitCode == .cannotCreate)
        }
        do throws(OutputError) {
          try AtomicFile.write([65], to: path)
          Issue.record("the file was written")
        } catch {
          #expect(error.errorNumber == EACCES && error.exitCode == .cannotCreate)
        }
      }
      chmod(folder.path, 0o755)
      let left = try names(in: folder)
      #expect(left == [])
    }
  }

  /// Sends the signal to the whole process, whose other threads do not block it.
  @Test func theThreadEndsTheProcess() async throws {
    for (number, code, word) in [
      (SIGINT, ExitCode.interrupted, "interrupted"), (SIGTERM, .terminated, "terminated"),
      (SIGHUP, .hangUp, "hung up"),
    ] {
      let result = await #expect(
        processExitsWith: .exitCode(code.rawValue), observing: [\.standardErrorContent]
      ) { [number = number as Int32] in
        for other in [SIGINT, SIGTERM, SIGHUP] { signal(other, SIG_DFL) }
        Signals.watch(OutputInFlight(), Logger())
        kill(getpid(), number)
        sleep(60)
      }
      let log = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      #expect(log.contains("drift-check: \(word); no report was written\n"))
    }
  }

  /// The signal comes while 256 MB are being written: nothing, or the whole file, never a part.
  @Test func aSignalLeavesNoPartOfAFile() async throws {
    try await withTemporaryFolder { folder in
      let size = 256 << 20
      let path = folder.path + "/r.json"
      await #expect(processExitsWith: .exitCode(143)) {
        [path = path as String, size = size as Int] in
        signal(SIGTERM, SIG_DFL)
        let inFlight = OutputInFlight()
        Signals.watch(inFlight, Logger())
        let bytes = [UInt8](repeating: 65, count: size)
        Thread.detachNewThread {
          try? AtomicFile.write(bytes, to: path, inFlight: inFlight)
        }
        let temporary = path.dropLast("r.json".count) + ".r.json.\(getpid()).tmp"
        while access(String(temporary), F_OK) != 0, !inFlight.isWritten { sched_yield() }
        kill(getpid(), SIGTERM)
        sleep(60)
      }
      let left = try names(in: folder)
      if left != [] {
        #expect(left == ["r.json"])
        #expect(try Data(contentsOf: URL(filePath: path)).count == size)
      }
    }
  }

  @Test func aSignalAfterTheReportSaysSo() async throws {
    try await withTemporaryFolder { folder in
      let path = folder.path + "/r.json"
      let result = await #expect(
        processExitsWith: .exitCode(143), observing: [\.standardErrorContent]
      ) { [path = path as String] in
        signal(SIGTERM, SIG_DFL)
        let inFlight = OutputInFlight()
        Signals.watch(inFlight, Logger(format: .json, minimumLevel: .error, clock: { 0 }))
        try AtomicFile.write([65], to: path, inFlight: inFlight)
        kill(getpid(), SIGTERM)
        sleep(60)
      }
      let log = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
      let line = """
        {"ts": "1970-01-01T00:00:00Z", "level": "notice", "event": "terminate", \
        "message": "terminated; the report was already written", "report_written": true}
        """
      #expect(log.contains(line))
      let left = try names(in: folder)
      #expect(left == ["r.json"])
    }
  }

  @Test func anIgnoredSignalStaysIgnored() async {
    await #expect(processExitsWith: .exitCode(143)) {
      signal(SIGHUP, SIG_IGN)
      signal(SIGINT, SIG_IGN)
      signal(SIGTERM, SIG_DFL)
      Signals.watch(OutputInFlight(), Logger())
      kill(getpid(), SIGHUP)
      kill(getpid(), SIGINT)
      // Ignored at once, so only this one can end the process.
      kill(getpid(), SIGTERM)
      sleep(60)
    }
  }

  @Test func aReaderThatLeavesIsNoError() async {
    await #expect(processExitsWith: .success) {
      Signals.watch(OutputInFlight(), Logger())
      let pipe = Pipe()
      try pipe.fileHandleForReading.close()
      var writer = BufferedWriter(
        descriptor: pipe.fileHandleForWriting.fileDescriptor, capacity: 4)
      try writer.write("more than four")
      #expect(writer.isReaderGone)
      try writer.write("and more")
      try writer.flush()
      dup2(pipe.fileHandleForWriting.fileDescriptor, STDOUT_FILENO)
      try AtomicFile.write([65], to: "/dev/stdout")
    }
  }

  @Test func closedDescriptorsAreOpened() async {
    await #expect(processExitsWith: .success) {
      let kept = dup(STDERR_FILENO)
      for descriptor in STDIN_FILENO...STDERR_FILENO { close(descriptor) }
      StandardStreams.ensureOpen()
      var null = stat()
      let isThere = stat("/dev/null", &null) == 0
      let areNull = (STDIN_FILENO...STDERR_FILENO).map { descriptor in
        var info = stat()
        return fstat(descriptor, &info) == 0 && info.st_rdev == null.st_rdev
      }
      dup2(kept, STDERR_FILENO)
      #expect(isThere && areNull == [true, true, true])
    }
  }
}

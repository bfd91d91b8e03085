import DriftCheckCore
import Foundation
import Testing

/// The files of a machine and the threads that follow.
struct Machine: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let files: [String: String]
  let threads: Int

  init(_ name: String, _ threads: Int, _ files: [String: String]) {
    testDescription = name
    self.threads = threads
    let processors = [
      "sys/devices/system/cpu/online": "0-7\n",
      "proc/self/status": "Name:\tx\nCpus_allowed:\tff\nCpus_allowed_list:\t0-7\n",
    ]
    self.files = processors.merging(files) { $1 }
  }

  static let all: [Machine] = [
    Machine("no control groups", 8, [:]),
    Machine("affinity", 3, ["proc/self/status": "Cpus_allowed_list:\t1,3-4\n"]),
    Machine(
      "allowed processors that are off line", 4,
      [
        "proc/self/status": "Cpus_allowed_list:\t0-127\n",
        "sys/devices/system/cpu/online": "0-1,4-5\n",
      ]),
    Machine(
      "version 2, rounded up", 3,
      ["proc/self/cgroup": "0::/pod\n", "sys/fs/cgroup/pod/cpu.max": "250000 100000\n"]),
    Machine(
      "version 2, less than one", 1,
      ["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "5000 100000\n"]),
    Machine(
      "version 2, no limit", 8,
      ["proc/self/cgroup": "0::/pod\n", "sys/fs/cgroup/pod/cpu.max": "max 100000\n"]),
    Machine(
      "version 2, the smallest on the way up", 2,
      [
        "proc/self/cgroup": "0::/a/b/c\n", "sys/fs/cgroup/a/b/c/cpu.max": "400000 100000\n",
        "sys/fs/cgroup/a/b/cpu.max": "max 100000\n", "sys/fs/cgroup/a/cpu.max": "200000 100000\n",
      ]),
    Machine(
      "version 2, the host's path in a container", 2,
      ["proc/self/cgroup": "0::/host/pod\n", "sys/fs/cgroup/cpu.max": "150000 100000\n"]),
    Machine(
      "version 2, a path above the name space", 2,
      ["proc/self/cgroup": "0::/../../x\n", "sys/fs/cgroup/cpu.max": "150000 100000\n"]),
    Machine(
      "more than the processors", 8,
      ["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "9000000 100000\n"]),
    Machine(
      "a quota past any integer", 8,
      ["proc/self/cgroup": "0::/\n", "sys/fs/cgroup/cpu.max": "1e300 1\n"]),
    Machine(
      "version 1", 4,
      [
        "proc/self/cgroup": "4:memory:/p\n3:cpu,cpuacct:/p:q\n1:name=systemd:/\n0::/\n",
        "sys/fs/cgroup/cpu,cpuacct/p:q/cpu.cfs_quota_us": "350000\n",
        "sys/fs/cgroup/cpu,cpuacct/p:q/cpu.cfs_period_us": "100000\n",
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_quota_us": "-1\n",
        "sys/fs/cgroup/cpu,cpuacct/cpu.cfs_period_us": "100000\n",
      ]),
    Machine(
      "version 1, a mount named cpu", 1,
      [
        "proc/self/cgroup": "3:cpu:/p\n", "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "50000\n",
        "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      ]),
    Machine(
      "version 1, no limit", 8,
      [
        "proc/self/cgroup": "3:cpu:/\n", "sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
        "sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
      ]),
    Machine(
      "nonsense", 8,
      ["proc/self/cgroup": "what\n0::\n", "sys/fs/cgroup/cpu.max": "many few\n"]),
    Machine(
      "nonsense about processors", 1,
      ["proc/self/status": "Cpus_allowed_list:\t9-1,x,-\n"]),
  ]
}

@Suite struct ProcessorQuotaTests {
  @Test(arguments: Machine.all)
  func follows(_ machine: Machine) throws {
    try withTemporaryFolder { folder in
      for (path, text) in machine.files {
        let file = folder.appending(path: path)
        try FileManager.default.createDirectory(
          at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: file)
      }
      let threads = try ProcessorQuota.threads(
        option: nil, Environment(["DRIFT_CHECK_THREADS": ""]), root: folder.path)
      #expect(threads == machine.threads)
    }
  }

  @Test func theFlagWinsOverTheVariableOverTheMachine() throws {
    let variables = Environment(["DRIFT_CHECK_THREADS": "99"])
    #expect(try ProcessorQuota.threads(option: 77, variables) == 77)
    #expect(try ProcessorQuota.threads(option: nil, variables) == 99)
    let own = try ProcessorQuota.threads(option: nil, Environment([:]))
    #expect((1...ProcessInfo.processInfo.activeProcessorCount).contains(own))
  }

  @Test(arguments: ["0", "-1", "1025", "two", "1.5", " 2"])
  func aVariableThatIsNoNumberIsAUsageError(_ value: String) {
    do throws(UsageError) {
      _ = try ProcessorQuota.threads(option: nil, Environment(["DRIFT_CHECK_THREADS": value]))
      Issue.record("'\(value)' was taken")
    } catch {
      #expect(error.code == .environment)
      #expect(
        error.message
          == "DRIFT_CHECK_THREADS is '\(value)': expected a whole number from 1 to 1024.")
    }
  }
}

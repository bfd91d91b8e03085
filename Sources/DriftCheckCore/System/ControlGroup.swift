/// What control groups (the limits of a container) leave to this process.
enum ControlGroup {
  /// The smallest quota, in processors, from the group of this process up to the root; nil when
  /// there is none. Both versions of control groups are looked at.
  static func processorQuota(root: String) -> Double? {
    guard let text = SmallFile.text(root + "/proc/self/cgroup") else { return nil }
    // Each line is "number:controllers:path"; version 2 is number 0 without controllers.
    let quotas = text.split(separator: "\n").compactMap { line -> Double? in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      let controllers = parts[1].split(separator: ",")
      if parts[0] == "0", controllers.isEmpty {
        return smallest(root, ["unified", ""], String(parts[2]), quotaOfVersion2)
      }
      guard controllers.contains("cpu") else { return nil }
      return smallest(
        root, [String(parts[1]), "cpu,cpuacct", "cpu"], String(parts[2]), quotaOfVersion1)
    }
    return quotas.min()
  }

  /// The smallest memory limit, in bytes, from the group of this process up to the root; nil when
  /// there is none.
  static func memoryLimit(root: String) -> Int? {
    guard let text = SmallFile.text(root + "/proc/self/cgroup") else { return nil }
    let limits = text.split(separator: "\n").compactMap { line -> Double? in
      let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard parts.count == 3 else { return nil }
      let controllers = parts[1].split(separator: ",")
      if parts[0] == "0", controllers.isEmpty {
        return smallest(root, ["unified", ""], String(parts[2])) { bytes($0 + "/memory.max") }
      }
      guard controllers.contains("memory") else { return nil }
      return smallest(root, ["memory"], String(parts[2])) { bytes($0 + "/memory.limit_in_bytes") }
    }
    return limits.min().map { Int($0) }
  }

  /// A number of bytes; nil for "max", and for what version 1 has for no limit.
  private static func bytes(_ path: String) -> Double? {
    guard let text = SmallFile.text(path), let bytes = Double(text.prefix { !$0.isWhitespace }),
      bytes > 0, bytes < 0x1p62
    else { return nil }
    return bytes
  }

  /// The smallest quota on the way from a group to the root of the first mount that has one.
  private static func smallest(
    _ root: String, _ mounts: [String], _ path: String, _ quota: (String) -> Double?
  ) -> Double? {
    for mount in mounts {
      let top = root + "/sys/fs/cgroup/" + mount
      let quotas = levels(path).compactMap { quota(top + "/" + $0) }
      if let least = quotas.min() { return least }
    }
    return nil
  }

  /// "a/b", "a" and "" for "/a/b". Inside a container the path may be the host's, which is not
  /// mounted there; the root then holds the container's own limit.
  private static func levels(_ path: String) -> [String] {
    let parts = path.split(separator: "/")
    guard !parts.contains("..") else { return [""] }
    return (0...parts.count).reversed().map { parts[..<$0].joined(separator: "/") }
  }

  /// `cpu.max`: "quota period", or "max period" for none.
  private static func quotaOfVersion2(_ folder: String) -> Double? {
    guard let text = SmallFile.text(folder + "/cpu.max") else { return nil }
    let numbers = text.split(whereSeparator: \.isWhitespace).map { Double($0) }
    guard numbers.count == 2, let quota = numbers[0], let period = numbers[1] else { return nil }
    return ratio(quota, period)
  }

  /// `cpu.cfs_quota_us` (-1 for none) by `cpu.cfs_period_us`.
  private static func quotaOfVersion1(_ folder: String) -> Double? {
    func number(_ name: String) -> Double? {
      SmallFile.text(folder + "/" + name).flatMap { Double($0.prefix { !$0.isWhitespace }) }
    }
    guard let quota = number("cpu.cfs_quota_us"), let period = number("cpu.cfs_period_us") else {
      return nil
    }
    return ratio(quota, period)
  }

  private static func ratio(_ quota: Double, _ period: Double) -> Double? {
    // A number past any machine would not fit an integer when rounded.
    quota > 0 && period > 0 ? min(quota / period, 65_536) : nil
  }
}

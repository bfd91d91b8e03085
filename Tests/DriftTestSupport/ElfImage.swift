import Foundation

/// What an ELF program of 64 bits (little-endian) is made of.
public struct ElfImage: Sendable {
  /// The shared libraries that it names itself.
  public let neededLibraries: [String]
  /// Its size in bytes without symbols and debug information.
  public let strippedSize: Int

  private struct Section {
    let name: Int
    let type: UInt32
    let offset: Int
    let size: Int
  }

  /// Reads a program.
  ///
  /// - Throws: What reading the file throws, or `POSIXError` (`ENOEXEC`) for another kind of file.
  public init(path: String) throws {
    let data = try Data(contentsOf: URL(filePath: path))
    guard data.prefix(6) == Data([0x7F, 0x45, 0x4C, 0x46, 2, 1]) else {
      throw POSIXError(.ENOEXEC)
    }
    func number<Number: FixedWidthInteger>(_ type: Number.Type, at offset: Int) -> Number {
      data[offset..<(offset + MemoryLayout<Number>.size)].reversed().reduce(0) {
        $0 << 8 | Number($1)
      }
    }
    func text(at offset: Int) -> String {
      String(decoding: data[offset...].prefix { $0 != 0 }, as: UTF8.self)
    }
    // The header: e_shoff, e_shentsize, e_shnum, e_shstrndx.
    let table = Int(number(UInt64.self, at: 0x28))
    let step = Int(number(UInt16.self, at: 0x3A))
    let count = Int(number(UInt16.self, at: 0x3C))
    let sections = (0..<count).map { index in
      let start = table + index * step
      return Section(
        name: Int(number(UInt32.self, at: start)), type: number(UInt32.self, at: start + 4),
        offset: Int(number(UInt64.self, at: start + 0x18)),
        size: Int(number(UInt64.self, at: start + 0x20)))
    }
    let names = sections[Int(number(UInt16.self, at: 0x3E))].offset
    func isSymbols(_ section: Section) -> Bool {
      let name = text(at: names + section.name)
      return name == ".symtab" || name == ".strtab" || name.hasPrefix(".debug")
    }
    strippedSize = data.count - sections.filter(isSymbols).reduce(0) { $0 + $1.size }

    let strings = sections.first { text(at: names + $0.name) == ".dynstr" }
    let dynamic = sections.first { $0.type == 6 }
    guard let strings, let dynamic else {
      neededLibraries = []
      return
    }
    neededLibraries = stride(from: dynamic.offset, to: dynamic.offset + dynamic.size, by: 16)
      .filter { number(UInt64.self, at: $0) == 1 }
      .map { text(at: strings.offset + Int(number(UInt64.self, at: $0 + 8))) }
  }
}

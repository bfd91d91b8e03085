/// Finds the records and cells of a CSV (RFC 4180 and what real files add) in a stream of bytes.
///
/// Bytes are read into one buffer and cells are places in it: nothing is allocated for a cell or a
/// row. The scan stops where the buffer ends and goes on there after `refill()`, so each byte is
/// looked at once and the buffer holds one chunk and the record that is being read.
package struct CSVScanner: ~Copyable {
  /// What a scan ended with.
  package enum Event: Sendable {
    /// A record is complete: see `record`.
    case record
    /// The buffer is used up: call `refill()`, then go on.
    case starved
    /// The input is at its end.
    case end
  }

  /// Where in the grammar the scan is.
  enum State {
    case recordStart, cellStart, unquoted, quoted, quoteInQuoted, afterQuote
  }

  /// What a byte means to the scan, as flags; 0 is a plain byte.
  enum ByteClass {
    static let stopsUnquoted: UInt8 = 1
    static let stopsQuoted: UInt8 = 2
    static let padding: UInt8 = 4
  }

  /// Cells beyond this many are counted, not kept. Set it to the number of columns.
  package var cellLimit: Int

  /// The header's names, for messages.
  package var columnNames: [String] = []

  var source: ByteSource
  let options: CSVOptions
  let classes: UnsafeMutablePointer<UInt8>

  // The buffer. Everything before `position` is scanned, `recordStart` is kept until the record is
  // complete, `end` is where the bytes read so far stop.
  var buffer: UnsafeMutablePointer<UInt8>
  var capacity: Int
  var recordStart = 0
  var position = 0
  var end = 0
  var isAtEnd = false
  /// Bytes of the input before the buffer.
  var bufferOffset: Int

  // The record being read. Places of cells count from `recordStart`.
  var state = State.recordStart
  var cells: UnsafeMutablePointer<CSVRecord.Cell>
  var cellCapacity = 256
  var cellCount = 0
  var line = 1
  var recordLine = 1
  var hasRecord = false
  /// The last line break was a CR, so that an LF right after it belongs to it.
  var followsCarriageReturn = false

  // The cell being read. Places count from `recordStart`.
  var cellBegin = 0
  var cellEnd = 0
  /// The line of its opening quote.
  var cellLine = 1
  var hasDoubledQuotes = false

  /// Goes on behind bytes that were read from the source already: the last ones before those that
  /// it gives. Lines count from `line`.
  init(
    _ source: consuming ByteSource, behind bytes: UnsafeBufferPointer<UInt8>? = nil, line: Int = 1,
    options: CSVOptions
  ) {
    let options = options.bounded
    self.options = options
    end = bytes?.count ?? 0
    bufferOffset = source.byteOffset - end
    self.source = source
    self.line = line
    cellLimit = options.maximumColumns
    capacity = end + options.chunkSize
    buffer = .allocate(capacity: capacity)
    if let bytes, let first = bytes.baseAddress { buffer.update(from: first, count: end) }
    cells = .allocate(capacity: cellCapacity)
    classes = .allocate(capacity: 256)
    classes.initialize(repeating: 0, count: 256)
    for byte in [0x00, 0x0A, 0x0D] {
      classes[byte] = ByteClass.stopsUnquoted | ByteClass.stopsQuoted
    }
    classes[0x22] = ByteClass.stopsQuoted
    classes[0x20] = ByteClass.padding
    classes[0x09] = ByteClass.padding
    classes[Int(options.delimiter)] = ByteClass.stopsUnquoted
  }

  deinit {
    buffer.deallocate()
    cells.deallocate()
    classes.deallocate()
  }

  /// The record that the last scan completed.
  package var record: CSVRecord {
    CSVRecord(
      count: cellCount, line: recordLine, byteOffset: bufferOffset + recordStart,
      bytes: UnsafePointer(buffer + recordStart), cells: UnsafePointer(cells))
  }

  /// Bytes of the input read so far, as it is stored.
  package var bytesRead: Int { source.bytesRead }

  /// Goes from the header to the rows.
  mutating func startRows(_ names: [String]) {
    columnNames = names
    cellLimit = names.count
  }

  /// The bytes behind the last record.
  var rest: UnsafeBufferPointer<UInt8> {
    UnsafeBufferPointer(start: buffer + position, count: end - position)
  }

  /// Gives away the source: nothing more is read here.
  mutating func takeSource() -> ByteSource { source.moved() }

  /// Reads the next chunk behind what is left of the last one.
  ///
  /// - Throws: `CSVError` when the system reports an error, or when the cell or record that is
  ///   being read has grown beyond its limit.
  package mutating func refill() throws(CSVError) {
    try checkOpenCell()
    let pending = end - recordStart
    if recordStart > 0 {
      buffer.update(from: buffer + recordStart, count: pending)
      bufferOffset += recordStart
      position -= recordStart
      end = pending
      recordStart = 0
    }
    if capacity - pending < options.chunkSize {
      let grown = max(capacity * 2, pending + options.chunkSize)
      let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: grown)
      larger.update(from: buffer, count: pending)
      buffer.deallocate()
      buffer = larger
      capacity = grown
    }
    let count = try source.read(
      into: UnsafeMutableRawBufferPointer(start: buffer + end, count: options.chunkSize))
    end += count
    isAtEnd = count == 0
  }
}

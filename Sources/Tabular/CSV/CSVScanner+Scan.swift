private let quote = UInt8(ascii: "\"")
private let lineFeed = UInt8(ascii: "\n")
private let carriageReturn = UInt8(ascii: "\r")

extension CSVScanner {
  /// Goes on to the end of a record, of the buffer or of the input.
  ///
  /// Lines that are empty, or hold spaces and tabs only, are skipped.
  /// - Throws: `CSVError` with the place of what cannot be read.
  package mutating func scan() throws(CSVError) -> Event {
    if hasRecord { beginRecord() }
    while true {
      switch state {
      case .recordStart:
        guard skipToRecord() else { return isAtEnd ? .end : .starved }
        state = .cellStart

      case .cellStart:
        skipPadding()
        guard position < end else { return try starvedOrFinished() }
        if buffer[position] == quote {
          position += 1
          cellLine = line
          hasDoubledQuotes = false
          state = .quoted
        } else {
          state = .unquoted
        }
        cellBegin = position - recordStart

      case .unquoted:
        var next = position
        while next < end && classes[Int(buffer[next])] & ByteClass.stopsUnquoted == 0 { next += 1 }
        position = next
        guard next < end else { return try starvedOrFinished() }
        if buffer[next] == 0 { throw nulByte() }
        try endUnquotedCell()
        if try endsRecord() { return .record }

      case .quoted:
        guard try skipQuotedText() else { return try starvedOrFinished() }
        state = .quoteInQuoted

      case .quoteInQuoted:
        guard position < end else { return try starvedOrFinished() }
        if buffer[position] == quote {
          position += 1
          hasDoubledQuotes = true
          state = .quoted
        } else {
          closeQuotedCell()
        }

      case .afterQuote:
        skipPadding()
        guard position < end else { return try starvedOrFinished() }
        guard classes[Int(buffer[position])] & ByteClass.stopsUnquoted != 0 else {
          throw textAfterQuote()
        }
        if buffer[position] == 0 { throw nulByte() }
        try endQuotedCell()
        if try endsRecord() { return .record }
      }
    }
  }

  private mutating func beginRecord() {
    hasRecord = false
    cellCount = 0
    recordStart = position
  }

  /// Skips line breaks and padding in front of a record; false when the buffer is used up.
  private mutating func skipToRecord() -> Bool {
    defer { recordStart = position }
    while position < end {
      let byte = buffer[position]
      if byte == lineFeed {
        if !followsCarriageReturn { line += 1 }
        followsCarriageReturn = false
      } else if byte == carriageReturn {
        line += 1
        followsCarriageReturn = true
      } else {
        followsCarriageReturn = false
        guard classes[Int(byte)] & ByteClass.padding != 0 else {
          recordLine = line
          return true
        }
      }
      position += 1
    }
    return false
  }

  private mutating func skipPadding() {
    while position < end && classes[Int(buffer[position])] & ByteClass.padding != 0 {
      position += 1
    }
  }

  /// Goes past the next quote; false when the buffer is used up first.
  private mutating func skipQuotedText() throws(CSVError) -> Bool {
    var next = position
    defer { position = next }
    while next < end {
      let byte = buffer[next]
      if classes[Int(byte)] & ByteClass.stopsQuoted == 0 {
        next += 1
        continue
      }
      switch byte {
      case quote:
        next += 1
        return true
      case lineFeed:
        // The opening quote, at least, stands before it.
        if buffer[next - 1] != carriageReturn { line += 1 }
      case carriageReturn:
        line += 1
      case 0:
        position = next
        throw nulByte()
      default:
        break
      }
      next += 1
    }
    return false
  }

  /// Takes the delimiter or line break that ended a cell; true when the record ends with it.
  private mutating func endsRecord() throws(CSVError) -> Bool {
    let byte = buffer[position]
    position += 1
    if byte == options.delimiter {
      state = .cellStart
      return false
    }
    line += 1
    followsCarriageReturn = byte == carriageReturn
    state = .recordStart
    try endRecord(at: position - 1)
    return true
  }

  private mutating func endRecord(at place: Int) throws(CSVError) {
    hasRecord = true
    if place - recordStart > options.maximumRecordBytes { throw recordTooLong() }
  }

  /// With the buffer used up: asks for more, or completes the last record at the input's end.
  private mutating func starvedOrFinished() throws(CSVError) -> Event {
    guard isAtEnd else { return .starved }
    switch state {
    case .recordStart:
      return .end
    case .cellStart:
      cellBegin = position - recordStart
      try endUnquotedCell()
    case .unquoted:
      try endUnquotedCell()
    case .quoted:
      throw unterminatedQuote()
    case .quoteInQuoted:
      closeQuotedCell()
      try endQuotedCell()
    case .afterQuote:
      try endQuotedCell()
    }
    state = .recordStart
    try endRecord(at: position)
    return .record
  }
}

import CYaml

/// Something that libyaml found in a text.
struct YAMLEvent {
  enum Kind: Equatable {
    case streamStart, streamEnd, documentStart, documentEnd
    case scalar(String, isPlain: Bool)
    case sequenceStart, sequenceEnd, mappingStart, mappingEnd
    /// A value that stands for another one, such as `*name`.
    case alias
  }

  let kind: Kind
  let place: TextPlace
  /// Whether the value has a name, such as `&name`.
  var hasAnchor = false
  /// Whether the value has a type, such as `!!str`.
  var hasTag = false
}

/// What libyaml finds in a text, one event after the other.
final class YAMLEvents {
  private let text: ConfigurationText
  private let end: TextPlace
  /// libyaml keeps pointers into it.
  private let parser: UnsafeMutablePointer<yaml_parser_t>

  /// `input` are the bytes of the text, at least one, and outlive the events.
  init(_ text: ConfigurationText, _ input: UnsafeBufferPointer<UInt8>) throws(ConfigurationError) {
    self.text = text
    end = text.end
    parser = .allocate(capacity: 1)
    parser.initialize(to: yaml_parser_t())
    guard yaml_parser_initialize(parser) == 1 else {
      throw ConfigurationError([.init(.limit, .file(text.file), "not enough memory to read it")])
    }
    yaml_parser_set_encoding(parser, YAML_UTF8_ENCODING)
    yaml_parser_set_input_string(parser, input.baseAddress, input.count)
  }

  deinit {
    yaml_parser_delete(parser)
    parser.deallocate()
  }

  /// The next event.
  ///
  /// - Throws: `ConfigurationError` where the text is no YAML. It must not be called again then, nor
  ///   after the end of the stream.
  func next() throws(ConfigurationError) -> YAMLEvent {
    var event = yaml_event_t()
    guard yaml_parser_parse(parser, &event) == 1 else { throw ConfigurationError([failure]) }
    defer { yaml_event_delete(&event) }
    let place = place(event.start_mark)
    switch event.type {
    case YAML_STREAM_START_EVENT: return YAMLEvent(kind: .streamStart, place: place)
    case YAML_DOCUMENT_START_EVENT: return YAMLEvent(kind: .documentStart, place: place)
    case YAML_DOCUMENT_END_EVENT: return YAMLEvent(kind: .documentEnd, place: place)
    case YAML_ALIAS_EVENT: return YAMLEvent(kind: .alias, place: place)
    case YAML_SCALAR_EVENT:
      let scalar = event.data.scalar
      let bytes = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
      return YAMLEvent(
        kind: .scalar(
          String(decoding: bytes, as: UTF8.self),
          isPlain: scalar.style == YAML_PLAIN_SCALAR_STYLE), place: place,
        hasAnchor: scalar.anchor != nil, hasTag: scalar.tag != nil)
    case YAML_SEQUENCE_START_EVENT:
      return YAMLEvent(
        kind: .sequenceStart, place: place, hasAnchor: event.data.sequence_start.anchor != nil,
        hasTag: event.data.sequence_start.tag != nil)
    case YAML_SEQUENCE_END_EVENT: return YAMLEvent(kind: .sequenceEnd, place: place)
    case YAML_MAPPING_START_EVENT:
      return YAMLEvent(
        kind: .mappingStart, place: place, hasAnchor: event.data.mapping_start.anchor != nil,
        hasTag: event.data.mapping_start.tag != nil)
    case YAML_MAPPING_END_EVENT: return YAMLEvent(kind: .mappingEnd, place: place)
    default: return YAMLEvent(kind: .streamEnd, place: place)
    }
  }

  /// The place of a mark. At its end libyaml goes on to a line that the text does not have.
  private func place(_ mark: yaml_mark_t) -> TextPlace {
    guard mark.line < end.line else { return end }
    return text.place(line: Int(mark.line) + 1, column: Int(mark.column) + 1)
  }

  private var failure: ConfigurationError.Problem {
    let parser = parser.pointee
    guard parser.error == YAML_SCANNER_ERROR || parser.error == YAML_PARSER_ERROR else {
      return .init(.limit, .file(text.file), "cannot be read as YAML; make it shorter")
    }
    return YAMLMistake(
      text: text, problem: parser.problem.map { String(cString: $0) } ?? "a mistake",
      context: parser.context.map { String(cString: $0) } ?? "",
      place: place(parser.problem_mark), start: place(parser.context_mark)
    ).described
  }
}

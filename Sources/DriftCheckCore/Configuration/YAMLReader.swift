/// Reads a configuration in YAML 1.2 (core schema): one document, without aliases, anchors,
/// types of its own and text that goes on in the next line, which a dash or key at the wrong depth is.
struct YAMLReader {
  private let events: YAMLEvents

  /// - Returns: The document; an empty mapping when there are only comments.
  /// - Throws: `ConfigurationError`.
  static func read(_ text: ConfigurationText) throws(ConfigurationError) -> ConfigurationNode {
    let start = text.place(line: 1, column: 1)
    // What a command that failed leaves of its output must not pass for "the defaults, please".
    guard text.bytes.contains(where: { !" \t\r\n".utf8.contains($0) }) else {
      throw ConfigurationError([
        .init(
          .syntax, at: start,
          "found an empty file, expected settings, such as 'alpha: 0.01'; '{}' stands for none")
      ])
    }
    let empty = ConfigurationNode(place: start, value: .mapping([]))
    return try text.bytes.withUnsafeBufferPointer { (input) throws(ConfigurationError) in
      try YAMLReader(events: YAMLEvents(text, input)).document() ?? empty
    }
  }

  /// The document; nil when there is none, not even an empty one.
  private func document() throws(ConfigurationError) -> ConfigurationNode? {
    _ = try events.next()  // the stream's beginning
    guard try events.next().kind == .documentStart else { return nil }
    let root = try node(events.next(), depth: 1)
    _ = try events.next()  // the document's end
    let next = try events.next()
    guard next.kind == .streamEnd else {
      throw Self.error(.syntax, next, "found a second document, expected one; take out the rest")
    }
    return root
  }

  private func node(_ event: YAMLEvent, depth: Int) throws(ConfigurationError)
    -> ConfigurationNode
  {
    try Self.requirePlain(event)
    guard depth <= ConfigurationNode.deepest else {
      throw Self.error(
        .limit, event,
        "found more than \(ConfigurationNode.deepest) levels, expected settings; take out a few")
    }
    switch event.kind {
    case .scalar(let text, let isPlain):
      return ConfigurationNode(
        place: event.place, value: .scalar(isPlain ? .plain(text) : .text(text)))
    case .sequenceStart:
      var items: [ConfigurationNode] = []
      while true {
        let next = try events.next()
        guard next.kind != .sequenceEnd else {
          return ConfigurationNode(place: event.place, value: .sequence(items))
        }
        items.append(try node(next, depth: depth + 1))
      }
    default: return try mapping(event.place, depth: depth)
    }
  }

  private func mapping(_ place: TextPlace, depth: Int) throws(ConfigurationError)
    -> ConfigurationNode
  {
    var members: [ConfigurationNode.Member] = []
    while true {
      let next = try events.next()
      try Self.requirePlain(next)
      switch next.kind {
      case .mappingEnd: return ConfigurationNode(place: place, value: .mapping(members))
      case .scalar(let key, _):
        members.append(
          .init(
            key: key, place: next.place, value: try node(events.next(), depth: depth + 1)))
      default:
        throw Self.error(
          .syntax, next,
          "found a list or a mapping as a key, expected a name; put it in quotes if it is that")
      }
    }
  }

  private static func requirePlain(_ event: YAMLEvent) throws(ConfigurationError) {
    guard event.kind != .alias, !event.hasAnchor else {
      throw error(
        .syntax, event,
        "found an anchor or an alias ('&' or '*'), expected the value itself; write it out, or put "
          + "it in quotes if it is text")
    }
    if let line = event.lastLine {
      throw error(
        .syntax, event,
        "found a value that goes on to line \(line), expected one line; check the indentation "
          + "there, or put the value in quotes")
    }
    guard !event.hasTag else {
      throw error(
        .syntax, event,
        "found a type, such as '!!str', expected a value without; take it out, or put the value in "
          + "quotes if it is text")
    }
  }

  private static func error(
    _ code: ConfigurationError.Problem.Code, _ event: YAMLEvent, _ message: String
  ) -> ConfigurationError {
    ConfigurationError([.init(code, at: event.place, message)])
  }
}

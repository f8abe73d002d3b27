internal import AuditCore

/// Writes the text of one value (a JSON string, a table cell) as blocks: a line each, with the role that its Markdown
/// marks give it.
struct RunWriter {
  /// How bytes of a value stand for characters.
  enum Escapes {
    case none
    /// `\n`, `\u0041` …
    case json
    /// A doubled quote.
    case quotes
  }

  /// What the blocks of a value have in common.
  struct Style {
    var channel = Channel.text
    var region = Region.main
    var visibility = Visibility.visible
    /// nil: by the Markdown marks of each line.
    var role: Role?
    var path = -1
    /// Words that stand for the name of the field, before the first line: they give rules their context and stand for
    /// no bytes.
    var label: [Unicode.Scalar] = []
  }

  /// Runs are cut here, and overlap by `overlap`, so that nothing at an edge is lost.
  static let runLimit = 16 << 10
  static let overlap = 256

  let bytes: TextBytes
  var collector = BlockCollector()
  private var isInFence = false

  init(_ bytes: TextBytes) { self.bytes = bytes }

  mutating func write(
    _ range: Range<Int>, escapes: Escapes, style: Style, _ emit: (inout BlockBatch) -> Void
  ) {
    isInFence = false
    if holdsKey(range) {
      // The lines of a private key are one thing.
      run(range, escapes, .code, style, label: style.label)
      collector.flushIfFull(emit)
      return
    }
    var at = range.lowerBound
    var isFirst = true
    while at < range.upperBound {
      let end = lineEnd(at, in: range, escapes)
      line(at..<end.text, escapes, style, isFirst: isFirst, emit)
      isFirst = false
      at = end.next
    }
  }

  private func holdsKey(_ range: Range<Int>) -> Bool {
    guard range.count <= Self.runLimit, range.count > 64 else { return false }
    return bytes.range(of: "-----BEGIN ", in: range) != nil
      || bytes.range(of: "PuTTY-User-Key-File", in: range) != nil
  }

  /// Hands over what is left. Paths of later blocks begin anew.
  mutating func flush(_ emit: (inout BlockBatch) -> Void) { collector.flush(emit) }

  private func lineEnd(_ start: Int, in range: Range<Int>, _ escapes: Escapes) -> (text: Int, next: Int) {
    var at = start
    while at < range.upperBound {
      let byte = bytes[at]
      if byte == 0x0A || byte == 0x0D { return (at, at + 1) }
      if byte == 0x5C, escapes == .json, at + 1 < range.upperBound {
        if bytes[at + 1] == 0x6E || bytes[at + 1] == 0x72 { return (at, at + 2) }
        at += 2
      } else {
        at += 1
      }
    }
    return (range.upperBound, range.upperBound)
  }

  private mutating func line(
    _ line: Range<Int>, _ escapes: Escapes, _ style: Style, isFirst: Bool, _ emit: (inout BlockBatch) -> Void
  ) {
    var text = bytes.trimmed(line)
    guard !text.isEmpty else { return }
    var role = style.role ?? .body
    if style.role == nil {
      let isFence = bytes.starts(with: "```", at: text.lowerBound, before: text.upperBound)
      if isFence || isInFence {
        role = .code
        if isFence { isInFence.toggle() }
      } else {
        (role, text) = marks(text)
      }
    }
    let label = isFirst ? style.label : []
    var rest = text
    while true {
      let cut = rest.count > Self.runLimit ? self.cut(rest, escapes) : rest.upperBound
      run(rest.lowerBound..<cut, escapes, role, style, label: rest.lowerBound == text.lowerBound ? label : [])
      collector.flushIfFull(emit)
      guard cut < rest.upperBound else { break }
      let back = self.start(of: cut - Self.overlap, after: rest.lowerBound, escapes)
      rest = back..<rest.upperBound
    }
  }

  /// The role that the marks at the start of a line give, and the line without them.
  private func marks(_ line: Range<Int>) -> (Role, Range<Int>) {
    let first = bytes[line.lowerBound]
    if first == 0x23 {
      var at = line.lowerBound
      while at < line.upperBound, bytes[at] == 0x23 { at += 1 }
      if at - line.lowerBound <= 6, at + 1 < line.upperBound, bytes[at] == 0x20 {
        return (.heading, at + 1..<line.upperBound)
      }
    }
    if first == 0x3E, line.count > 1 { return (.quote, bytes.trimmed(line.lowerBound + 1..<line.upperBound)) }
    let bullet = bytes.bulletLength(line)
    if bullet > 0, bullet < line.count { return (.listItem, line.lowerBound + bullet..<line.upperBound) }
    return (.body, line)
  }

  private func cut(_ range: Range<Int>, _ escapes: Escapes) -> Int {
    start(of: bytes.cut(range, limit: Self.runLimit), after: range.lowerBound, escapes)
  }

  /// The nearest place at or before `place` that is no middle of a character or an escape; `lower` is such a place too.
  /// At most a few bytes before it; cost: the run of backslashes or quotes that stands there.
  private func start(of place: Int, after lower: Int, _ escapes: Escapes) -> Int {
    var at = max(place, lower + 16)
    while at > place - 3, bytes[at] & 0xC0 == 0x80 { at -= 1 }
    switch escapes {
    case .none: return at
    case .json: return JSONEscape.boundary(bytes, at, from: lower)
    case .quotes:
      var first = at
      while first > lower, bytes[first - 1] == 0x22 { first -= 1 }
      return (at - first) % 2 == 0 ? at : at - 1
    }
  }

  private mutating func run(
    _ range: Range<Int>, _ escapes: Escapes, _ role: Role, _ style: Style, label: [Unicode.Scalar]
  ) {
    let first = collector.batch.pieces.count
    collector.append(label: label, at: range.lowerBound)
    switch escapes {
    case .none: collector.appendPiece(Piece(start: range.lowerBound, length: range.count))
    case .json: appendJSON(range)
    case .quotes: appendQuotes(range)
    }
    guard collector.batch.pieces.count > first else { return }
    collector.batch.blocks.append(
      Block(
        role: role, channel: style.channel, region: style.region, visibility: style.visibility,
        pieces: first..<collector.batch.pieces.count, path: style.path))
  }

  private mutating func appendJSON(_ range: Range<Int>) {
    var at = range.lowerBound
    var verbatim = at
    while true {
      at = bytes.firstIndex(of: 0x5C, in: at..<range.upperBound)
      if at > verbatim { collector.appendPiece(Piece(start: verbatim, length: at - verbatim)) }
      guard at < range.upperBound else { return }
      let escape = JSONEscape.scalar(bytes, at, before: range.upperBound)
      collector.appendPiece(Piece(start: at, length: escape.length, first: escape.value))
      at += escape.length
      verbatim = at
    }
  }

  private mutating func appendQuotes(_ range: Range<Int>) {
    var at = range.lowerBound
    var verbatim = at
    while at < range.upperBound {
      at = bytes.firstIndex(of: 0x22, in: at..<range.upperBound)
      guard at + 1 < range.upperBound, bytes[at + 1] == 0x22 else {
        at = min(at + 1, range.upperBound)
        continue
      }
      if at > verbatim { collector.appendPiece(Piece(start: verbatim, length: at - verbatim)) }
      collector.appendPiece(Piece(start: at, length: 2, first: 0x22))
      at += 2
      verbatim = at
    }
    if range.upperBound > verbatim {
      collector.appendPiece(Piece(start: verbatim, length: range.upperBound - verbatim))
    }
  }

  /// The words of a field name for `Style.label`: "phoneNumber" and "phone_number" become "phone number: ".
  static func label(of name: String) -> [Unicode.Scalar] {
    guard !name.isEmpty, name.utf8.count <= 48 else { return [] }
    var scalars: [Unicode.Scalar] = []
    var wasLower = false
    for scalar in name.unicodeScalars {
      if scalar == "_" || scalar == "-" || scalar == "." {
        scalars.append(" ")
      } else {
        let isUpper = scalar.value >= 0x41 && scalar.value <= 0x5A
        if isUpper, wasLower { scalars.append(" ") }
        scalars.append(scalar)
      }
      wasLower = scalar.value >= 0x61 && scalar.value <= 0x7A
    }
    return scalars + [":", " "]
  }
}

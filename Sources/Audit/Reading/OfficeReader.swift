package import AuditCore

/// Reads an XML part of a Word, PowerPoint, Excel, OpenDocument or EPUB package: paragraphs, notes, comments, what
/// tracked changes deleted, what is marked hidden.
///
/// Deleted and hidden text is text that its reader does not see; comments are comments. Attributes that name people,
/// targets or alternative texts come in their own channels.
/// Source: ECMA-376 part 1 (WordprocessingML 17.3 and 17.13, DrawingML 21.1), OpenDocument 1.3 part 3.
package struct OfficeReader: Sendable {
  package init() {}

  package func read(
    _ document: Document, emit: (inout BlockBatch) -> Void
  ) -> (facts: DocumentFacts, problems: [Problem]) {
    var facts = DocumentFacts()
    TextBytes.reading(document.bytes) { bytes in
      var reading = OfficeReading(bytes, part: OfficePart(path: document.path))
      reading.run(emit)
      facts.outboundLinks = bytes.countOfWebLinks()
    }
    return (facts, [])
  }
}

/// What a part of a package holds, by its name.
enum OfficePart {
  case text, comments, properties, relations

  init(path: String) {
    let name = path.lowercased()
    let last = name.split(separator: "/").last.map(String.init) ?? name
    if last.hasSuffix(".rels") || last == "manifest.xml" || last == "container.xml" {
      self = .relations
    } else if name.contains("docprops/") || last == "meta.xml" || last.hasSuffix(".opf") {
      self = .properties
    } else if last.hasPrefix("comments") || name.contains("/comments/") || last == "people.xml" {
      self = .comments
    } else {
      self = .text
    }
  }
}

private struct OfficeReading {
  let bytes: TextBytes
  let part: OfficePart
  private var tokens: XMLTokens
  private var writer: RunWriter
  /// Pieces of the paragraph so far begin here.
  private var first = 0
  private var blockLength = 0
  private var role = Role.body
  private var context = Context()
  private var stack: [Context] = []
  /// Levels below the deepest one that is kept.
  private var deeper = 0
  /// Attributes of the paragraph so far: they follow it, so that they do not tear it apart.
  private var waiting: [(Range<Int>, Channel, String)] = []
  private static let depthLimit = 512

  private struct Context {
    var isHidden = false
    var isComment = false
    var name = 0..<0
  }

  init(_ bytes: TextBytes, part: OfficePart) {
    self.bytes = bytes
    self.part = part
    tokens = XMLTokens(bytes)
    writer = RunWriter(bytes)
    context.isComment = part == .comments
  }

  mutating func run(_ emit: (inout BlockBatch) -> Void) {
    while let token = tokens.next() {
      switch token.kind {
      case .text: append(token.range, decodes: true, emit)
      case .cdata: append(token.range, decodes: false, emit)
      case .start: start(token, emit)
      case .end: end(token, emit)
      case .comment:
        close(emit)
        writer.write(
          token.range, escapes: .none,
          style: .init(channel: .comment, visibility: .hidden, role: .body, path: path("#comment")), emit)
        first = writer.collector.batch.pieces.count
      case .other: break
      }
    }
    close(emit)
    writer.flush(emit)
  }

  private mutating func path(_ name: String) -> Int { writer.collector.index(of: name) }

  private mutating func start(_ token: XMLTokens.Token, _ emit: (inout BlockBatch) -> Void) {
    let local = tokens.localName(token.name)
    let name = local.count <= 24 ? bytes.string(local) : ""
    if Self.blocks.contains(name) {
      close(emit)
      role = name == "h" ? .heading : .body
    }
    switch name {
    case "tab": space(token.range)
    case "br", "cr", "line-break", "s", "noBreakHyphen": space(token.range)
    case "pStyle":
      // Word names its headings so in every language of the program.
      if attribute("val", of: token).hasPrefix("Heading") || attribute("val", of: token) == "Title" {
        role = .heading
      }
    case "vanish", "webHidden": setHidden(attribute("val", of: token))
    case "sld" where attribute("show", of: token) == "0": context.isHidden = true
    default: break
    }
    noteAttributes(of: token, name)
    guard !token.isEmpty else { return }
    guard stack.count < Self.depthLimit else {
      deeper += 1
      return
    }
    stack.append(context)
    context.name = token.name
    switch name {
    case "del", "moveFrom", "deletion", "delText", "tracked-changes", "delInstrText", "instrText":
      context.isHidden = true
    case "annotation", "comment": context.isComment = true
    default: break
    }
  }

  private mutating func end(_ token: XMLTokens.Token, _ emit: (inout BlockBatch) -> Void) {
    if deeper > 0 {
      deeper -= 1
      return
    }
    let name = bytes.string(tokens.localName(token.name))
    if Self.blocks.contains(name) { close(emit) }
    guard let outer = stack.popLast() else { return }
    // A property inside `rPr` holds for its run, so it outlives `rPr`.
    let carriesHidden = name == "rPr" && context.isHidden
    let wasHidden = context.isHidden
    context = outer
    if carriesHidden { context.isHidden = wasHidden }
  }

  private mutating func setHidden(_ value: String) {
    if !["0", "false", "off", "none"].contains(value) { context.isHidden = true }
  }

  private mutating func append(_ range: Range<Int>, decodes: Bool, _ emit: (inout BlockBatch) -> Void) {
    guard !range.isEmpty else { return }
    // White space between elements is layout of the file.
    if bytes.trimmed(range).isEmpty,
      range.contains(where: { bytes[$0] == 0x0A }) || first == writer.collector.batch.pieces.count
    {
      return
    }
    if first < writer.collector.batch.pieces.count, blockIsHidden != context.isHidden {
      close(emit, keepsRole: true)
    }
    if first == writer.collector.batch.pieces.count { blockIsHidden = context.isHidden }
    var at = range.lowerBound
    var verbatim = at
    while at < range.upperBound {
      at = decodes ? bytes.firstIndex(of: 0x26, in: at..<range.upperBound) : range.upperBound
      guard at < range.upperBound else { break }
      guard let reference = XMLTokens.reference(bytes, at, before: range.upperBound) else {
        at += 1
        continue
      }
      if at > verbatim { piece(Piece(start: verbatim, length: at - verbatim)) }
      piece(Piece(start: at, length: reference.length, first: reference.value))
      at += reference.length
      verbatim = at
    }
    if range.upperBound > verbatim { piece(Piece(start: verbatim, length: range.upperBound - verbatim)) }
    if blockLength > 64 << 10 { close(emit, keepsRole: true) }
  }

  /// The block that is open began as hidden text.
  private var blockIsHidden = false

  private mutating func piece(_ piece: Piece) {
    writer.collector.appendPiece(piece)
    blockLength += piece.length
  }

  private mutating func space(_ tag: Range<Int>) {
    guard first < writer.collector.batch.pieces.count else { return }
    piece(Piece(start: tag.lowerBound, length: tag.count, first: 0x20))
  }

  private mutating func close(_ emit: (inout BlockBatch) -> Void, keepsRole: Bool = false) {
    let last = writer.collector.batch.pieces.count
    if last > first {
      let isAside = part == .properties || part == .relations
      let name = context.name.isEmpty ? "#text" : JSONRecord.safe(bytes.string(context.name))
      writer.collector.batch.blocks.append(
        Block(
          role: role, channel: context.isComment ? .comment : isAside ? .metadata : .text,
          region: .main, visibility: blockIsHidden ? .hidden : .visible, pieces: first..<last,
          path: path(name)))
      writer.collector.flushIfFull(emit)
    }
    for (value, channel, name) in waiting {
      writer.write(value, escapes: .none, style: .init(channel: channel, role: .body, path: path(name)), emit)
    }
    waiting.removeAll(keepingCapacity: true)
    if !keepsRole { role = .body }
    blockLength = 0
    blockIsHidden = false
    first = writer.collector.batch.pieces.count
  }

  /// Elements whose start or end ends a paragraph.
  private static let blocks: Set<String> = [
    "p", "h", "si", "tc", "tr", "title", "creator", "subject", "description", "keywords", "lastModifiedBy",
    "comment",
    "annotation", "list-item", "is", "v", "table-cell", "note", "sldId", "body", "txBody", "publisher",
    "contributor",
    "date", "language", "identifier", "rights", "source", "initial-creator", "keyword", "user-defined",
    "Company",
    "Manager", "Template", "Application", "text", "navLabel", "docTitle", "created", "modified",
    "changed-region",
  ]

  // MARK: attributes

  private func attribute(_ wanted: String, of token: XMLTokens.Token) -> String {
    var found = ""
    tokens.forEachAttribute(of: token) { name, value in
      if value.count <= 64, bytes.string(tokens.localName(name)) == wanted { found = bytes.string(value) }
    }
    return found
  }

  private mutating func noteAttributes(of token: XMLTokens.Token, _ element: String) {
    let tokens = tokens
    var waiting = waiting
    tokens.forEachAttribute(of: token) { name, value in
      guard !value.isEmpty else { return }
      let local = tokens.localName(name)
      guard local.count <= 16 else { return }
      switch bytes.string(local) {
      case "author", "initials", "userId", "creator": waiting.append((value, .metadata, element + "/@author"))
      case "Target", "href": waiting.append((value, .url, element + "/@href"))
      case "descr", "alt", "title": waiting.append((value, .alt, element + "/@alt"))
      default: break
      }
    }
    self.waiting = waiting
  }
}

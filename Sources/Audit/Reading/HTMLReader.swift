package import AuditCore

/// Reads an HTML document: every run of text with its role, channel, region and visibility, and what the page
/// says of itself.
///
/// Nothing is dropped: hidden text, comments, scripts, templates and attributes come in their own channels.
/// Blocks come in the order of their first byte, but for the chosen option of a select. One pass, linear in the bytes. The blocks of a page of up to
/// 8 MB are kept until its end, when its main text is known; beyond that memory is that of a batch, the open
/// elements and the largest paragraph (cut at 256 KB).
package struct HTMLReader: Sendable {
  /// A batch is handed over when it holds so many bytes or blocks.
  package static let batchBytes = 131_072
  package static let batchBlocks = 8_192

  private let limits: Limits

  package init(limits: Limits = Limits()) { self.limits = limits }

  /// A larger document is handed over as it is read; its regions follow names and classes alone.
  package static let wholePageBytes = 8 << 20

  /// Hands over batches of blocks; `emit` reads them, they are emptied after it.
  package func read(
    _ document: Document, emit: (inout BlockBatch) -> Void
  ) -> (facts: DocumentFacts, problems: [Problem]) {
    document.bytes.withUnsafeBufferPointer { bytes in
      let syntax = HTMLSyntax(of: document)
      var reading = HTMLReading(bytes, limits: limits)
      reading.tokenizer.syntax = syntax
      reading.run(emit)
      if reading.sheetComesLate {
        // Nothing was handed over yet: what the page hides is found by reading it again with all its sheets.
        reading = HTMLReading(bytes, limits: limits, sheet: reading.wholeSheet(syntax))
        reading.tokenizer.syntax = syntax
        reading.run(emit)
      }
      var facts = reading.facts.finished()
      facts.evasions = reading.evasions(document)
      return (facts, reading.problems(path: document.path))
    }
  }
}

/// The state of reading one document.
struct HTMLReading {
  /// Longer text runs, scripts and comments are handled in slices of about this size, cut at white space.
  private static let sliceBytes = 65_536
  private static let wholeLimit = 1_048_576

  let bytes: HTMLBytes
  let limits: Limits
  var tokenizer: HTMLTokenizer
  var writer: HTMLBlockWriter
  var open: HTMLOpenElements
  var facts = HTMLFacts()
  var paths = HTMLPaths()
  /// The names of the last start tag's attributes, in step with `tokenizer.attributes`.
  var names: [HTMLAttributeName] = []
  let vocabulary = HTMLVocabulary.standard
  let hintWords = HTMLHints.Words.standard
  /// What the characters of the next raw text are.
  var rawContext = HTMLContext()
  var rawKind = RawKind.text
  /// An element whose text is a fact, and how many elements were open around it.
  var capture: Capture?
  /// Comments that other programs end elsewhere; at most `evasionLimit`.
  var abruptComments: [Range<Int>] = []
  /// Goes on behind the `<noscript>` that is being read.
  var outer: HTMLTokenizer?
  var tables = HTMLTables()
  var classes = HTMLClassMemory()
  /// Labels by the keys of attribute names; at most `labelLimit`.
  var labels: [UInt64: [Unicode.Scalar]] = [:]
  /// No `<selectedcontent>` of the last `<select>` was met yet.
  var showsChosenOption = false
  /// How many `srcdoc` attributes the page stands in.
  var depth = 0
  /// The page's own style rules, as far as they were read; all of them when `knowsSheets`.
  var sheet = HTMLStyleSheet.standard
  var knowsSheets = false
  /// The ranges that `sheet` was made of, in order.
  var sheetRanges: [Range<Int>] = []
  /// A sheet hides what was read before it: the page is to be read again.
  var sheetComesLate = false
  /// `<link rel="stylesheet">`: the page's colours are not known.
  var hasOuterSheet = false
  /// A `<frameset>` would still take the page over.
  var allowsFrameset = true
  /// It has: text outside noframes is never shown.
  var isFrameset = false

  /// The next `<slot` and `</template`, as far as they were looked for.
  var nextSlot = -1
  var nextTemplateEnd = -1

  enum RawKind { case text, whole, sheet, jsonLD, title }

  struct Capture {
    enum Subject { case author, headline }
    let subject: Subject
    let source: HTMLFacts.Source
    let depth: Int
    let start: Int
  }

  init(_ bytes: HTMLBytes, limits: Limits) {
    self.bytes = bytes
    self.limits = limits
    tokenizer = HTMLTokenizer(bytes)
    writer = HTMLBlockWriter(bytes)
    open = HTMLOpenElements(ground: HTMLContext(), byteCount: bytes.count)
    open.depthLimit = limits.htmlDepth
    tokenizer.attributeLimit = limits.attributes
  }

  init(_ bytes: HTMLBytes, limits: Limits, sheet: HTMLStyleSheet) {
    self.init(bytes, limits: limits)
    self.sheet = sheet
    knowsSheets = true
  }

  mutating func run(_ emit: (inout BlockBatch) -> Void) {
    while true {
      tokenizer.isForeign = open.isForeign
      let token = tokenizer.next()
      switch token.kind {
      case .text: text(token, emit)
      case .startTag: startTag(token)
      case .endTag: endTag(token)
      case .comment:
        if token.content.isEmpty || token.end &- token.content.upperBound == 4 { noteAbrupt(token) }
        whole(token.content, channel: .comment, path: "#comment", emit)
      case .doctype: break
      case .unfinished: whole(token.content, channel: .comment, path: "#unfinished", emit)
      case .end:
        if leaveNoscript() { continue }
        finishCapture(at: bytes.count, depth: 0)
        writer.endMain()
        if bytes.count <= HTMLReader.wholePageBytes { flushPage(emit) } else { flush(emit) }
        return
      }
      if sheetComesLate { return }
      flushIfFull(emit)
    }
  }

  @inline(__always) private mutating func flushIfFull(_ emit: (inout BlockBatch) -> Void) {
    if writer.waitingCount > HTMLReader.batchBlocks { writer.endMain() }
    guard bytes.count > HTMLReader.wholePageBytes else { return }
    if writer.batch.byteCount > HTMLReader.batchBytes || writer.batch.blocks.count > HTMLReader.batchBlocks {
      flush(emit)
    }
  }

  /// Hands over a whole page in batches, when its main text is known.
  private mutating func flushPage(_ emit: (inout BlockBatch) -> Void) {
    let regions = HTMLMainText.regions(writer.outline, writer.standings)
    var batch = BlockBatch()
    batch.names = writer.batch.names
    // Each batch has the pieces of the whole page, which are not copied, and some of its blocks.
    batch.pieces = writer.batch.pieces
    for index in writer.batch.blocks.indices {
      var block = writer.batch.blocks[index]
      block.region = regions[index]
      for piece in block.pieces { batch.byteCount += batch.pieces[piece].length }
      batch.blocks.append(block)
      if batch.byteCount > HTMLReader.batchBytes || batch.blocks.count >= HTMLReader.batchBlocks {
        emit(&batch)
        batch.blocks.removeAll(keepingCapacity: true)
        batch.byteCount = 0
      }
    }
    if !batch.blocks.isEmpty { emit(&batch) }
    writer.removeBlocks()
  }

  private mutating func flush(_ emit: (inout BlockBatch) -> Void) {
    emit(&writer.batch)
    writer.removeBlocks()
  }

  private mutating func text(_ token: HTMLToken, _ emit: (inout BlockBatch) -> Void) {
    var context = open.context
    var decodes = true
    var nul: UInt32 = open.isForeign ? 0xFFFD : 0
    switch token.model {
    case .data:
      if allowsFrameset { noteContent(token.content) }
    case .cdata:
      decodes = false
      nul = 0xFFFD
    case .plainText:
      decodes = false
      nul = 0xFFFD
      context.role = .code
      context.isPreformatted = true
    case .rcdata, .rawText, .scriptData:
      decodes = token.model == .rcdata
      nul = 0xFFFD
      context = rawContext
      switch rawKind {
      case .text: break
      case .title:
        writer.appendWhole(token.content, context, decodes: true)
        facts.title(bytes.factText(token.content, decodes: true), from: .articleMeta)
        return
      case .whole, .sheet:
        if rawKind == .sheet {
          read(sheetIn: token.content)
          contents(in: token.content, context)
        }
        return slices(of: token.content, limit: Self.wholeLimit) { reading, slice in
          reading.writer.appendWhole(slice, context, decodes: false)
          reading.flushIfFull(emit)
        }
      case .jsonLD: return structuredData(token.content, context)
      }
    }
    if isFrameset, token.model == .data {
      context.channel = .template
      context.visibility = .hidden
    }
    slices(of: token.content, limit: Self.sliceBytes) { reading, slice in
      reading.writer.append(slice, context, decodes: decodes, nul: nul)
      reading.flushIfFull(emit)
    }
  }

  private mutating func noteContent(_ range: Range<Int>) {
    for index in range where !bytes[index].isHTMLSpace && bytes[index] != 0 {
      allowsFrameset = false
      return
    }
  }

  private mutating func whole(
    _ range: Range<Int>, channel: Channel, path: String, _ emit: (inout BlockBatch) -> Void
  ) {
    guard !bytes.trimmed(range).isEmpty else { return }
    var context = open.context
    context.role = .body
    context.channel = channel
    context.visibility = .hidden
    context.path = paths.general(path, &writer.batch.names)
    slices(of: range, limit: Self.wholeLimit) { reading, slice in
      reading.writer.appendWhole(slice, context, decodes: false)
      reading.flushIfFull(emit)
    }
  }

  /// Calls `body` with `range` cut into slices of about `limit` bytes, at white space where there is some.
  @inline(__always)
  private mutating func slices(of range: Range<Int>, limit: Int, _ body: (inout Self, Range<Int>) -> Void) {
    guard range.count > 2 * limit else { return body(&self, range) }
    var start = range.lowerBound
    while start < range.upperBound {
      var end = start + limit
      if range.upperBound - start <= 2 * limit {
        end = range.upperBound
      } else {
        let latest = end + limit / 2
        while end < latest, !bytes[end].isHTMLSpace { end += 1 }
        // Without white space the cut must not fall into a character.
        while bytes[end] & 0xC0 == 0x80, end < range.upperBound - 1 { end += 1 }
      }
      body(&self, start..<end)
      start = end
    }
  }

  private mutating func structuredData(_ range: Range<Int>, _ context: HTMLContext) {
    facts.foundStructuredData()
    var context = context
    context.channel = .jsonLD
    var json = HTMLJSONLD(bytes)
    json.read(range) { value, byteCount in
      context.path = paths.json(key: value.pathHash, &writer.batch.names) { value.path }
      writer.add(value.pieces, byteCount: byteCount, context)
      facts.structured(
        key: value.levels.last?.key ?? 0..<0, parent: value.parentKey, isOfArticle: value.isOfArticle,
        text: bytes.factText(of: value.pieces), in: bytes)
    }
  }
}

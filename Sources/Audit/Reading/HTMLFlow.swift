import AuditCore

/// Text that is being gathered for one block.
struct HTMLFlow {
  var pieces: [Piece] = []
  var byteCount = 0
  var context = HTMLContext()
  var hasInk = false
  var isAllLink = true
  var isAllCode = true
  /// Bytes of the text that stand in links.
  var linkBytes = 0
  /// The first NUL that was met, over all texts; -1 for none.
  private(set) var nulAt = -1
  /// The last ink was followed by a line break.
  var endsInBreak = false

  var isEmpty: Bool { pieces.isEmpty }

  mutating func clear() {
    pieces.removeAll(keepingCapacity: true)
    byteCount = 0
    hasInk = false
    isAllLink = true
    isAllCode = true
    linkBytes = 0
    endsInBreak = false
  }

  /// Appends the characters of `range` as pieces. White space that holds a line end or a tab stands for one
  /// space, unless the text is preformatted; NUL vanishes or stands for `nul`.
  mutating func append(
    _ range: Range<Int>, of bytes: HTMLBytes, _ entities: HTMLEntities, decodes: Bool,
    inAttribute: Bool = false,
    nul: UInt32, isPreformatted: Bool
  ) {
    let end = range.upperBound
    var at = range.lowerBound
    if isEmpty { while at < end, bytes[at].isHTMLSpace { at &+= 1 } }
    var verbatim = at
    while at < end {
      at = bytes.firstSpecial(in: at..<end)
      guard at < end else { break }
      let byte = bytes[at]
      if byte == 0x26 {
        if decodes, let found = entities.reference(in: bytes, at: at, end: end, inAttribute: inAttribute) {
          appendVerbatim(verbatim..<at, of: bytes)
          append(Piece(start: at, length: found.length, first: found.first, second: found.second))
          at &+= found.length
          verbatim = at
        } else {
          at &+= 1
        }
      } else if byte == 0 {
        if nulAt < 0 { nulAt = at }
        appendVerbatim(verbatim..<at, of: bytes)
        if nul != 0 { append(Piece(start: at, length: 1, first: nul)) }
        at &+= 1
        verbatim = at
      } else if byte.isHTMLSpace, !isPreformatted {
        var start = at
        while start > verbatim, bytes[start &- 1] == 0x20 { start &-= 1 }
        while at < end, bytes[at].isHTMLSpace { at &+= 1 }
        appendVerbatim(verbatim..<start, of: bytes)
        if !isEmpty { append(Piece(start: start, length: at - start, first: 0x20)) }
        verbatim = at
      } else {
        at &+= 1
      }
    }
    appendVerbatim(verbatim..<end, of: bytes)
  }

  /// Appends running text that stands in `context`, and notes whether the flow is all link or code so far.
  mutating func append(
    _ range: Range<Int>, _ context: HTMLContext, of bytes: HTMLBytes, _ entities: HTMLEntities, decodes: Bool,
    nul: UInt32
  ) {
    let before = pieces.count
    let bytesBefore = byteCount
    append(
      range, of: bytes, entities, decodes: decodes, nul: nul, isPreformatted: context.isPreformatted)
    if context.isLink { linkBytes += byteCount - bytesBefore }
    // White space between links does not make a row of links text.
    guard (isAllLink && !context.isLink) || (isAllCode && !context.isCode),
      pieces[before...].contains(where: { Self.isInk($0, of: bytes) })
    else { return }
    if !context.isLink { isAllLink = false }
    if !context.isCode { isAllCode = false }
  }

  private static func isInk(_ piece: Piece, of bytes: HTMLBytes) -> Bool {
    guard piece.isVerbatim else { return piece.first != 0x20 && piece.first != 0xA0 && piece.first != 0x0A }
    for index in piece.start..<piece.start + piece.length where !bytes[index].isHTMLSpace { return true }
    return false
  }

  private mutating func appendVerbatim(_ range: Range<Int>, of bytes: HTMLBytes) {
    guard !range.isEmpty else { return }
    if !hasInk || endsInBreak {
      var at = range.lowerBound
      while at < range.upperBound, bytes[at].isHTMLSpace { at &+= 1 }
      if at < range.upperBound {
        hasInk = true
        endsInBreak = false
      }
    }
    pieces.append(Piece(start: range.lowerBound, length: range.count))
    byteCount += range.count
  }

  private mutating func append(_ piece: Piece) {
    pieces.append(piece)
    byteCount += piece.length
    if piece.first != 0x20, piece.first != 0xA0, piece.first != 0x0A, piece.first != 0x09 {
      hasInk = true
      endsInBreak = false
    }
  }

  /// Words that stand for no bytes, before the characters at `place`.
  mutating func append(label: [Unicode.Scalar], at place: Int) {
    for index in stride(from: 0, to: label.count, by: 2) {
      pieces.append(
        Piece(
          start: place, length: 0, first: label[index].value,
          second: index + 1 < label.count ? label[index + 1].value : 0))
    }
  }

  /// A `<br>`: a line end that stands for the tag.
  mutating func appendBreak(_ range: Range<Int>) {
    pieces.append(Piece(start: range.lowerBound, length: range.count, first: 0x0A))
    byteCount += range.count
    endsInBreak = true
  }

  /// Takes white space off the end.
  mutating func trimEnd(of bytes: HTMLBytes) {
    while let last = pieces.last {
      if last.isVerbatim {
        var length = last.length
        while length > 0, bytes[last.start + length - 1].isHTMLSpace { length -= 1 }
        if length == last.length { return }
        pieces.removeLast()
        if length > 0 {
          pieces.append(Piece(start: last.start, length: length))
          return
        }
      } else if last.first == 0x20 || last.first == 0x0A {
        pieces.removeLast()
      } else {
        return
      }
    }
  }
}

/// Puts blocks into a batch in source order: the running text of a paragraph is one block although
/// attributes, comments and hidden runs stand inside it; those follow it.
struct HTMLBlockWriter {
  /// A longer run of text is cut, at white space.
  static let flowLimit = 262_144

  var batch = BlockBatch()
  /// The shape of the page, and of each block in the batch the node where it stands and the bytes of text in
  /// links.
  var outline = HTMLOutline()
  private(set) var standings: [HTMLOutline.Standing] = []
  private(set) var main = HTMLFlow()
  /// Text inside `main` that another reader sees: hidden inside visible.
  private var side = HTMLFlow()
  /// Where `side` will stand among `waitingBlocks`.
  private var sidePlace = 0
  private var waitingBlocks: [Block] = []
  private var waitingStandings: [HTMLOutline.Standing] = []
  private var waitingPieces: [Piece] = []
  private var scratch = HTMLFlow()
  private let bytes: HTMLBytes
  private let entities = HTMLEntities.standard

  init(_ bytes: HTMLBytes) { self.bytes = bytes }

  /// Words that say what the next running text is, when it is short: the head of its column.
  var label: [Unicode.Scalar] = []

  var waitingCount: Int { waitingBlocks.count }
  /// The first NUL in the running text; -1 for none.
  var nulAt: Int { main.nulAt }

  /// Running text. `nul` is what NUL stands for, 0 for nothing.
  mutating func append(_ range: Range<Int>, _ context: HTMLContext, decodes: Bool, nul: UInt32) {
    var range = range
    if main.isEmpty {
      startMain(context)
      if !label.isEmpty { range = takeLabel(before: range) }
    } else if main.byteCount > Self.flowLimit {
      endMain()
      startMain(context)
    } else if main.context.visibility == context.visibility, main.context.channel == context.channel {
      if !side.isEmpty { endSide() }
    } else if main.context.visibility == .visible && main.context.channel == .text {
      if !side.isEmpty,
        side.context.visibility != context.visibility || side.context.channel != context.channel
          || side.byteCount > Self.flowLimit
      {
        endSide()
      }
      let isNew = side.isEmpty
      side.append(range, context, of: bytes, entities, decodes: decodes, nul: nul)
      if isNew, !side.isEmpty {
        side.context = context
        sidePlace = waitingBlocks.count
        waitingBlocks.append(context.block(pieces: 0..<0))
        waitingStandings.append(HTMLOutline.Standing(node: context.node))
      }
      return
    } else {
      endMain()
      startMain(context)
    }
    main.append(range, context, of: bytes, entities, decodes: decodes, nul: nul)
  }

  private mutating func startMain(_ context: HTMLContext) { main.context = context }

  /// Puts the label before `range` when a value stands there; the range that is left to append.
  private mutating func takeLabel(before range: Range<Int>) -> Range<Int> {
    let value = bytes.trimmed(range)
    guard !value.isEmpty else { return range }
    defer { label = [] }
    guard value.count <= RecordField.longestValue,
      !RecordField.looksLikeProse(value, byte: { bytes[$0] })
    else { return range }
    main.append(label: label, at: value.lowerBound)
    return value.lowerBound..<range.upperBound
  }

  /// A `<br>`; the second in a row ends the block.
  mutating func lineBreak(_ range: Range<Int>) {
    if !side.isEmpty { return side.appendBreak(range) }
    guard !main.isEmpty else { return }
    if main.endsInBreak { endMain() } else { main.appendBreak(range) }
  }

  /// Ends the running text.
  mutating func endMain() {
    if !main.isEmpty || !side.isEmpty || !waitingBlocks.isEmpty { endMainSlowly() }
  }

  private mutating func endMainSlowly() {
    endSide()
    if main.hasInk {
      main.trimEnd(of: bytes)
      let start = batch.pieces.count
      batch.pieces.append(contentsOf: main.pieces)
      batch.byteCount += main.byteCount
      batch.blocks.append(main.context.resolved(main).block(pieces: start..<batch.pieces.count))
      standings.append(HTMLOutline.Standing(of: main, in: bytes))
    }
    main.clear()
    guard !waitingBlocks.isEmpty else { return }
    let shift = batch.pieces.count
    for index in waitingBlocks.indices where !waitingBlocks[index].pieces.isEmpty {
      var block = waitingBlocks[index]
      block.pieces = block.pieces.lowerBound + shift..<block.pieces.upperBound + shift
      batch.blocks.append(block)
      standings.append(waitingStandings[index])
    }
    for piece in waitingPieces { batch.byteCount += piece.length }
    batch.pieces.append(contentsOf: waitingPieces)
    waitingBlocks.removeAll(keepingCapacity: true)
    waitingStandings.removeAll(keepingCapacity: true)
    waitingPieces.removeAll(keepingCapacity: true)
  }

  private mutating func endSide() {
    guard !side.isEmpty else { return }
    if side.hasInk {
      side.trimEnd(of: bytes)
      let start = waitingPieces.count
      waitingPieces.append(contentsOf: side.pieces)
      waitingStandings[sidePlace] = HTMLOutline.Standing(of: side, in: bytes)
      waitingBlocks[sidePlace] = side.context.resolved(side).block(pieces: start..<waitingPieces.count)
    }
    side.clear()
  }

  /// A block that stands by itself: an attribute value, a comment, a script, a title.
  mutating func appendWhole(
    _ range: Range<Int>, _ context: HTMLContext, decodes: Bool, inAttribute: Bool = false,
    nul: UInt32 = 0xFFFD, label: [Unicode.Scalar] = []
  ) {
    let range = bytes.trimmed(range)
    guard !range.isEmpty else { return }
    if label.isEmpty, !decodes || bytes.firstSpecial(in: range) == range.upperBound {
      add(
        CollectionOfOne(Piece(start: range.lowerBound, length: range.count)), byteCount: range.count, context)
      return
    }
    scratch.append(label: label, at: range.lowerBound)
    scratch.append(
      range, of: bytes, entities, decodes: decodes, inAttribute: inAttribute, nul: nul, isPreformatted: true)
    if scratch.hasInk { add(scratch.pieces, byteCount: scratch.byteCount, context) }
    scratch.clear()
  }

  /// A block of given pieces that stands by itself.
  mutating func add(_ pieces: some Collection<Piece>, byteCount: Int, _ context: HTMLContext) {
    if main.isEmpty {
      let start = batch.pieces.count
      batch.pieces.append(contentsOf: pieces)
      batch.byteCount += byteCount
      batch.blocks.append(context.block(pieces: start..<batch.pieces.count))
      standings.append(HTMLOutline.Standing(node: context.node))
    } else {
      let start = waitingPieces.count
      waitingPieces.append(contentsOf: pieces)
      waitingBlocks.append(context.block(pieces: start..<waitingPieces.count))
      waitingStandings.append(HTMLOutline.Standing(node: context.node))
    }
  }

  /// Empties the batch after it was handed over.
  mutating func removeBlocks() {
    batch.removeBlocks()
    standings.removeAll(keepingCapacity: true)
  }
}

extension HTMLContext {
  /// The role that the whole of a block has: a link or code when all its ink is.
  fileprivate func resolved(_ flow: HTMLFlow) -> HTMLContext {
    var context = self
    if role == .body || role == .listItem || role == .table {
      if flow.isAllCode { context.role = .code } else if flow.isAllLink { context.role = .linkText }
    }
    return context
  }
}

package import AuditCore

/// Turns blocks into segments: the two views, their offset maps and the language of each run.
///
/// One segmenter a document, because a short run takes the language of the runs before it. Buffers are the caller's
/// and are reused.
package struct Segmenter {
  /// Scopes that any rule reads; runs outside all of them get no view.
  package let wanted: Scope
  /// Scopes that a phrase, a lexicon or a folded pattern reads; other runs get an empty `folded` view.
  package let wantedFolded: Scope

  private var textWriter = TextViewWriter()
  private let foldWriter = FoldedViewWriter()
  private var detector = LanguageDetector()

  /// Counts that metrics need, over what a reader reads.
  package private(set) var statistics = TextStatistics()

  /// `given`: the language that the caller states for the whole document; it replaces detection.
  package init(wanted: Scope = .raw, wantedFolded: Scope = .raw, given: Language? = nil) {
    self.wanted = wanted
    self.wantedFolded = wantedFolded
    self.given = given
  }

  private let given: Language?
  /// The last declared tag and its language, because most blocks of a page declare the same one.
  private var lastDeclared: (index: Int, language: Language)?

  private mutating func declared(_ index: Int, in blocks: BlockBatch) -> Language? {
    guard index >= 0 else { return nil }
    if let lastDeclared, lastDeclared.index == index { return lastDeclared.language }
    let language = Language(blocks.names[index])
    lastDeclared = (index, language)
    return language
  }

  /// The language of most of the text so far.
  package var documentLanguage: Language { given ?? detector.dominant }

  /// Fills `batch` with the segments of `blocks`.
  package mutating func segments(
    of blocks: BlockBatch, in document: borrowing Document, into batch: inout SegmentBatch
  ) {
    batch.removeAll()
    document.bytes.withUnsafeBufferPointer { source in
      // Few rules read what is most of a page, its scripts and addresses: the scanner takes the parts apart.
      sortOut(blocks)
      for part in BatchPart.allCases {
        switch part {
        case .reading: break
        case .aside: batch.firstAside = batch.segments.count
        case .machine: batch.firstMachine = batch.segments.count
        case .source: batch.firstSource = batch.segments.count
        }
        guard counts[part.rawValue] > 0 else { continue }
        for (index, block) in blocks.blocks.enumerated() where parts[index] == UInt8(part.rawValue) {
          append(
            block, of: blocks, source: source,
            scope: Scope.of(role: block.role, channel: block.channel, visibility: block.visibility),
            into: &batch)
        }
      }
    }
  }

  /// By block, the number of its part; `unread` for one that no rule reads.
  private var parts: [UInt8] = []
  /// By part, its blocks.
  private var counts = [Int](repeating: 0, count: BatchPart.allCases.count)
  private static let unread: UInt8 = 0xFF

  private mutating func sortOut(_ blocks: BlockBatch) {
    parts.removeAll(keepingCapacity: true)
    for index in counts.indices { counts[index] = 0 }
    for block in blocks.blocks {
      let scope = Scope.of(role: block.role, channel: block.channel, visibility: block.visibility)
      guard !scope.isDisjoint(with: wanted) else {
        parts.append(Self.unread)
        continue
      }
      let part = BatchPart(of: scope).rawValue
      parts.append(UInt8(part))
      counts[part] += 1
    }
  }

  private mutating func append(
    _ block: Block, of blocks: BlockBatch, source: UnsafeBufferPointer<UInt8>, scope: Scope,
    into batch: inout SegmentBatch
  ) {
    let start = batch.text.count
    textWriter.traits = []
    for index in block.pieces {
      let piece = blocks.pieces[index]
      if piece.isVerbatim {
        textWriter.append(
          source, range: piece.start..<piece.start + piece.length, to: &batch.text, map: &batch.textMap,
          invisibles: &batch.invisibles)
      } else {
        textWriter.append(
          scalar: piece.first, start: piece.start, length: piece.length, to: &batch.text, map: &batch.textMap,
          invisibles: &batch.invisibles)
        if piece.second != 0 {
          textWriter.append(
            scalar: piece.second, start: piece.start, length: piece.length, to: &batch.text,
            map: &batch.textMap,
            invisibles: &batch.invisibles)
        }
      }
    }
    let text = start..<batch.text.count
    guard !text.isEmpty || !textWriter.traits.isEmpty else { return }
    batch.text.append(0x0A)

    let foldStart = batch.folded.count
    if !scope.isDisjoint(with: wantedFolded) {
      batch.text.withUnsafeBufferPointer {
        foldWriter.append($0, range: text, to: &batch.folded, map: &batch.foldMap)
      }
    }
    let folded = foldStart..<batch.folded.count
    batch.folded.append(0x0A)

    var language = given ?? .und
    if given == nil, block.channel != .source, block.channel != .script, block.channel != .style,
      block.channel != .url
    {
      let declared = declared(block.declaredLanguage, in: blocks)
      if block.channel == .attribute, !textWriter.traits.contains(.beyondASCII) {
        // Names, classes and ids: they tell nothing about the language, and take that of the text around them.
        language = detector.languageOfNames(declared: declared)
      } else {
        language = batch.folded.withUnsafeBufferPointer {
          detector.language(of: $0, range: folded, declared: declared)
        }
      }
    }
    if block.channel == .text, block.visibility.isShown {
      batch.folded.withUnsafeBufferPointer { statistics.count(folded: $0, range: folded) }
      batch.text.withUnsafeBufferPointer { statistics.count(text: $0, range: text) }
    }
    // What a page shows twice stands ahead of its place: the last piece may lie before the first.
    let first = block.pieces.first.map { blocks.pieces[$0] }
    let last = block.pieces.last.map { blocks.pieces[$0] }
    let sourceStart = min(first?.start ?? 0, last?.start ?? 0)
    let sourceEnd = max(first.map { $0.start + $0.length } ?? 0, last.map { $0.start + $0.length } ?? 0)
    batch.segments.append(
      Segment(
        role: block.role, channel: block.channel, region: block.region, visibility: block.visibility,
        language: language, text: text, folded: folded, path: block.path, traits: textWriter.traits.rawValue,
        document: sourceStart..<sourceEnd))
  }
}

/// Counts over the visible text of a document, from its `folded` views.
package struct TextStatistics: Hashable, Sendable {
  package private(set) var words = 0
  package private(set) var exclamations = 0
  package private(set) var questions = 0
  package private(set) var sentences = 0
  /// ASCII letters and the capitals among them.
  package private(set) var letters = 0
  package private(set) var capitals = 0

  package init() {}

  /// Sixteen bytes at a time: a lane counts what stands at its place, up to 255 times, then the lanes are added up.
  mutating func count(text: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
    guard let base = text.baseAddress else { return }
    var index = range.lowerBound
    let end = range.upperBound
    while end - index >= ByteLanes.width {
      var capital = ByteLanes()
      var letter = ByteLanes()
      let last = index + Swift.min((end - index) / ByteLanes.width, 255) * ByteLanes.width
      while index < last {
        let bytes = ByteLanes(base, at: index)
        capital &-= bytes.isWithin(0x41, count: 26)
        letter &-= (bytes | ByteLanes(repeating: 0x20)).isWithin(0x61, count: 26)
        index &+= ByteLanes.width
      }
      capitals += capital.total
      letters += letter.total
    }
    while index < end {
      if base[index] &- 0x41 < 26 { capitals += 1 }
      if (base[index] | 0x20) &- 0x61 < 26 { letters += 1 }
      index += 1
    }
  }

  /// Words are counted by their spaces, sentences by "!", "?", "؟" (U+061F is D8 9F) and a full stop before a space.
  mutating func count(folded: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
    guard let base = folded.baseAddress, !range.isEmpty else { return }
    var spaces = 0
    var stops = 0
    var calls = 0
    var asked = 0
    var index = range.lowerBound
    let end = range.upperBound
    // The byte behind each one is looked at as well.
    while end - index > ByteLanes.width {
      var space = ByteLanes()
      var stop = ByteLanes()
      var call = ByteLanes()
      var ask = ByteLanes()
      let last = index + Swift.min((end - index - 1) / ByteLanes.width, 255) * ByteLanes.width
      while index < last {
        let bytes = ByteLanes(base, at: index)
        let next = ByteLanes(base, at: index &+ 1)
        space &-= bytes.equals(0x20)
        stop &-= bytes.equals(0x2E) & next.equals(0x20)
        call &-= bytes.equals(0x21)
        ask &-= bytes.equals(0x3F) | bytes.equals(0xD8) & next.equals(0x9F)
        index &+= ByteLanes.width
      }
      spaces += space.total
      stops += stop.total
      calls += call.total
      asked += ask.total
    }
    while index < end {
      let next: UInt8 = index + 1 < end ? base[index + 1] : 0x20
      switch base[index] {
      case 0x20: spaces += 1
      case 0x21: calls += 1
      case 0x2E: if next == 0x20 { stops += 1 }
      case 0x3F: asked += 1
      case 0xD8: if next == 0x9F { asked += 1 }
      default: break
      }
      index += 1
    }
    exclamations += calls
    questions += asked
    sentences += calls + asked + stops
    words += spaces + (base[end - 1] == 0x20 ? 0 : 1)
  }
}

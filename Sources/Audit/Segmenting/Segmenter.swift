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
    let pieces = block.pieces
    let sourceStart = pieces.isEmpty ? 0 : blocks.pieces[pieces.lowerBound].start
    let last = pieces.isEmpty ? nil : blocks.pieces[pieces.upperBound - 1]
    batch.segments.append(
      Segment(
        role: block.role, channel: block.channel, region: block.region, visibility: block.visibility,
        language: language, text: text, folded: folded, path: block.path, traits: textWriter.traits.rawValue,
        document: sourceStart..<(last.map { $0.start + $0.length } ?? sourceStart)))
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

  mutating func count(text: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
    guard let base = text.baseAddress else { return }
    let high: UInt64 = 0x8080_8080_8080_8080
    var index = range.lowerBound
    while index + 8 <= range.upperBound {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      index += 8
      let ascii = ~word & high
      guard ascii != 0 else { continue }
      let low = word & ~high
      let capital = (low &+ 0x3F3F_3F3F_3F3F_3F3F) & ~(low &+ 0x2525_2525_2525_2525) & ascii
      let small = (low &+ 0x1F1F_1F1F_1F1F_1F1F) & ~(low &+ 0x0505_0505_0505_0505) & ascii
      capitals += capital.nonzeroBitCount
      letters += capital.nonzeroBitCount + small.nonzeroBitCount
    }
    while index < range.upperBound {
      if base[index] &- 0x41 < 26 { capitals += 1 }
      if (base[index] | 0x20) &- 0x61 < 26 { letters += 1 }
      index += 1
    }
  }

  mutating func count(folded: UnsafeBufferPointer<UInt8>, range: Range<Int>) {
    guard let base = folded.baseAddress, !range.isEmpty else { return }
    var spaces = 0
    var index = range.lowerBound
    let end = range.upperBound
    while index + 8 <= end {
      let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
      let difference = word ^ 0x2020_2020_2020_2020
      spaces +=
        (~((difference & 0x7F7F_7F7F_7F7F_7F7F) &+ 0x7F7F_7F7F_7F7F_7F7F | difference) & 0x8080_8080_8080_8080)
        .nonzeroBitCount
      // "!", "?", "." and the Arabic question mark are rare: look closer only when a byte below 0x40 or 0xD8 is there.
      if Self.has(word, 0x21) || Self.has(word, 0x3F) || Self.has(word, 0x2E) || Self.has(word, 0x9F) {
        for place in index..<index + 8 { countMark(base, at: place, end: end) }
      }
      index += 8
    }
    while index < end {
      if base[index] == 0x20 { spaces += 1 } else { countMark(base, at: index, end: end) }
      index += 1
    }
    words += spaces + (base[end - 1] == 0x20 ? 0 : 1)
  }

  @inline(__always)
  private mutating func countMark(_ base: UnsafePointer<UInt8>, at index: Int, end: Int) {
    switch base[index] {
    case 0x21:
      exclamations += 1
      sentences += 1
    case 0x3F:
      questions += 1
      sentences += 1
    case 0x2E: if index + 1 == end || base[index + 1] == 0x20 { sentences += 1 }
    case 0x9F:
      // U+061F is D8 9F.
      if index > 0, base[index - 1] == 0xD8 {
        questions += 1
        sentences += 1
      }
    default: break
    }
  }

  @inline(__always)
  private static func has(_ word: UInt64, _ byte: UInt64) -> Bool {
    let difference = word ^ (byte &* 0x0101_0101_0101_0101)
    return (difference &- 0x0101_0101_0101_0101) & ~difference & 0x8080_8080_8080_8080 != 0
  }
}

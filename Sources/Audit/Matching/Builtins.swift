import AuditCore

extension Scanner {
  /// Runs the checks on what the views leave out, and on look-alike letters, in the segments that have any.
  func scanBuiltins(_ batch: SegmentBatch, format: Format, into state: inout ScanState) {
    var next = 0
    let invisibles = batch.invisibles
    batch.text.withUnsafeBufferPointer { text in
      for (index, segment) in batch.segments.enumerated() {
        let first = next
        while next < invisibles.count, invisibles[next].text <= segment.text.upperBound,
          invisibles[next].text >= segment.text.lowerBound
        {
          next += 1
        }
        let traits = SegmentTraits(rawValue: segment.traits)
        guard !traits.isDisjoint(with: [.invisible, .greekOrCyrillic]) else { continue }
        let scope = Scope.of(role: segment.role, channel: segment.channel, visibility: segment.visibility)
        for unit in builtinUnits {
          let own = units[Int(unit)]
          guard own.reads(segment, scope: scope), own.formats.isEmpty || own.formats.contains(format),
            case .builtin(let builtin) = own.kind
          else { continue }
          let places = Builtins.places(
            of: builtin, text: text, range: segment.text, invisibles: invisibles[first..<next])
          for place in places {
            state.matches.append(
              Match(
                unit: unit, segment: Int32(index), text: place.text,
                document: place.document
                  ?? batch.textMap.source(of: Range<Offset<TextSpace>>(bytes: place.text)).bytes(),
                verdict: .possible, weight: 1))
          }
        }
      }
    }
  }
}

/// Checks that no pattern can express. Arabic-safe: marks, joiners and balanced isolates are part of ordinary text.
enum Builtins {
  struct Place {
    var text: Range<Int>
    /// Document bytes, where they are more than those of `text`.
    var document: Range<Int>?
  }

  static func places(
    of builtin: Matcher.Builtin, text: UnsafeBufferPointer<UInt8>, range: Range<Int>,
    invisibles: ArraySlice<SegmentBatch.Invisible>
  ) -> [Place] {
    switch builtin {
    case .bidiOverride: overrides(text, range, invisibles)
    case .bidiUnbalanced: unbalanced(text, range, invisibles)
    case .homoglyphWord: lookalikes(text, range)
    case .tagCharacters:
      runs(text, range, invisibles, least: 1) { (0xE0020...0xE007F).contains($0) }
        .filter { !followsFlag($0, text, range) }
    case .invisibleRun: zeroWidth(text, range, invisibles)
    case .variationSelectorRun:
      runs(text, range, invisibles, least: 5) {
        (0xFE00...0xFE0F).contains($0) || (0xE0100...0xE01EF).contains($0)
      }
    default: []  // The checks of documents: Sources/Audit/Checks.
    }
  }

  /// LRO and RLO inside a word, or RLO right before Latin letters or digits, which it shows backwards.
  private static func overrides(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ invisibles: ArraySlice<SegmentBatch.Invisible>
  ) -> [Place] {
    invisibles.filter { $0.scalar == 0x202D || $0.scalar == 0x202E }.compactMap { mark in
      let before = WordBounds.endsWord(text, at: mark.text, in: range)
      let after = WordBounds.beginsWord(text, at: mark.text, in: range)
      // Digits alone are left out: titles of Arabic news sites wrap whole Arabic phrases, dates too, in RLO and PDF.
      let reversesLatin =
        mark.scalar == 0x202E && mark.text < range.upperBound && (text[mark.text] | 0x20) &- 0x61 < 26
      guard before && after || reversesLatin else { return nil }
      return place(of: mark, length: 3, text, range)
    }
  }

  /// Embeddings, overrides and isolates that stay open to the end of their run.
  private static func unbalanced(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ invisibles: ArraySlice<SegmentBatch.Invisible>
  ) -> [Place] {
    var open: [SegmentBatch.Invisible] = []
    for mark in invisibles {
      switch mark.scalar {
      case 0x202A, 0x202B, 0x202D, 0x202E, 0x2066, 0x2067, 0x2068: open.append(mark)
      case 0x202C: if let last = open.last, last.scalar < 0x2066 { open.removeLast() }
      case 0x2069:
        if let index = open.lastIndex(where: { $0.scalar >= 0x2066 }) { open.removeSubrange(index...) }
      default: break
      }
    }
    return open.prefix(1).map { place(of: $0, length: 3, text, range) }
  }

  /// Zero-width characters between Latin letters or digits, and three or more invisible characters in a row.
  private static func zeroWidth(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ invisibles: ArraySlice<SegmentBatch.Invisible>
  ) -> [Place] {
    func isZeroWidth(_ scalar: UInt32) -> Bool {
      scalar == 0x200B || scalar == 0x200C || scalar == 0x200D || scalar == 0x2060 || scalar == 0xFEFF
        || (0x2061...0x2064).contains(scalar) || scalar == 0x180E
    }
    var found = runs(text, range, invisibles, least: 3, isZeroWidth)
    for mark in invisibles where isZeroWidth(mark.scalar) {
      guard mark.text > range.lowerBound, mark.text < range.upperBound else { continue }
      let before = text[mark.text - 1]
      let after = text[mark.text]
      let isInside =
        (before &- 0x30 < 10 || (before | 0x20) &- 0x61 < 26)
        && (after &- 0x30 < 10 || (after | 0x20) &- 0x61 < 26)
      if isInside, !found.contains(where: { $0.text.contains(mark.text) }) {
        found.append(place(of: mark, length: 3, text, range))
      }
    }
    return found
  }

  /// Words that mix Latin letters with Cyrillic or Greek ones that look like Latin.
  private static func lookalikes(_ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> [Place] {
    guard let base = text.baseAddress else { return [] }
    var found: [Place] = []
    var index = range.lowerBound
    while index < range.upperBound {
      let start = index
      var latin = 0
      var alike = 0
      var unlike = 0
      var letters = 0
      while index < range.upperBound {
        let scalar = UTF8Scalar(base, at: index, end: range.upperBound)
        guard WordBounds.holds(scalar.value) else { break }
        letters += 1
        if scalar.value < 0x80 && (scalar.value | 0x20) &- 0x61 < 26 { latin += 1 }
        if confusable.contains(scalar.value) {
          alike += 1
        } else if (0x370..<0x530).contains(scalar.value) {
          unlike += 1
        }
        index += scalar.length
      }
      // A letter that looks like no Latin one (Русский, λ) speaks for two words run together, not for a disguise.
      if latin > 0, alike > 0, unlike == 0, letters >= 4 { found.append(Place(text: start..<index)) }
      if index == start { index += UTF8Scalar(base, at: index, end: range.upperBound).length }
    }
    return found
  }

  /// Cyrillic and Greek letters whose shape is that of a Latin letter. Source: UTS #39 confusables, single letters.
  private static let confusable: Set<UInt32> = Set(
    "аеорсхуіјѕһԁԛԝкмтвнАВЕКМНОРСТХІЈЅУοανρτυικχΑΒΕΖΗΙΚΜΝΟΡΤΥΧ".unicodeScalars.map(\.value))

  /// Runs of at least `least` characters that `holds` names, with nothing visible between them.
  private static func runs(
    _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, _ invisibles: ArraySlice<SegmentBatch.Invisible>,
    least: Int, _ holds: (UInt32) -> Bool
  ) -> [Place] {
    var found: [Place] = []
    var run: [SegmentBatch.Invisible] = []
    func close() {
      if run.count >= least, let first = run.first, let last = run.last {
        var one = place(of: first, length: 0, text, range)
        one.document = first.document..<last.document + last.length
        found.append(one)
      }
      run = []
    }
    for mark in invisibles {
      if !holds(mark.scalar) {
        close()
        continue
      }
      if let last = run.last, last.text != mark.text { close() }
      run.append(mark)
    }
    close()
    return found
  }

  /// The word around the mark; its document bytes are those of the mark when no word is there.
  private static func place(
    of mark: SegmentBatch.Invisible, length: Int, _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>
  ) -> Place {
    let at = min(max(mark.text, range.lowerBound), range.upperBound)
    let word = WordBounds.start(text, of: at, in: range)..<WordBounds.end(text, of: at, in: range)
    return Place(text: word, document: mark.document..<mark.document + mark.length)
  }

  /// Tag characters right after the black flag spell a flag emoji (Unicode UTS #51, annex C).
  private static func followsFlag(_ place: Place, _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>)
    -> Bool
  {
    let at = place.text.lowerBound
    guard at - 4 >= range.lowerBound else { return false }
    return text[at - 4] == 0xF0 && text[at - 3] == 0x9F && text[at - 2] == 0x8F && text[at - 1] == 0xB4
  }
}

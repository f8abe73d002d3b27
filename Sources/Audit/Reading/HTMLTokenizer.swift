/// Cuts an HTML document into tokens, as WHATWG HTML section 13.2.5 says, without building anything.
///
/// It pulls: each `next()` gives one token, the attributes of a start tag are in `attributes` until the next
/// call. Time is linear in the bytes, whatever they are; memory is that of one tag's attributes. The
/// tokenizer switches its content model by the name of a start tag; a caller that knows better (inside svg)
/// sets `model` back before the next call.
package struct HTMLTokenizer {
  /// Attributes kept of one tag; the rest of such a tag is skipped and `droppedAttributes` counts.
  var attributeLimit = Limits().attributes
  /// Attributes of one tag that are compared with each other for duplicates.
  static let comparedAttributes = 1_000

  let bytes: HTMLBytes
  package private(set) var position: Int
  package var model = HTMLContentModel.data
  /// The name whose end tag ends raw text.
  var rawName = HTMLNameKey(word: 0)
  /// Whether `<![CDATA[` opens characters: inside svg and math.
  package var isForeign = false
  /// What `/>` closes.
  var syntax = HTMLSyntax.html
  /// The attributes of the start or end tag that `next` gave last.
  package private(set) var attributes: [HTMLAttribute] = []
  package private(set) var droppedAttributes = 0
  /// Bits of the names (`HTMLNameKey.bit`) of elements whose attributes are kept, and of those attributes: for a caller
  /// that asks for few.
  var keptElements = UInt64.max
  var keptAttributes = UInt64.max
  /// The first `</script` that did not end its script; -1 for none.
  var escapedScriptEnd = -1

  init(_ bytes: HTMLBytes, in range: Range<Int>? = nil) {
    self.bytes = range.map { HTMLBytes(rebasing: bytes[0..<$0.upperBound]) } ?? bytes
    position = range?.lowerBound ?? 0
  }

  /// A tokenizer for the bytes from here up to `end`; this one goes on there.
  mutating func split(at end: Int) -> HTMLTokenizer {
    var inner = HTMLTokenizer(bytes, in: position..<end)
    inner.attributeLimit = attributeLimit
    inner.syntax = syntax
    inner.take(countsOf: self)
    position = end
    return inner
  }

  /// What was noticed so far is what `other` noticed.
  mutating func take(countsOf other: HTMLTokenizer) {
    droppedAttributes = other.droppedAttributes
    escapedScriptEnd = other.escapedScriptEnd
  }

  /// Every token of `bytes` with the attributes of a start tag, for tests and for small jobs. `model` and
  /// `rawName` are where the tokenizer begins, as inside an element of that name.
  package static func forEachToken(
    of bytes: [UInt8], model: HTMLContentModel = .data, rawName: [UInt8] = [], isForeign: Bool = false,
    _ body: (HTMLToken, [HTMLAttribute]) -> Void
  ) {
    bytes.withUnsafeBufferPointer { buffer in
      var tokenizer = HTMLTokenizer(buffer)
      tokenizer.model = model
      tokenizer.isForeign = isForeign
      tokenizer.rawName = rawName.withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count) }
      while true {
        let token = tokenizer.next()
        if token.kind == .end { return }
        body(token, token.kind == .startTag ? tokenizer.attributes : [])
      }
    }
  }

  /// The next token; of kind `end`, again and again, when the document is over.
  package mutating func next() -> HTMLToken {
    switch model {
    case .data, .cdata: break
    case .plainText:
      model = .data
      return rest(model: .plainText)
    case .rcdata, .rawText, .scriptData:
      let read = model
      let start = position
      let end = read == .scriptData ? endOfScript(from: start) : endOfRawText(from: start)
      model = .data
      if end > start {
        position = end
        return HTMLToken(.text, start: start, end: end, content: start..<end, model: read)
      }
    }
    let start = position
    guard start < bytes.count else {
      return HTMLToken(.end, start: start, end: start, content: start..<start)
    }
    if bytes[start] == 0x3C, beginsMarkup(at: start) { return markup(at: start) }
    var at = start
    repeat { at = bytes.firstIndex(of: 0x3C, from: at + 1) } while at < bytes.count && !beginsMarkup(at: at)
    position = at
    return HTMLToken(.text, start: start, end: at, content: start..<at)
  }

  private mutating func rest(model: HTMLContentModel) -> HTMLToken {
    let start = position
    position = bytes.count
    guard start < position else { return HTMLToken(.end, start: start, end: start, content: start..<start) }
    return HTMLToken(.text, start: start, end: position, content: start..<position, model: model)
  }

  /// Whether the "<" at `start` is more than a character.
  @inline(__always) private func beginsMarkup(at start: Int) -> Bool {
    guard start &+ 1 < bytes.count else { return false }
    let next = bytes[start &+ 1]
    return next.isASCIILetter || next == 0x21 || next == 0x3F || (next == 0x2F && start &+ 2 < bytes.count)
  }

  private mutating func markup(at start: Int) -> HTMLToken {
    let next = bytes[start + 1]
    if next.isASCIILetter { return tag(at: start, nameStart: start + 1, isEnd: false) }
    if next == 0x2F {
      if bytes[start + 2].isASCIILetter { return tag(at: start, nameStart: start + 2, isEnd: true) }
      return bogusComment(at: start, from: start + 2)
    }
    guard next == 0x21 else { return bogusComment(at: start, from: start + 1) }
    if bytes.matches("--", at: start + 2) { return comment(at: start) }
    if bytes.matches("doctype", at: start + 2) {
      let end = bytes.firstIndex(of: 0x3E, from: start + 9)
      position = min(end + 1, bytes.count)
      return HTMLToken(.doctype, start: start, end: position, content: start + 9..<end)
    }
    if isForeign || syntax == .xhtml, bytes.matches("[cdata[", at: start + 2), bytes[start + 3] == 0x43 {
      return cdata(at: start)
    }
    return bogusComment(at: start, from: start + 2)
  }

  /// `<!x>`, `</ x>`, `<?x>`: everything up to the next ">".
  private mutating func bogusComment(at start: Int, from content: Int) -> HTMLToken {
    let end = bytes.firstIndex(of: 0x3E, from: content)
    position = min(end + 1, bytes.count)
    return HTMLToken(.comment, start: start, end: position, content: content..<end)
  }

  /// `<!-- -->`, also closed by `<!-->`, `<!--->` and `--!>`; a "--" may be the one that opened a nested
  /// `<!--`.
  private mutating func comment(at start: Int) -> HTMLToken {
    let content = start + 4
    if content < bytes.count, bytes[content] == 0x3E { return finish(content..<content, content + 1) }
    if bytes.matches("->", at: content) { return finish(content..<content, content + 2) }
    var at = content
    while true {
      at = bytes.firstIndex(of: 0x3E, from: at)
      guard at < bytes.count else { return finish(content..<endOfOpenComment(from: content), bytes.count) }
      if at - 2 >= content, bytes[at - 1] == 0x2D, bytes[at - 2] == 0x2D {
        return finish(content..<at - 2, at + 1)
      }
      if at - 3 >= content, bytes[at - 1] == 0x21, bytes[at - 2] == 0x2D, bytes[at - 3] == 0x2D {
        return finish(content..<at - 3, at + 1)
      }
      at += 1
    }
    func finish(_ data: Range<Int>, _ end: Int) -> HTMLToken {
      position = end
      return HTMLToken(.comment, start: start, end: end, content: data)
    }
  }

  /// Where the data of a comment ends that the end of the document cuts off: before dashes that began its
  /// close.
  private func endOfOpenComment(from content: Int) -> Int {
    let end = bytes.count
    for close: StaticString in ["--!", "--", "-"] {
      let start = end - close.utf8CodeUnitCount
      if start >= content, bytes.matches(close, at: start) { return start }
    }
    return max(content, end)
  }

  private mutating func cdata(at start: Int) -> HTMLToken {
    let content = start + 9
    var at = content
    while true {
      at = bytes.firstIndex(of: 0x5D, from: at)
      if at >= bytes.count || bytes.matches("]]>", at: at) { break }
      at += 1
    }
    position = min(at + 3, bytes.count)
    return HTMLToken(
      .text, start: start, end: position, content: content..<min(at, bytes.count), model: .cdata)
  }

  private mutating func tag(at start: Int, nameStart: Int, isEnd: Bool) -> HTMLToken {
    let bytes = bytes
    let count = bytes.count
    var at = bytes.endOfName(from: nameStart, ofAttribute: false)
    let name = nameStart..<at
    let key = HTMLNameKey(in: bytes, start: nameStart, end: at)
    if !attributes.isEmpty { attributes.removeAll(keepingCapacity: true) }
    let keeps = keptElements & key.bit != 0
    var isSelfClosing = false
    var seen = Seen()
    while true {
      while at < count, bytes[at].isHTMLSpace || bytes[at] == 0x2F {
        isSelfClosing = bytes[at] == 0x2F
        at &+= 1
      }
      guard at < count else { return unfinished(from: start) }
      if bytes[at] == 0x3E {
        at &+= 1
        break
      }
      isSelfClosing = false
      let nameStart = at
      at = bytes.endOfName(from: at &+ 1, ofAttribute: true)
      let nameEnd = at
      while at < count, bytes[at].isHTMLSpace { at &+= 1 }
      var value = nameEnd..<nameEnd
      if at < count, bytes[at] == 0x3D {
        at &+= 1
        while at < count, bytes[at].isHTMLSpace { at &+= 1 }
        guard at < count else { return unfinished(from: start) }
        let quote = bytes[at]
        if quote == 0x22 || quote == 0x27 {
          let end = bytes.firstIndex(of: quote, from: at &+ 1)
          guard end < count else { return unfinished(from: start) }
          value = at &+ 1..<end
          at = end &+ 1
        } else {
          let start = at
          while at < count, bytes[at] != 0x3E, !bytes[at].isHTMLSpace { at &+= 1 }
          value = start..<at
        }
      }
      if keeps { keep(name: nameStart..<nameEnd, value: value, seen: &seen) }
    }
    position = at
    if !isEnd, !isSelfClosing || syntax == .html {
      switchModel(for: key, firstLetter: bytes[name.lowerBound])
    }
    return HTMLToken(
      isEnd ? .endTag : .startTag, start: start, end: at, content: name, key: key,
      isSelfClosing: isSelfClosing)
  }

  /// The attributes of a tag so far.
  private struct Seen {
    var count = 0
    var bits: UInt64 = 0
  }

  @inline(__always)
  private mutating func keep(name: Range<Int>, value: Range<Int>, seen: inout Seen) {
    guard seen.count < attributeLimit else {
      droppedAttributes += 1
      return
    }
    seen.count &+= 1
    let key = HTMLNameKey(in: bytes, start: name.lowerBound, end: name.upperBound)
    let bit = key.bit
    guard keptAttributes & bit != 0 else { return }
    let isDuplicate =
      seen.bits & bit != 0 && attributes.prefix(Self.comparedAttributes).contains { $0.key == key }
    seen.bits |= bit
    attributes.append(HTMLAttribute(name: name, value: value, key: key, isDuplicate: isDuplicate))
  }

  private mutating func unfinished(from start: Int) -> HTMLToken {
    position = bytes.count
    attributes.removeAll(keepingCapacity: true)
    return HTMLToken(.unfinished, start: start, end: position, content: start + 1..<position)
  }

  private static let rcdataNames = [HTMLNameKey("title"), HTMLNameKey("textarea")]
  private static let rawTextNames = [
    HTMLNameKey("style"), HTMLNameKey("xmp"), HTMLNameKey("iframe"), HTMLNameKey("noembed"),
    HTMLNameKey("noframes"),
  ]
  private static let script = HTMLNameKey("script")
  private static let plaintext = HTMLNameKey("plaintext")
  /// Bits of the letters that those names begin with: t s x i n p.
  private static let rawLetters: UInt32 = 0x8C_A100

  /// Whether the start tag of `key` that is written with `/>` has no content.
  @inline(__always) func closesItself(_ key: HTMLNameKey) -> Bool {
    switch syntax {
    case .html: false
    case .xhtml: true
    case .declared:
      key == Self.script || key == Self.plaintext || Self.rcdataNames.contains(key)
        || Self.rawTextNames.contains(key)
    }
  }

  @inline(__always) private mutating func switchModel(for key: HTMLNameKey, firstLetter: UInt8) {
    let letter = UInt32(firstLetter | 0x20) &- 0x61
    if letter < 26, (Self.rawLetters &>> letter) & 1 == 1 { switchModelSlowly(for: key) }
  }

  private mutating func switchModelSlowly(for key: HTMLNameKey) {
    if key == Self.script {
      model = .scriptData
    } else if Self.rcdataNames.contains(key) {
      model = .rcdata
    } else if Self.rawTextNames.contains(key) {
      model = .rawText
    } else if key == Self.plaintext {
      model = .plainText
    }
    rawName = key
  }
}

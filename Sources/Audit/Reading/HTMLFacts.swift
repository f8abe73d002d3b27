import AuditCore

/// Gathers what a page says of itself. Where several places tell the same, the one that editors fill in most
/// carefully wins: `article:` meta, JSON-LD, microdata, visible elements.
struct HTMLFacts {
  /// How much a source of a fact is trusted; the highest wins, the first among equals.
  enum Source: Int, Comparable, Sendable {
    case element, microdata, generalMeta, structured, articleMeta
    static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
  }

  static let authorLimit = 16
  /// Bytes of a fact that are kept.
  static let textLimit = 512
  private static let hostLimit = 4_096

  private(set) var facts = DocumentFacts()
  private var publishedFrom: Source?
  private var modifiedFrom: Source?
  private var titleFrom: Source?
  private var publisherFrom: Source?
  private var authorsFrom: Source?
  private var socialURL: String?
  /// http(s) links by the hash of their host.
  private var hosts: [UInt64: Int] = [:]

  /// The facts, when the whole page was read.
  func finished() -> DocumentFacts {
    var facts = facts
    if facts.canonicalURL == nil { facts.canonicalURL = socialURL }
    let own = facts.canonicalURL.flatMap { url in
      Array(url.utf8).withUnsafeBufferPointer { bytes in
        Self.host(of: 0..<bytes.count, in: bytes).map { Self.hash(of: $0, in: bytes) }
      }
    }
    facts.outboundLinks = hosts.reduce(0) { $1.key == own ? $0 : $0 + $1.value }
    return facts
  }

  mutating func title(_ text: String, from source: Source) {
    guard !text.isEmpty, titleFrom.map({ $0 < source }) ?? true else { return }
    facts.title = text
    titleFrom = source
  }

  mutating func author(_ name: String, from source: Source) {
    let isAddress = name.hasPrefix("http://") || name.hasPrefix("https://") || name.hasPrefix("@")
    guard !name.isEmpty, !isAddress, name.utf8.count <= 200 else { return }
    if let best = authorsFrom, best > source { return }
    if let best = authorsFrom, best < source { facts.authors = [] }
    authorsFrom = source
    if facts.authors.count < Self.authorLimit, !facts.authors.contains(name) { facts.authors.append(name) }
  }

  mutating func published(_ date: String, from source: Source) {
    guard !date.isEmpty, publishedFrom.map({ $0 < source }) ?? true else { return }
    facts.published = date
    publishedFrom = source
  }

  mutating func modified(_ date: String, from source: Source) {
    guard !date.isEmpty, modifiedFrom.map({ $0 < source }) ?? true else { return }
    facts.modified = date
    modifiedFrom = source
  }

  mutating func publisher(_ name: String, from source: Source) {
    guard !name.isEmpty, publisherFrom.map({ $0 < source }) ?? true else { return }
    facts.publisher = name
    publisherFrom = source
  }

  mutating func canonical(_ url: String) {
    if facts.canonicalURL == nil, !url.isEmpty { facts.canonicalURL = url }
  }

  mutating func language(_ tag: String) {
    if facts.declaredLanguage == nil, !tag.isEmpty { facts.declaredLanguage = tag }
  }

  mutating func foundStructuredData() { facts.hasStructuredData = true }

  /// A meta element: `name` is its name, property, itemprop or http-equiv.
  mutating func meta(_ name: Range<Int>, content: @autoclosure () -> String, in bytes: HTMLBytes) {
    // Every name below begins with one of these letters.
    guard let first = bytes[name].first?.asciiLower, "acdgloprst".utf8.contains(first) else { return }
    func isNamed(_ names: StaticString...) -> Bool { names.contains { bytes.equals($0, in: name) } }
    if isNamed("og:title", "twitter:title") {
      title(content(), from: .microdata)
    } else if isNamed("article:author", "author", "dc.creator", "sailthru.author", "parsely-author", "byl") {
      author(content(), from: bytes[name.lowerBound].asciiLower == 0x61 ? .articleMeta : .generalMeta)
    } else if isNamed("article:published_time", "og:article:published_time", "article:published") {
      published(content(), from: .articleMeta)
    } else if isNamed("article:modified_time", "og:updated_time", "article:modified") {
      modified(content(), from: .articleMeta)
    } else if isNamed(
      "datepublished", "dc.date", "dc.date.issued", "pubdate", "publishdate", "date", "parsely-pub-date")
    {
      published(content(), from: .generalMeta)
    } else if isNamed("datemodified", "lastmod", "last-modified", "dc.date.modified") {
      modified(content(), from: .generalMeta)
    } else if isNamed("og:site_name", "publisher", "dc.publisher", "application-name") {
      publisher(content(), from: first == 0x6F ? .articleMeta : .generalMeta)
    } else if isNamed("generator") {
      if facts.generator == nil { facts.generator = content() }
    } else if isNamed("og:url") {
      socialURL = socialURL ?? content()
    }
  }

  /// A string value of JSON-LD under `key` in an object that stands under `parent`.
  mutating func structured(
    key: Range<Int>, parent: Range<Int>, isOfArticle: Bool, text: @autoclosure () -> String,
    in bytes: HTMLBytes
  ) {
    guard isOfArticle else { return }
    if bytes.equals("name", in: key) {
      if bytes.equals("author", in: parent) || bytes.equals("creator", in: parent) {
        author(text(), from: .structured)
      } else if bytes.equals("publisher", in: parent) {
        publisher(text(), from: .structured)
      }
    } else if bytes.equals("author", in: key) || bytes.equals("creator", in: key) {
      author(text(), from: .structured)
    } else if bytes.equals("datepublished", in: key) {
      published(text(), from: .structured)
    } else if bytes.equals("datemodified", in: key) {
      modified(text(), from: .structured)
    } else if bytes.equals("publisher", in: key) {
      publisher(text(), from: .structured)
    }
  }

  /// The address of an `a[href]`.
  mutating func link(_ href: Range<Int>, in bytes: HTMLBytes) {
    guard let host = Self.host(of: bytes.trimmed(href), in: bytes) else { return }
    let hash = Self.hash(of: host, in: bytes)
    if hosts[hash] != nil || hosts.count < Self.hostLimit { hosts[hash, default: 0] += 1 }
  }

  /// The host of an http, https or protocol-relative address, without "www.".
  private static func host(of url: Range<Int>, in bytes: HTMLBytes) -> Range<Int>? {
    var at = url.lowerBound
    if bytes.matches("https://", at: at) {
      at += 8
    } else if bytes.matches("http://", at: at) {
      at += 7
    } else if bytes.matches("//", at: at) {
      at += 2
    } else {
      return nil
    }
    if bytes.matches("www.", at: at) { at += 4 }
    var end = at
    while end < url.upperBound {
      let byte = bytes[end]
      // / ? # :
      if byte == 0x2F || byte == 0x3F || byte == 0x23 || byte == 0x3A { break }
      end += 1
    }
    return end > at ? at..<end : nil
  }

  private static func hash(of host: Range<Int>, in bytes: HTMLBytes) -> UInt64 {
    HTMLNameKey(in: bytes, start: host.lowerBound, end: host.upperBound).word
  }
}

extension UnsafeBufferPointer where Element == UInt8 {
  /// The characters that `pieces` stand for, at most `HTMLFacts.textLimit` bytes.
  func factText(of pieces: [Piece]) -> String {
    var text: [UInt8] = []
    for piece in pieces where text.count < HTMLFacts.textLimit {
      if piece.isVerbatim {
        text += self[piece.start..<piece.start + piece.length].prefix(HTMLFacts.textLimit)
      } else {
        for value in [piece.first, piece.second] where value != 0 {
          if let scalar = Unicode.Scalar(value) { text += Array(String(Character(scalar)).utf8) }
        }
      }
    }
    return text.withUnsafeBufferPointer { $0.string(in: $0.trimmed(0..<$0.count)) }
  }

  /// The text of `range` in one line.
  func factText(_ range: Range<Int>, decodes: Bool, inAttribute: Bool = false) -> String {
    var flow = HTMLFlow()
    let cut = range.lowerBound..<Swift.min(range.upperBound, range.lowerBound + 4 * HTMLFacts.textLimit)
    flow.append(
      cut, of: self, .standard, decodes: decodes, inAttribute: inAttribute, nul: 0xFFFD, isPreformatted: false
    )
    return factText(of: flow.pieces)
  }

  /// The text of a stretch of markup in one line, without its tags.
  func factText(ofMarkup range: Range<Int>) -> String {
    let cut = range.lowerBound..<Swift.min(range.upperBound, range.lowerBound + 8 * HTMLFacts.textLimit)
    var tokenizer = HTMLTokenizer(self, in: cut)
    var flow = HTMLFlow()
    while true {
      let token = tokenizer.next()
      switch token.kind {
      case .end: return factText(of: flow.pieces)
      case .text where token.model == .data:
        flow.append(token.content, of: self, .standard, decodes: true, nul: 0xFFFD, isPreformatted: false)
      default: break
      }
    }
  }
}

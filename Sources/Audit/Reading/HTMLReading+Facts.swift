import AuditCore

/// What a page says of itself, gathered while its tags are read.
extension HTMLReading {
  /// Facts that stand in attributes.
  mutating func note(_ element: HTMLElement, _ token: HTMLToken, _ said: Said) {
    switch element {
    case .meta:
      guard let content = said.content, let name = said.name ?? said.itemprop else { return }
      let bytes = bytes
      facts.meta(name, content: bytes.factText(content, decodes: true, inAttribute: true), in: bytes)
    case .link:
      if let rel = said.rel, bytes.equals("stylesheet", in: bytes.trimmed(rel)) { hasOuterSheet = true }
      guard let rel = said.rel, let href = said.href, bytes.equals("canonical", in: bytes.trimmed(rel)) else {
        return
      }
      facts.canonical(bytes.factText(href, decodes: true, inAttribute: true))
    case .a:
      if let href = said.href { facts.link(href, in: bytes) }
    case .time:
      guard let datetime = said.datetime else { return }
      let text = bytes.factText(datetime, decodes: true, inAttribute: true)
      if let itemprop = said.itemprop, bytes.equals("datemodified", in: itemprop) {
        facts.modified(text, from: .microdata)
      } else {
        facts.published(text, from: said.itemprop == nil ? .element : .microdata)
      }
    default: break
    }
    if let content = said.content, element != .meta, let itemprop = said.itemprop {
      if bytes.equals("datepublished", in: itemprop) {
        facts.published(bytes.factText(content, decodes: true, inAttribute: true), from: .microdata)
      } else if bytes.equals("datemodified", in: itemprop) {
        facts.modified(bytes.factText(content, decodes: true, inAttribute: true), from: .microdata)
      }
    }
    if said.itemprop != nil { facts.foundStructuredData() }
  }

  /// Begins to gather the text of an element that names an author.
  mutating func startCapture(_ element: HTMLElement, _ token: HTMLToken, _ said: Said) {
    guard capture == nil else { return }
    if element == .h1 {
      capture = Capture(subject: .headline, source: .element, depth: open.count, start: token.end)
    } else if let rel = said.rel, element == .a, bytes.equals("author", in: bytes.trimmed(rel)) {
      capture = Capture(subject: .author, source: .microdata, depth: open.count, start: token.end)
    } else if let itemprop = said.itemprop, bytes.equals("author", in: bytes.trimmed(itemprop)) {
      capture = Capture(subject: .author, source: .microdata, depth: open.count, start: token.end)
    } else if said.isByline, open.context.region != .userComment {
      capture = Capture(subject: .author, source: .element, depth: open.count, start: token.end)
    }
  }

  static func isByline(_ classes: Range<Int>, of bytes: HTMLBytes) -> Bool {
    var isByline = false
    bytes.forEachWord(in: classes) { word in
      // The lengths of the words below.
      guard word.count == 6 || (11...14).contains(word.count) else { return }
      if bytes.equals("byline", in: word) || bytes.equals("author", in: word)
        || bytes.equals("author-name", in: word)
        || bytes.equals("byline__name", in: word) || bytes.equals("article-author", in: word)
        || bytes.equals("post-author", in: word) || bytes.equals("entry-author", in: word)
      {
        isByline = true
      }
    }
    return isByline
  }

  /// Takes the gathered text when its element has closed: fewer than it are open.
  mutating func finishCapture(at end: Int, depth: Int) {
    guard let done = capture, depth < done.depth else { return }
    capture = nil
    let text = bytes.factText(ofMarkup: done.start..<max(done.start, end))
    switch done.subject {
    case .headline: facts.title(text, from: .element)
    case .author: facts.author(Self.withoutBy(text), from: done.source)
    }
  }

  /// "By Jane Roe" is "Jane Roe".
  private static func withoutBy(_ text: String) -> String {
    let prefixes = ["By ", "by ", "BY ", "بقلم: ", "بقلم ", "كتب: ", "كتبت: "]
    for prefix in prefixes where text.hasPrefix(prefix) {
      return String(text.dropFirst(prefix.count))
    }
    return text
  }
}

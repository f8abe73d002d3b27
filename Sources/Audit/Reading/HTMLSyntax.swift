import AuditCore

/// Whether `/>` closes an element: how a browser reads the page, by its name and its first bytes.
enum HTMLSyntax: Sendable {
  /// `/>` means nothing outside svg and math.
  case html
  /// It says of itself that it is XHTML, and its name does not: `<script/>` and its like hold nothing, so that text
  /// behind them is read as text whichever way a browser takes the page. Other elements are as in HTML.
  case declared
  /// Named as XHTML, or a part of an EPUB: any element.
  case xhtml

  /// Bytes at the beginning that are looked at.
  private static let headBytes = 2_048

  init(of document: Document) {
    self = document.bytes.withUnsafeBufferPointer { HTMLSyntax(path: document.path, $0) }
  }

  private init(path: String, _ bytes: HTMLBytes) {
    var path = path
    let isNamed = path.withUTF8 { name in
      // Books hold XHTML under any name: `book.epub!/chapter.html`.
      name.matches(".xhtml", at: name.count - 6) || name.matches(".xht", at: name.count - 4)
        || name.matches(".xhtm", at: name.count - 5)
        || name.indices.contains { name[$0] == 0x21 && name.matches(".epub!/", at: $0 - 5) }
    }
    self = isNamed ? .xhtml : Self.declaresXHTML(bytes) ? .declared : .html
  }

  /// An XML declaration, and soon the namespace.
  private static func declaresXHTML(_ bytes: HTMLBytes) -> Bool {
    guard bytes.isExactly("<?xml", at: 0) else { return false }
    let name: StaticString = "http://www.w3.org/1999/xhtml"
    var at = 5
    let end = min(bytes.count, headBytes)
    while at < end {
      at = bytes.firstIndex(of: 0x68, in: at..<end)
      if at < end, bytes.isExactly(name, at: at) { return true }
      at += 1
    }
    return false
  }
}

package import AuditCore

/// Tells by content, then by name, what a file is.
package enum Detection {
  package enum Detected: Hashable, Sendable {
    case readable(Format)
    /// It holds other documents.
    case container(ContainerKind)
    /// What it looks like, for a sentence: "a PDF document".
    case unsupported(LocalizedText)

    package var format: Format? {
      if case .readable(let format) = self { return format }
      return nil
    }

    /// That nothing of it was examined; nil when it is readable.
    package func problem(path: String) -> Problem? {
      guard case .unsupported(let what) = self else { return nil }
      return Problem(
        .unsupportedFormat, path: path,
        message: LocalizedText(
          en: "This looks like \(what.en), which is not read yet, so nothing in it was examined. "
            + "Convert it to text, Markdown, HTML or JSON Lines.",
          ar:
            "يبدو أن هذا الملف \(what.ar)، وهذه الصيغة لا تُقرأ بعد، فلم يُفحص شيء منه. حوّله إلى نص أو Markdown أو HTML أو JSON Lines."
        ))
    }
  }

  /// Looks at the first 64 KB.
  package static func format(of bytes: [UInt8], path: String) -> Detected {
    let name = path.lowercased()
    let dot = name.lastIndex(of: ".")
    let suffix = dot.map { String(name[name.index(after: $0)...]) } ?? ""
    let isUTF16 = isUTF16(bytes)
    if !isUTF16, let kind = ContainerSignature.kind(of: bytes, path: name) { return .container(kind) }
    if !isUTF16, isPDF(bytes, suffix) { return .readable(.pdf) }
    if !isUTF16, let what = FileSignature.name(of: bytes) { return .unsupported(what) }
    let start = HTMLStart(sample(bytes, isUTF16: isUTF16))
    // Browsers read a page through its NULs, so NULs must not hide it from the audit.
    let isPage = htmlSuffixes.contains(suffix) || start.isDocument
    if !isUTF16, !isPage, isBinary(bytes) { return .unsupported(FileSignature.binary) }
    if markdownSuffixes.contains(suffix) { return .readable(start.isDocument ? .html : .markdown) }
    if htmlSuffixes.contains(suffix) { return .readable(.html) }
    if start.isDocument { return .readable(.html) }
    if let format = RecordDetection.format(of: bytes, suffix: suffix, isUTF16: isUTF16) {
      return .readable(format)
    }
    // Source code and data may quote tags; a page without a doctype begins with one.
    let mayQuoteTags = plainSuffixes.contains(suffix) && !start.beginsWithTag
    return .readable(!mayQuoteTags && start.knownTagCount >= 3 ? .html : .text)
  }

  private static let markdownSuffixes: Set<String> = [
    "md", "markdown", "mdx", "mkd", "mdown", "mdwn", "rmd", "qmd",
  ]
  private static let htmlSuffixes: Set<String> = ["html", "htm", "xhtml", "xht", "shtml", "dhtml"]
  private static let plainSuffixes: Set<String> = [
    "txt", "text", "log", "csv", "tsv", "json", "jsonl", "ndjson", "yaml", "yml", "toml", "ini", "py", "js",
    "mjs",
    "ts", "tsx", "jsx", "css", "swift", "c", "h", "cpp", "java", "go", "rs", "rb", "php", "sh", "sql", "rst",
    "tex",
    "srt", "vtt", "eml", "mbox", "ipynb", "svg", "xml", "rss", "atom", "diff", "patch",
  ]

  /// A PDF may be all text; then its name says so, or it holds objects.
  private static func isPDF(_ bytes: [UInt8], _ suffix: String) -> Bool {
    guard bytes.starts(with: Array("%PDF-".utf8)) else { return false }
    return suffix == "pdf" || !PlainText.isLikely(bytes)
      || String(decoding: bytes.prefix(4_096), as: UTF8.self).contains(" 0 obj")
  }

  private static func isUTF16(_ bytes: [UInt8]) -> Bool {
    // UTF-32 begins like UTF-16.
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return false }
    return bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF])
      || UTF16Pattern.name(bytes) != nil
  }

  /// The first 4 KB in lower case; of UTF-16 without the zeros, which leaves its ASCII.
  private static func sample(_ bytes: [UInt8], isUTF16: Bool) -> [UInt8] {
    let head = bytes.prefix(isUTF16 ? 8_192 : 4_096)
    return (isUTF16 ? head.filter { $0 != 0 } : Array(head)).map(ASCII.lower)
  }

  /// More than one control character in twenty, and more than a slip.
  private static func isBinary(_ bytes: [UInt8]) -> Bool {
    TextBytes.reading(bytes) { bytes in
      let count = min(bytes.count, 64 << 10)
      let controls = controlCount(bytes, before: count)
      return controls > 3 && controls * 20 > count
    } ?? false
  }

  /// Control characters before `end` that stand in no text: all but white space and the escape.
  private static func controlCount(_ bytes: TextBytes, before end: Int) -> Int {
    var count = 0
    var at = 0
    while end - at >= ByteLanes.width {
      var found = ByteLanes()
      let last = at + min((end - at) / ByteLanes.width, 255) * ByteLanes.width
      while at < last {
        let lanes = ByteLanes(bytes.base, at: at)
        let isOfText = lanes.isWithin(0x09, count: 5) | lanes.equals(0x1B)
        found &-= (lanes.isBelow(0x20) & ~isOfText) | lanes.equals(0x7F)
        at &+= ByteLanes.width
      }
      count += found.total
    }
    while at < end {
      let byte = bytes[at]
      if byte < 0x20 && !(0x09...0x0D).contains(byte) && byte != 0x1B || byte == 0x7F { count += 1 }
      at += 1
    }
    return count
  }
}

/// How a text begins, seen as HTML. The bytes are in lower case.
private struct HTMLStart {
  /// `<!doctype html` or `<html` comes before any text.
  var isDocument = false
  var beginsWithTag = false
  /// Tags of well-known elements, opening ones, in the sample.
  var knownTagCount = 0

  init(_ head: [UInt8]) {
    TextBytes.reading(head) { bytes in
      var at = bytes.starts(with: "\u{FEFF}", at: 0, before: bytes.count) ? 3 : 0
      while true {
        while at < bytes.count, ASCII.isSpace(bytes[at]) || bytes[at] == 0xFF || bytes[at] == 0xFE { at += 1 }
        if bytes.starts(with: "<!--", at: at, before: bytes.count),
          let close = bytes.range(of: "-->", in: (at + 2)..<bytes.count)
        {
          at = close.upperBound
        } else if bytes.starts(with: "<?", at: at, before: bytes.count) {
          at = min(bytes.count, bytes.firstIndex(of: UInt8(ascii: ">"), in: at..<bytes.count) + 1)
        } else {
          break
        }
        beginsWithTag = true
      }
      isDocument =
        bytes.starts(with: "<!doctype html", at: at, before: bytes.count)
        || isTag("<html", bytes, at) || isTag("<head", bytes, at) || isTag("<body", bytes, at)
      if at < bytes.count, bytes[at] == UInt8(ascii: "<") { beginsWithTag = true }
      count(bytes)
    }
  }

  private func isTag(_ tag: StaticString, _ bytes: TextBytes, _ at: Int) -> Bool {
    guard bytes.starts(with: tag, at: at, before: bytes.count) else { return false }
    let next = at + tag.utf8CodeUnitCount
    return next < bytes.count && (ASCII.isSpace(bytes[next]) || [0x3E, 0x2F].contains(bytes[next]))
  }

  private mutating func count(_ bytes: TextBytes) {
    var at = 0
    while at < bytes.count {
      at = bytes.firstIndex(of: UInt8(ascii: "<"), in: at..<bytes.count)
      for tag in Self.tags where isTag(tag, bytes, at) {
        knownTagCount += 1
        break
      }
      at += 1
    }
  }

  private static let tags: [StaticString] = [
    "<html", "<head", "<body", "<title", "<meta", "<link", "<script", "<style", "<div", "<span", "<p", "<a",
    "<img",
    "<ul", "<ol", "<li", "<table", "<tr", "<td", "<h1", "<h2", "<h3", "<br", "<article", "<section", "<main",
    "<nav",
    "<header", "<footer", "<form", "<input", "<iframe", "<strong", "<em", "<b", "<i",
  ]
}

/// A piece of an HTML document as the tokenizer cuts it. Tokens follow each other without gaps or overlaps,
/// so the offsets are those of the document by construction.
package struct HTMLToken: Hashable, Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    /// Characters; `model` says whether character references count.
    case text
    case startTag, endTag
    /// A comment, a bogus comment, a processing instruction; `content` may be empty (`</>`).
    case comment
    case doctype
    /// A tag that the end of the document cuts off. A browser shows nothing of it.
    case unfinished
    case end
  }

  package let kind: Kind
  /// The whole token in the document.
  package let start: Int
  package let end: Int
  /// The name of a tag, the data of a comment or doctype, the characters of a text.
  package let content: Range<Int>
  /// Of a tag: its name packed for comparison.
  let key: HTMLNameKey
  /// `/>`.
  package let isSelfClosing: Bool
  /// What the characters of a text are.
  package let model: HTMLContentModel

  @inline(__always)
  init(
    _ kind: Kind, start: Int, end: Int, content: Range<Int>, key: HTMLNameKey = HTMLNameKey(word: 0),
    isSelfClosing: Bool = false, model: HTMLContentModel = .data
  ) {
    self.kind = kind
    self.start = start
    self.end = end
    self.content = content
    self.key = key
    self.isSelfClosing = isSelfClosing
    self.model = model
  }
}

/// How the tokenizer reads what comes next (WHATWG HTML, 13.2.5).
package enum HTMLContentModel: UInt8, Hashable, Sendable {
  /// Markup.
  case data
  /// Characters and references up to the end tag: title, textarea.
  case rcdata
  /// Characters up to the end tag: style, xmp, iframe, noembed, noframes.
  case rawText
  case scriptData
  /// Characters up to the end of the document.
  case plainText
  /// Characters of `<![CDATA[ ]]>` in svg or math.
  case cdata
}

/// One attribute of the start tag read last.
package struct HTMLAttribute: Hashable, Sendable {
  package let name: Range<Int>
  /// Without quotes; empty at the end of the name when there is no value.
  package let value: Range<Int>
  let key: HTMLNameKey
  /// An attribute of the same name came before; a browser keeps the first.
  package let isDuplicate: Bool
}

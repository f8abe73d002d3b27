/// What a document is written in.
public enum Format: String, Hashable, Sendable, CaseIterable {
  case text, markdown, html
  case json
  case jsonLines = "json-lines"
  /// Rows and columns as text: CSV, TSV.
  case table
  /// A part of an Office, OpenDocument or EPUB package that is written in XML.
  case office
  /// The text layer of a PDF, as `pdftotext` gives it.
  case pdf
  /// What holds other documents: an archive, a compressed file, a web archive, a mail.
  case container

  /// It holds many texts: numbers about one text (its words, its authors) say nothing about it.
  public var holdsRecords: Bool {
    self == .json || self == .jsonLines || self == .table || self == .container
  }
}

/// How the bytes of a document were made into UTF-8, and why.
public struct Encoding: Hashable, Sendable {
  /// WHATWG name in lower case: "utf-8", "windows-1256", "utf-16le".
  public let name: String
  public let evidence: Evidence
  /// What the document or its transport says and its bytes contradict; nil when nothing does.
  public let contradictedLabel: String?

  public enum Evidence: String, Hashable, Sendable {
    case byteOrderMark = "byte order mark"
    case transport = "declared outside"
    case declaration = "declared in the document"
    case valid = "valid UTF-8"
    case detected = "detected from the letters"
  }

  public init(name: String, evidence: Evidence, contradictedLabel: String? = nil) {
    self.name = name
    self.evidence = evidence
    self.contradictedLabel = contradictedLabel
  }
}

/// What the reader learned about a document besides its text.
public struct DocumentFacts: Hashable, Sendable {
  public var title: String?
  /// Names of authors from meta, JSON-LD, a byline element or front matter.
  public var authors: [String] = []
  /// A publication date in meta, JSON-LD, `time@datetime`, front matter or a dateline, as written.
  public var published: String?
  public var modified: String?
  public var publisher: String?
  public var canonicalURL: String?
  public var generator: String?
  /// BCP 47 tag of `<html lang>` or front matter.
  public var declaredLanguage: String?
  /// http(s) links that leave the document's own host.
  public var outboundLinks = 0
  /// Distinct element names seen, for rules about structure.
  public var hasStructuredData = false
  /// Markup that programs read in different ways; at most some of each kind.
  public var evasions: [Evasion] = []

  public init() {}
}

/// Markup or a declaration that a browser and a simpler program understand so differently that text appears to one
/// and not to the other.
public struct Evasion: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    /// `<!-->`, `<!--->`: a whole comment for a browser; others skip to the next `-->`.
    case abruptComment = "abrupt-comment"
    /// NUL in the text: a browser leaves it out, others end there or see two words.
    case nulCharacter = "nul-character"
    /// `</script>` that does not end a script, because `<!--<script` came before it.
    case scriptEscape = "script-escape"
    /// The declared encoding is not that of the bytes.
    case contradictedEncoding = "contradicted-encoding"
  }

  public let kind: Kind
  /// Bytes of the document.
  public let range: Range<Int>

  public init(_ kind: Kind, _ range: Range<Int>) {
    self.kind = kind
    self.range = range
  }
}

/// One readable unit, decoded. It holds bytes and facts, never rules.
public struct Document: Sendable {
  /// Path relative to the audited directory, "/" separated; a label for other sources ("<stdin>").
  public let path: String
  public let format: Format
  public let encoding: Encoding
  /// The whole document as UTF-8, perhaps with invalid sequences (see `DocumentSpace`).
  public let bytes: [UInt8]
  /// How `bytes` map to the delivered bytes; nil when they are the same.
  public let decoding: OffsetMap<DocumentSpace, SourceSpace>?
  /// The whole text is a headline (a stream record that says so), although nothing follows it.
  public let isHeadline: Bool
  /// The whole text is shown to no reader: what stands around the parts of a message.
  public let isComment: Bool
  /// Where `bytes` begin in the input, when they are one window of it.
  public let origin: Origin

  /// What comes before a window: its numbers are added to every place.
  public struct Origin: Hashable, Sendable {
    public var bytes = 0
    public var codePoints = 0
    /// Line ends before it.
    public var lines = 0
    /// Code points between the last line end and it.
    public var columns = 0
    /// From 0; tells windows with the same words apart.
    public var ordinal = 0
    /// The window begins in the middle of a record that is too long to be read whole.
    public var isInsideRecord = false

    public init() {}
  }

  public init(
    path: String, format: Format, encoding: Encoding, bytes: [UInt8],
    decoding: OffsetMap<DocumentSpace, SourceSpace>? = nil, isHeadline: Bool = false,
    isComment: Bool = false, origin: Origin = Origin()
  ) {
    self.path = path
    self.format = format
    self.encoding = encoding
    self.bytes = bytes
    self.decoding = decoding
    self.isHeadline = isHeadline
    self.isComment = isComment
    self.origin = origin
  }
}

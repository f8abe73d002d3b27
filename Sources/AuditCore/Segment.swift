/// What a run of text is in its document.
public enum Role: UInt8, Hashable, Sendable, CaseIterable {
  /// The title of the document: `<title>`, `og:title`, `h1`, a Markdown `#`, the first line of a text that reads as one.
  case headline
  /// A heading inside the document: `h2`...`h6`, `##`, a short line of a text that ends in a colon.
  case heading
  case body, listItem, quote, caption, linkText, code, table

  public var name: String {
    switch self {
    case .headline: "headline"
    case .heading: "heading"
    case .body: "body"
    case .listItem: "list-item"
    case .quote: "quote"
    case .caption: "caption"
    case .linkText: "link-text"
    case .code: "code"
    case .table: "table"
    }
  }
}

/// Where in the source a run of text stood.
public enum Channel: UInt8, Hashable, Sendable, CaseIterable {
  /// What a reader of the page reads as text (also when hidden by style: see `Visibility`).
  case text
  case attribute, alt, comment, script, style, jsonLD, url, metadata, formValue, template, noscript
  /// The whole document as it is written, markup and line ends included. No reader gives it; rules with
  /// `scope: source` ask for it.
  case source

  public var name: String {
    switch self {
    case .text: "text"
    case .attribute: "attribute"
    case .alt: "alt"
    case .comment: "comment"
    case .script: "script"
    case .style: "style"
    case .jsonLD: "json-ld"
    case .url: "url"
    case .metadata: "metadata"
    case .formValue: "form-value"
    case .template: "template"
    case .noscript: "noscript"
    case .source: "source"
    }
  }
}

/// Which part of a page a run belongs to. Nothing is dropped; rules choose.
public enum Region: UInt8, Hashable, Sendable, CaseIterable {
  case main, boilerplate, userComment

  public var name: String {
    switch self {
    case .main: "main"
    case .boilerplate: "boilerplate"
    case .userComment: "user-comment"
    }
  }
}

/// Whether a reader sees the run.
public enum Visibility: UInt8, Hashable, Sendable, CaseIterable {
  case visible
  /// `display:none`, the `hidden` attribute, zero size, off-screen, same colour as its ground, for screen readers only.
  case hidden
  /// In a `<details>` that is closed: seen after a click. Rules for text read it.
  case collapsed

  public var name: String {
    switch self {
    case .visible: "visible"
    case .hidden: "hidden"
    case .collapsed: "collapsed"
    }
  }

  /// Readers see it, at once or after a click.
  public var isShown: Bool { self != .hidden }
}

/// A piece of a block: bytes taken as they are, or a character that stands for some bytes (an entity, a `<br>`).
public struct Piece: Hashable, Sendable {
  /// Start of the document bytes that this piece stands for.
  public let start: Int
  /// Number of document bytes that it stands for.
  public let length: Int
  /// The scalars that replace the bytes; 0 for none. Both 0: the bytes themselves.
  public let first: UInt32
  public let second: UInt32

  @inlinable public init(start: Int, length: Int, first: UInt32 = 0, second: UInt32 = 0) {
    self.start = start
    self.length = length
    self.first = first
    self.second = second
  }

  @inlinable public var isVerbatim: Bool { first == 0 && second == 0 }
}

/// One run of a document as its reader found it: a paragraph, a heading, an attribute value, a comment.
/// Inline markup does not split a block; block markup does.
public struct Block: Hashable, Sendable {
  public var role: Role
  public var channel: Channel
  public var region: Region
  public var visibility: Visibility
  /// Index range into `BlockBatch.pieces`.
  public var pieces: Range<Int>
  /// A BCP 47 tag that the document declares for this run, as an index into `BlockBatch.names`; -1 for none.
  public var declaredLanguage: Int
  /// Where it stands in the structure ("p", "a/@href", "/3/messages/0/content"), as an index into
  /// `BlockBatch.names`; -1 for none.
  public var path: Int

  public init(
    role: Role = .body, channel: Channel = .text, region: Region = .main, visibility: Visibility = .visible,
    pieces: Range<Int>, declaredLanguage: Int = -1, path: Int = -1
  ) {
    self.role = role
    self.channel = channel
    self.region = region
    self.visibility = visibility
    self.pieces = pieces
    self.declaredLanguage = declaredLanguage
    self.path = path
  }
}

/// Blocks in source order, as many as a worker takes at a time (about 128 KB of text), so that memory does not grow
/// with the document.
public struct BlockBatch: Sendable {
  public var blocks: [Block] = []
  public var pieces: [Piece] = []
  /// Element names, attribute names and language tags that blocks refer to. Grows over a document, never shrinks.
  public var names: [String] = []
  /// Sum of `Piece.length`, to know when the batch is full.
  public var byteCount = 0

  public init() {}

  public mutating func removeBlocks() {
    blocks.removeAll(keepingCapacity: true)
    pieces.removeAll(keepingCapacity: true)
    byteCount = 0
  }
}

/// A run of text with its views, ready for rules. Ranges index the views of the `SegmentBatch` that holds it.
public struct Segment: Hashable, Sendable {
  public let role: Role
  public let channel: Channel
  public let region: Region
  public let visibility: Visibility
  /// BCP 47 primary language; "und" when neither script nor function words decide.
  public let language: Language
  /// Byte range in the `text` view.
  public let text: Range<Int>
  /// Byte range in the `folded` view.
  public let folded: Range<Int>
  /// Where it stands in the structure: an index into `BlockBatch.names`; -1 for none.
  public let path: Int
  /// What the writer of the views noticed, as bits; see `SegmentTraits`.
  public let traits: UInt8
  /// Document bytes from its first piece through its last.
  public let document: Range<Int>

  public init(
    role: Role, channel: Channel, region: Region, visibility: Visibility, language: Language,
    text: Range<Int>, folded: Range<Int>, path: Int, traits: UInt8, document: Range<Int>
  ) {
    self.role = role
    self.channel = channel
    self.region = region
    self.visibility = visibility
    self.language = language
    self.text = text
    self.folded = folded
    self.path = path
    self.traits = traits
    self.document = document
  }
}

/// A BCP 47 primary language subtag, packed: two or three ASCII letters.
public struct Language: Hashable, Sendable, CustomStringConvertible {
  public let code: UInt32

  /// The first two or three letters of `tag` before any "-", lower-cased; `und` when there are none.
  public init(_ tag: some StringProtocol) {
    var code: UInt32 = 0
    var count = 0
    for byte in tag.utf8 {
      let lower = byte | 0x20
      guard lower >= 0x61, lower <= 0x7A else { break }
      count += 1
      if count > 3 { break }
      code = code << 8 | UInt32(lower)
    }
    self.code = (2...3).contains(count) ? code : Self.undCode
  }

  @usableFromInline static let undCode: UInt32 = 0x75_6E_64

  public static let und = Language("und")
  public static let en = Language("en")
  public static let ar = Language("ar")

  public var description: String {
    var text = ""
    for shift in [16, 8, 0] {
      let byte = UInt8(truncatingIfNeeded: code >> UInt32(shift))
      if byte != 0 { text.unicodeScalars.append(Unicode.Scalar(byte)) }
    }
    return text
  }
}

/// The segments of one batch and their two views. The buffers are reused from batch to batch.
public struct SegmentBatch: Sendable {
  /// What a reader reads first (visible text and its headline), then what stands aside for people (attributes, hidden
  /// text, metadata, comments), then what only machines read (addresses, scripts), then the source; each part in
  /// source order.
  public var segments: [Segment] = []
  /// Index of the first segment of each part but the first.
  public var firstAside = 0
  public var firstMachine = 0
  public var firstSource = 0
  /// The `text` views, each followed by one newline that belongs to no segment.
  public var text: [UInt8] = []
  /// The `folded` views, each followed by one newline that belongs to no segment.
  public var folded: [UInt8] = []
  public var textMap = OffsetMap<TextSpace, DocumentSpace>()
  public var foldMap = OffsetMap<FoldedSpace, TextSpace>()
  /// What the `text` views leave out, in order: invisible, bidi and tag characters.
  public var invisibles: [Invisible] = []

  public init() {}

  public mutating func removeAll() {
    segments.removeAll(keepingCapacity: true)
    firstAside = 0
    firstMachine = 0
    firstSource = 0
    text.removeAll(keepingCapacity: true)
    folded.removeAll(keepingCapacity: true)
    textMap.removeAll()
    foldMap.removeAll()
    invisibles.removeAll(keepingCapacity: true)
  }

  /// A character that the `text` view leaves out.
  public struct Invisible: Hashable, Sendable {
    public let scalar: UInt32
    /// Offset of the `text` view at which it would stand.
    public let text: Int
    /// Start of its document bytes.
    public let document: Int
    /// Bytes that stand for it in the document: more than those of the scalar for a character reference.
    public let length: Int

    public init(scalar: UInt32, text: Int, document: Int, length: Int) {
      self.scalar = scalar
      self.text = text
      self.document = document
      self.length = length
    }
  }
}

/// The elements that the reader treats differently from an unknown one.
enum HTMLElement: UInt8, CaseIterable, Sendable {
  case unknown
  case a, abbr, acronym, address, applet, area, article, aside, audio, b, base, basefont, bdi, bdo, bgsound,
    big
  case blockquote, body, br, button, canvas, caption, center, cite, code, col, colgroup, data, datalist, dd,
    del
  case details, dfn, dialog, dir, div, dl, dt, em, embed, fieldset, figcaption, figure, font, footer, form,
    frame
  case frameset, h1, h2, h3, h4, h5, h6, head, header, hgroup, hr, html, i, iframe, image, img, input, ins,
    kbd
  case keygen, label, legend, li, link, listing, main, map, mark, marquee, math, menu, meta, meter, nav, nobr
  case noembed, noframes, noscript, object, ol, optgroup, option, output, p, param, picture, plaintext, pre
  case progress, q, rb, rp, rt, rtc, ruby, s, samp, script, search, section, select, selectedcontent, slot,
    small, source,
    span
  case strike, strong, style, sub, summary, sup, svg, table, tbody, td, template, text, textarea, tfoot, th,
    thead
  case time, title, tr, track, tspan, tt, u, ul, variable, video, wbr, xmp
  case foreignObject, desc, mi, mo, mn, ms, mtext, annotationXML

  /// In lower case; "" for `unknown`.
  var name: String {
    switch self {
    case .unknown: ""
    case .variable: "var"
    case .annotationXML: "annotation-xml"
    default: "\(self)".lowercased()
    }
  }

  var traits: HTMLTraits {
    switch self {
    case .area, .embed, .img, .image, .keygen, .wbr, .br: [.void, .special, .content]
    case .base, .basefont, .bgsound, .link, .meta, .param, .source, .track: [.void, .special]
    case .col: [.void, .special, .block]
    case .input: [.void, .special]
    case .frame: [.void, .special, .block]
    case .hr: [.void, .special, .block, .closesParagraph, .content]
    case .address, .article, .aside, .blockquote, .center, .details, .dialog, .dir, .div, .dl, .fieldset,
      .figcaption,
      .figure, .footer, .header, .hgroup, .main, .menu, .nav, .ol, .search, .section, .summary, .ul, .form,
      .p:
      [.block, .special, .closesParagraph]
    case .pre, .listing, .plaintext, .xmp, .li, .dd, .dt:
      [.block, .special, .closesParagraph, .content]
    case .h1, .h2, .h3, .h4, .h5, .h6: [.block, .special, .closesParagraph]
    case .table: [.block, .special, .closesParagraph, .scope, .content]
    case .caption, .td, .th: [.block, .special, .scope]
    case .tbody, .tfoot, .thead, .tr, .colgroup: [.block, .special]
    case .html, .template: [.special, .scope]
    case .body, .head, .frameset, .title: [.block, .special]
    case .applet, .marquee, .object: [.special, .scope, .content]
    case .button, .select, .textarea: [.block, .special, .content]
    case .option, .optgroup, .legend: [.block]
    case .iframe: [.block, .special, .content]
    case .noembed, .noframes: [.block, .special]
    case .noscript: [.special, .scope]
    case .script, .style: [.special]
    case .foreignObject, .desc: [.special, .scope, .block]
    case .mi, .mo, .mn, .ms, .mtext, .annotationXML: [.special, .scope]
    case .text: [.block]
    case .a, .b, .big, .code, .em, .font, .i, .nobr, .s, .small, .strike, .strong, .tt, .u: [.formatting]
    default: []
    }
  }

  /// Whether its start tag ends svg or math (WHATWG HTML, 13.2.6.5).
  var leavesForeign: Bool {
    switch self {
    case .b, .big, .blockquote, .body, .br, .center, .code, .dd, .div, .dl, .dt, .em, .embed, .h1, .h2, .h3,
      .h4, .h5,
      .h6, .head, .hr, .i, .img, .li, .listing, .menu, .meta, .nobr, .ol, .p, .pre, .ruby, .s, .small, .span,
      .strong, .strike, .sub, .sup, .table, .tt, .u, .ul, .variable:
      true
    default: false
    }
  }

  var isHeading: Bool {
    switch self {
    case .h1, .h2, .h3, .h4, .h5, .h6: true
    default: false
    }
  }
}

struct HTMLTraits: OptionSet, Sendable {
  let rawValue: UInt8
  /// Has no end tag and no content.
  static let void = HTMLTraits(rawValue: 1)
  /// Its edges end a block of text.
  static let block = HTMLTraits(rawValue: 2)
  /// An unrelated end tag does not reach through it.
  static let special = HTMLTraits(rawValue: 4)
  /// No end tag from inside reaches through it.
  static let scope = HTMLTraits(rawValue: 8)
  static let closesParagraph = HTMLTraits(rawValue: 16)
  /// Its end tag takes it away even when blocks are open above it.
  static let formatting = HTMLTraits(rawValue: 32)
  /// After it a `<frameset>` has no effect.
  static let content = HTMLTraits(rawValue: 64)
}

/// Names to numbers: elements and attributes in two small hash tables, built once a process.
struct HTMLVocabulary: Sendable {
  static let standard = HTMLVocabulary()

  private let elements: HTMLNameTable
  private let attributes: HTMLNameTable
  private let elementOf: [HTMLElement]
  private let traitsOf: [HTMLTraits]
  /// By the raw value of an element.
  private let nameOf: [String]
  private let attributeOf: [HTMLAttributeName]

  private init() {
    elementOf = HTMLElement.allCases
    traitsOf = elementOf.map(\.traits)
    attributeOf = HTMLAttributeName.allCases
    nameOf = elementOf.map(\.name)
    elements = HTMLNameTable(nameOf)
    attributes = HTMLNameTable(attributeOf.map(\.rawValue))
  }

  @inline(__always)
  func element(_ key: HTMLNameKey, in bytes: HTMLBytes, _ name: Range<Int>) -> (HTMLElement, HTMLTraits) {
    let index = elements.index(of: key, in: bytes, name)
    return (elementOf[index], traitsOf[index])
  }

  func name(of element: HTMLElement) -> String { nameOf[Int(element.rawValue)] }

  @inline(__always)
  func attribute(_ attribute: HTMLAttribute, in bytes: HTMLBytes) -> HTMLAttributeName {
    attributeOf[attributes.index(of: attribute.key, in: bytes, attribute.name)]
  }
}

/// An open-addressed table from a name to its place in the list it was built from; 0 for a name that is not
/// there.
struct HTMLNameTable: Sendable {
  private var keys: [UInt64]
  private var indexes: [UInt8]
  /// Names longer than a key can tell apart.
  private let longNames: [[UInt8]]
  private let shift: UInt64

  /// `names[0]` stands for every unknown name; at most 255 names.
  init(_ names: [String]) {
    shift = 54
    keys = [UInt64](repeating: 0, count: 1024)
    indexes = [UInt8](repeating: 0, count: 1024)
    longNames = names.map { $0.utf8.count > 8 ? Array($0.utf8) : [] }
    for (index, name) in names.enumerated().dropFirst() {
      let key = Array(name.utf8).withUnsafeBufferPointer { HTMLNameKey(in: $0, start: 0, end: $0.count) }
      var slot = Self.slot(of: key, shift: shift)
      while keys[slot] != 0 { slot = (slot + 1) & 1023 }
      keys[slot] = key.word
      indexes[slot] = UInt8(index)
    }
  }

  @inline(__always) private static func slot(of key: HTMLNameKey, shift: UInt64) -> Int {
    Int(truncatingIfNeeded: (key.word &* 0x9E37_79B9_7F4A_7C15) &>> shift)
  }

  @inline(__always) func index(of key: HTMLNameKey, in bytes: HTMLBytes, _ name: Range<Int>) -> Int {
    var slot = Self.slot(of: key, shift: shift)
    while keys[slot] != 0 {
      if keys[slot] == key.word {
        let index = Int(indexes[slot])
        return name.count <= 8 || isLongName(index, in: bytes, name) ? index : 0
      }
      slot = (slot &+ 1) & 1023
    }
    return 0
  }

  private func isLongName(_ index: Int, in bytes: HTMLBytes, _ name: Range<Int>) -> Bool {
    longNames[index].count == name.count
      && zip(longNames[index], bytes[name]).allSatisfy { $0 == $1.asciiLower }
  }
}

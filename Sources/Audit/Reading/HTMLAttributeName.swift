/// The attributes that the reader treats differently from an unknown one. The raw value is the name in lower
/// case.
enum HTMLAttributeName: String, CaseIterable, Sendable {
  case unknown = ""
  // Text that a reader may see or hear.
  case alt, title, placeholder, summary, label, ariaLabel = "aria-label", ariaDescription = "aria-description"
  // Addresses.
  case href, src, action, cite, data, poster, srcset, formaction, background, longdesc, ping, manifest,
    codebase
  case imagesrcset, xlinkHref = "xlink:href"
  // Read for what they say of the element.
  case id, name, content, value, type, rel, role, hidden, lang, xmlLang = "xml:lang", property, itemprop,
    itemtype
  case httpEquiv = "http-equiv", datetime, encoding, srcdoc
  case `class`, style
  // Looks only: never a block.
  case width, height, d, points, viewBox = "viewbox", transform, integrity, sizes, colspan, rowspan
  case fill, stroke, strokeWidth = "stroke-width", preserveAspectRatio = "preserveaspectratio", xmlns
  case xmlnsXlink = "xmlns:xlink", align, valign, border, cellpadding, cellspacing, bgcolor, x, y, x1, x2, y1,
    y2
  case cx, cy, r, rx, ry, fillRule = "fill-rule", clipRule = "clip-rule", strokeLinecap = "stroke-linecap"
  case open, popover, color, shadowrootmode
  case strokeLinejoin = "stroke-linejoin", loading, decoding, fetchpriority, tabindex, crossorigin

  enum Use: Sendable { case alternative, address, value, content, other, none }

  var use: Use {
    switch self {
    case .alt, .title, .placeholder, .summary, .label, .ariaLabel, .ariaDescription: .alternative
    case .href, .src, .action, .cite, .data, .poster, .srcset, .formaction, .background, .longdesc, .ping,
      .manifest,
      .codebase, .imagesrcset, .xlinkHref:
      .address
    case .value: .value
    case .content: .content
    case .unknown, .id, .name, .type, .rel, .role, .lang, .xmlLang, .property, .itemprop, .itemtype,
      .httpEquiv,
      .datetime, .encoding, .srcdoc:
      .other
    case .hidden, .open, .popover: .none
    default: .none
    }
  }
}

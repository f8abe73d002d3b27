/// Declarative shadow trees: a browser shows what is in `<template shadowrootmode>` in the place of what its parent holds,
/// and of that what a `<slot>` takes (WHATWG HTML, 13.2.6.4.4).
extension HTMLReading {
  /// Makes the innermost element the host of the `<template>` that was read last; false when it cannot be one.
  mutating func enterShadow() -> Bool {
    guard let host = open.elements.last, host.namespace == .html, Self.mayHost(host.element) else {
      return false
    }
    let start = tokenizer.position
    if nextTemplateEnd < start { nextTemplateEnd = find("</template", from: start) }
    if nextSlot < start { nextSlot = find("<slot", from: start) }
    return open.becomeHost(hasSlot: nextSlot < nextTemplateEnd)
  }

  /// WHATWG DOM, "attach a shadow root"; an unknown element may be a custom one.
  private static func mayHost(_ element: HTMLElement) -> Bool {
    switch element {
    case .article, .aside, .blockquote, .body, .div, .footer, .h1, .h2, .h3, .h4, .h5, .h6, .header, .main,
      .nav,
      .p, .section, .span, .unknown:
      true
    default: false
    }
  }

  private func find(_ tag: StaticString, from start: Int) -> Int {
    var at = start
    while at < bytes.count {
      at = bytes.firstIndex(of: 0x3C, from: at)
      if bytes.matches(tag, at: at) { return at }
      at += 1
    }
    return bytes.count
  }
}

import AuditCore

extension HTMLReading {
  /// What the attributes of a start tag say, as indexes into `tokenizer.attributes`.
  struct Said {
    var style = HTMLStyle()
    var hides = false
    var isHiddenInput = false
    var hints: HTMLHints = []
    var language: Range<Int>?
    var name: Range<Int>?
    var content: Range<Int>?
    var rel: Range<Int>?
    var type: Range<Int>?
    var itemprop: Range<Int>?
    var datetime: Range<Int>?
    var href: Range<Int>?
    /// When rules of the page may be about one of them.
    var classes: Range<Int>?
    var isByline = false
    var id: Range<Int>?
    var isOpen = false
    var isShadow = false
    var encoding: Range<Int>?
    /// What rules about the elements inside ask of those around them.
    var marks: UInt64 = 0
  }

  mutating func startTag(_ token: HTMLToken) {
    let (element, traits) = vocabulary.element(token.key, in: bytes, token.content)
    if open.isForeign {
      if element.leavesForeign || (element == .font && fontLeavesForeign()) {
        open.leaveForeign()
      } else {
        return foreignTag(token, element)
      }
    }
    if isFrameset, element != .noframes { tokenizer.model = .data }
    open.closeImplied(by: element, traits)
    let said = attributesSay(of: element, token)
    let isBlock =
      traits.contains(.block) && element != .body || isBox(element, traits, said, before: token.end)
    if isBlock { writer.endMain() }
    finishCapture(at: token.start, depth: open.count)
    noteFrameset(element, traits, said)

    var context = open.context
    let around = context.standing
    let holdsItems =
      said.style.holdsItems
      || (said.style.holds.contains(.contents) && open.elements.last?.holdsItems == true)
    let namespace: HTMLNamespace = element == .svg ? .svg : element == .math ? .math : .html
    let (veils, lifted) = apply(element, traits, said, to: &context)
    if traits.contains(.block) {
      context.path = paths.element(element, &writer.batch.names)
      if !traits.contains(.void) {
        context.node = writer.outline.append(
          element, under: context.node, hints: hints(of: element, traits, said, context))
      }
    }
    blocks(of: token, element, said, context)
    note(element, token, said)
    rawText(element, token, said, context)
    if element == .br { writer.lineBreak(token.start..<token.end) }
    guard !traits.contains(.void) else { return }
    guard !(element == .html || element == .body) || !open.isOpen(element) else { return }
    guard !token.isSelfClosing || (namespace == .html && !tokenizer.closesItself(token.key)) else { return }
    open.push(
      HTMLOpenElement(
        key: token.key, context: context, element: element,
        traits: isBlock ? traits.union(.block) : traits, namespace: namespace, holdsHTML: false,
        hides: context.standing == .hidden && around != .hidden, veils: veils, lifted: lifted,
        holdsItems: holdsItems))
    startCapture(element, token, said)
    switch element {
    case .noscript: enterNoscript()
    case .select: showsChosenOption = true
    case .selectedcontent: showChosenOption(context)
    case .table, .tr, .th, .td: noteTable(element, token)
    default: break
    }
  }

  /// A tag inside svg or math: no implied ends, no raw text.
  private mutating func foreignTag(_ token: HTMLToken, _ element: HTMLElement) {
    tokenizer.model = .data
    let said = attributesSay(of: .unknown, token)
    let namespace = open.elements.last?.namespace ?? .html
    let holdsHTML =
      switch element {
      case .foreignObject, .desc, .title: namespace == .svg
      case .mi, .mo, .mn, .ms, .mtext: namespace == .math
      case .annotationXML:
        namespace == .math
          && (said.encoding.map {
            bytes.equals("text/html", in: bytes.trimmed($0))
              || bytes.equals("application/xhtml+xml", in: bytes.trimmed($0))
          } ?? false)
      default: false
      }
    let isBlock = holdsHTML && namespace == .svg || element == .text
    if isBlock { writer.endMain() }
    var context = open.context
    let around = context.standing
    let (veils, lifted) = apply(.unknown, [], said, to: &context)
    switch element {
    case .script: context.channel = .script
    case .style: context.channel = .style
    // Read out, or shown when the pointer rests on the picture.
    case .desc where namespace == .svg: context.visibility = .hidden
    default: break
    }
    if isBlock { context.path = paths.element(element, &writer.batch.names) }
    blocks(of: token, .unknown, said, context)
    guard !token.isSelfClosing else { return }
    var traits: HTMLTraits = isBlock ? [.block] : []
    if holdsHTML { traits.formUnion([.special, .scope]) }
    open.push(
      HTMLOpenElement(
        key: token.key, context: context, element: element, traits: traits, namespace: namespace,
        holdsHTML: holdsHTML, hides: context.standing == .hidden && around != .hidden, veils: veils,
        lifted: lifted))
  }

  private func fontLeavesForeign() -> Bool {
    tokenizer.attributes.contains {
      bytes.equals("color", in: $0.name) || bytes.equals("face", in: $0.name)
        || bytes.equals("size", in: $0.name)
    }
  }

  /// Whether a browser draws the inline element as a box apart from the text around it: by its style, or as a part of a
  /// flex or grid container.
  private func isBox(
    _ element: HTMLElement, _ traits: HTMLTraits, _ said: Said, before content: Int
  ) -> Bool {
    let style = said.style
    if style.isBlock { return true }
    // A picture is beside the text that flows around it.
    if style.isAside, !said.hides, !traits.contains(.void), !isInitial(at: content) { return true }
    guard open.elements.last?.holdsItems == true else { return false }
    switch element {
    case .script, .style, .template, .noscript, .link, .meta, .br, .wbr: return false
    default: return !said.hides && !style.isHidden && !style.holds.contains(.contents)
    }
  }

  /// Whether an element holds no more than a letter, as the first of a text that is drawn large beside it, or one of
  /// many that are set one by one.
  private func isInitial(at start: Int) -> Bool {
    var scalars = 0
    for index in start..<min(bytes.count, start + 12) {
      if bytes[index] == 0x3C { return scalars > 0 }
      if bytes[index].isHTMLSpace { return false }
      if bytes[index] & 0xC0 != 0x80 { scalars += 1 }
      if scalars > 2 { return false }
    }
    return false
  }

  mutating func endTag(_ token: HTMLToken) {
    let (element, traits) = vocabulary.element(token.key, in: bytes, token.content)
    if element == .br {
      writer.lineBreak(token.start..<token.end)
      return
    }
    let last = open.elements.last
    // What follows the end of the body is still in it.
    let isBlock = traits.contains(.block) || (last?.key == token.key && last?.traits.contains(.block) == true)
    if isBlock, element != .body { writer.endMain() }
    if traits.contains(.void) { return }
    if element == .table { tables.end(at: token.start) }
    if element == .p, open.isForeign { open.leaveForeign() }
    open.close(element, traits, key: token.key)
    finishCapture(at: token.start, depth: open.count)
  }

  /// Reads the attributes of the start tag: `names` is filled in step.
  private mutating func attributesSay(of element: HTMLElement, _ token: HTMLToken) -> Said {
    var said = Said()
    // By an attribute that any `display` goes before.
    var isUndisplayed = false
    names.removeAll(keepingCapacity: true)
    for attribute in tokenizer.attributes {
      let name = vocabulary.attribute(attribute, in: bytes)
      names.append(name)
      guard !attribute.isDuplicate else { continue }
      switch name {
      case .style:
        said.style = style(in: attribute.value)
      case .class:
        let meaning = meaning(ofClasses: attribute.value)
        said.hints.formUnion(meaning.hints)
        said.isByline = meaning.isByline
        if meaning.mayBeStyled { said.classes = attribute.value }
      case .id:
        said.id = attribute.value
        said.hints.formUnion(HTMLHints(ofWords: attribute.value, in: bytes, hintWords))
      case .hidden:
        // What can be found is laid out, and not drawn.
        if bytes.equals("until-found", in: attribute.value) {
          said.hides = true
        } else {
          isUndisplayed = true
        }
      case .popover: isUndisplayed = true
      case .open: said.isOpen = true
      case .shadowrootmode:
        said.isShadow =
          bytes.equals("open", in: attribute.value) || bytes.equals("closed", in: attribute.value)
      case .bgcolor: said.style.setBackground(HTMLColour(attribute.value, of: bytes))
      case .color where element == .font: said.style.setColour(HTMLColour(attribute.value, of: bytes))
      case .lang: said.language = attribute.value
      case .xmlLang: said.language = said.language ?? attribute.value
      case .name, .property, .httpEquiv: said.name = said.name ?? attribute.value
      case .itemprop:
        said.itemprop = attribute.value
        if bytes.equals("comment", in: attribute.value) { said.hints.insert(.comment) }
        if bytes.equals("articlebody", in: attribute.value) { said.hints.insert(.article) }
      case .content: said.content = attribute.value
      case .rel: said.rel = attribute.value
      case .type: said.type = attribute.value
      case .datetime: said.datetime = attribute.value
      case .href: said.href = attribute.value
      case .encoding: said.encoding = attribute.value
      case .role: said.hints.formUnion(HTMLHints(ofRole: attribute.value, in: bytes))
      default: break
      }
    }
    if element == .input, let type = said.type, bytes.equals("hidden", in: bytes.trimmed(type)) {
      said.isHiddenInput = true
    }
    if said.classes != nil || sheet.looksFurther || sheet.looksAround {
      let subject = HTMLStyleSheet.Subject(
        element: token.key, id: said.id, classes: said.classes, attributes: tokenizer.attributes)
      (said.style, said.marks) = sheet.style(of: subject, in: open.context, inline: said.style, bytes)
    }
    if isUndisplayed, sheet.keepsHidden || !said.style.isDisplayed { said.hides = true }
    return said
  }

  @inline(__always)
  private mutating func meaning(ofClasses range: Range<Int>) -> HTMLClassMemory.Meaning {
    if let known = classes.meaning(of: range, in: bytes) { return known }
    let meaning = HTMLClassMemory.Meaning(
      hints: HTMLHints(ofWords: range, in: bytes, hintWords), isByline: Self.isByline(range, of: bytes),
      mayBeStyled: sheet.mayBeAbout(range, of: bytes))
    classes.keep(meaning, of: range, in: bytes)
    return meaning
  }

  /// The declarations of a style attribute, whose references are decoded first.
  private func style(in value: Range<Int>) -> HTMLStyle {
    guard bytes.firstIndex(of: 0x26, in: value) < value.upperBound else { return HTMLStyle(value, of: bytes) }
    return UnescapedValue(value, of: bytes).bytes.withUnsafeBufferPointer { HTMLStyle(0..<$0.count, of: $0) }
  }

  /// What `element` gives to its text.
  private mutating func apply(
    _ element: HTMLElement, _ traits: HTMLTraits, _ said: Said, to context: inout HTMLContext
  ) -> (veils: HTMLVeils, lifted: HTMLVeils) {
    if said.hides || said.isHiddenInput || said.style.isGone { context.standing = .hidden }
    let veils = veil(&context, by: said.style)
    context.ownMarks = said.marks
    context.marks |= said.marks
    if let language = said.language { declare(language, element, &context) }
    switch element {
    case .h1:
      context.role = .headline
      context.region = context.region == .userComment ? .userComment : .main
    case .h2, .h3, .h4, .h5, .h6: context.role = .heading
    case .blockquote, .q:
      context.role = context.role == .body || element == .blockquote ? .quote : context.role
    case .figcaption, .caption: context.role = .caption
    case .li, .dt, .dd: context.role = .listItem
    case .td, .th: context.role = .table
    case .pre, .listing:
      context.role = .code
      context.isPreformatted = true
    case .textarea: context.isPreformatted = true
    case .code, .kbd, .samp, .tt: context.isCode = true
    case .a: context.isLink = true
    case .template:
      if said.isShadow, enterShadow() { break }
      context.channel = .template
      context.visibility = .hidden
    case .noscript:
      if context.channel == .text { context.channel = .noscript }
      context.visibility = .hidden
    case .article, .main: context.isArticle = true
    case .details: if !said.isOpen, context.standing == .visible { context.standing = .collapsed }
    case .summary: openSummary(&context)
    // Shown by a script, or where the element itself is not supported.
    case .dialog: if !said.isOpen, !said.style.isDisplayed { context.visibility = .hidden }
    case .audio, .video, .canvas, .datalist: context.visibility = .hidden
    default: break
    }
    guard element != .h1 else { return veils }
    let hints = hints(of: element, traits, said, context)
    if context.region == .userComment || hints.contains(.comment) {
      context.region = .userComment
    } else if hints.contains(.main) {
      context.region = .main
    } else if hints.contains(.boilerplate) {
      context.region = .boilerplate
    }
    return veils
  }

  /// What a block element says about its text. An inline element is part of its paragraph, and the whole page
  /// is not a menu.
  private func hints(
    of element: HTMLElement, _ traits: HTMLTraits, _ said: Said, _ context: HTMLContext
  ) -> HTMLHints {
    var hints = HTMLHints(of: element, isArticle: context.isArticle)
    guard traits.contains(.block), element != .html, element != .body else { return hints }
    let believed: HTMLHints =
      element == .article || element == .main ? [.article, .caption, .author] : said.hints
    hints.formUnion(said.hints.intersection(believed))
    return hints
  }

  private mutating func declare(_ language: Range<Int>, _ element: HTMLElement, _ context: inout HTMLContext)
  {
    let tag = bytes.trimmed(language)
    guard !tag.isEmpty, tag.count <= 35 else { return }
    let text = bytes.string(in: tag)
    context.language = paths.language(text, &writer.batch.names)
    if element == .html { facts.language(text) }
  }

  /// Blocks for the attribute values of a start tag.
  private mutating func blocks(
    of token: HTMLToken, _ element: HTMLElement, _ said: Said, _ context: HTMLContext
  ) {
    var context = context
    context.role = .body
    // `<name@host>`, an address in angle brackets, is a tag for a browser, and readable in the source alone.
    if element == .unknown, bytes[token.content].contains(0x40) {
      context.channel = .attribute
      context.path = paths.general("*", &writer.batch.names)
      writer.appendWhole(token.content, context, decodes: false)
    }
    let attributes = tokenizer.attributes
    for (attribute, name) in zip(attributes, names) where attribute.value.count > 1 {
      if name == .srcdoc, readSrcdoc(attribute.value, context) { continue }
      var path: Int32?
      var value = attribute.value
      switch name.use {
      case .none: continue
      case .alternative: context.channel = .alt
      case .address:
        context.channel = .url
        value = withoutPayload(value)
      case .value:
        let isForm = element == .input || element == .button || element == .option || element == .textarea
        context.channel = isForm ? .formValue : .attribute
      case .content:
        context.channel = .attribute
        if element == .meta {
          context.channel = .metadata
          if let name = said.name ?? said.itemprop, !name.isEmpty {
            path = paths.meta(name, in: bytes, &writer.batch.names)
            let isTitle = bytes.equals("og:title", in: name) || bytes.equals("twitter:title", in: name)
            if isTitle { context.role = .headline }
          }
        }
      case .other: context.channel = .attribute
      }
      context.path = path ?? paths.attribute(attribute, of: token, in: bytes, &writer.batch.names)
      var label: [Unicode.Scalar] = []
      if context.channel == .formValue, let name = said.name, name.count <= 48, !value.isEmpty,
        !isButton(element, said)
      {
        label = ColumnLabels.label(ofField: bytes.string(in: name))
      } else if name == .unknown, mayLabel(attribute.name, attribute.value) {
        label = self.label(of: attribute)
      }
      writer.appendWhole(value, context, decodes: true, inAttribute: true, label: label)
      context.role = .body
    }
  }

  private static let labelLimit = 1_024

  /// What the name of a `data-…` attribute says of its value.
  private mutating func label(of attribute: HTMLAttribute) -> [Unicode.Scalar] {
    if let known = labels[attribute.key.word] { return known }
    let label = ColumnLabels.label(ofAttribute: bytes.string(in: attribute.name))
    if labels.count < Self.labelLimit { labels[attribute.key.word] = label }
    return label
  }

  /// Its value is what stands on it.
  private func isButton(_ element: HTMLElement, _ said: Said) -> Bool {
    guard element != .button, let type = said.type else { return element == .button }
    return ["submit", "button", "reset", "image"].contains { bytes.equals($0, in: bytes.trimmed(type)) }
  }

  /// True for a `data-…` attribute whose name may say what its value is. Asked of every attribute, so by its bytes: most
  /// names hold none of these letters in a row.
  private func mayLabel(_ name: Range<Int>, _ value: Range<Int>) -> Bool {
    guard (8...48).contains(name.count), (6...512).contains(value.count),
      bytes.matches("data-", at: name.lowerBound)
    else { return false }
    for index in name.lowerBound + 5..<name.upperBound - 2 {
      let part: StaticString? =
        switch bytes[index] | 0x20 {
        case 0x61: "apikey"
        case 0x62: "birth"
        case 0x63: "card"
        case 0x64: "dob"
        case 0x69: "iban"
        case 0x6B: "key"
        case 0x6D: bytes[index + 1] | 0x20 == 0x6F ? "mobile" : "mail"
        case 0x70: bytes[index + 1] | 0x20 == 0x61 ? "pass" : "phone"
        case 0x73: bytes[index + 1] | 0x20 == 0x65 ? "secret" : "ssn"
        case 0x74: bytes[index + 1] | 0x20 == 0x65 ? "tel" : "token"
        default: nil
        }
      if let part, index + part.utf8CodeUnitCount <= name.upperBound, bytes.matches(part, at: index) {
        return true
      }
    }
    return false
  }

  /// A `data:` address of an image or font is cut after its header: what follows is no text. Of a picture with an Exif
  /// block the beginning stays, which tells what the block holds.
  private func withoutPayload(_ value: Range<Int>) -> Range<Int> {
    guard value.count > 64, bytes.matches("data:", at: value.lowerBound) else { return value }
    let kind = value.lowerBound + 5
    let isBinary =
      bytes.matches("image/", at: kind) || bytes.matches("font/", at: kind)
      || bytes.matches("audio/", at: kind)
      || bytes.matches("video/", at: kind) || bytes.matches("application/font", at: kind)
      || bytes.matches("application/x-font", at: kind)
    let comma = bytes.firstIndex(of: 0x2C, in: kind..<value.upperBound)
    guard isBinary, comma < value.upperBound, comma - kind >= 6, bytes.matches("base64", at: comma - 6) else {
      return value
    }
    let head = comma + 1..<min(value.upperBound, comma + 1 + 96)
    let hasExif = Self.exifMarks.contains { mark in
      head.contains { bytes[$0] == mark.utf8Start[0] && bytes.isExactly(mark, at: $0) }
    }
    return value.lowerBound..<(hasExif ? min(value.upperBound, comma + 1 + Self.exifLetters) : comma + 1)
  }

  /// "Exif" and two zeroes in base64, at each of the three places that they may have in it.
  private static let exifMarks: [StaticString] = ["RXhpZgAA", "FeGlmAA", "V4aWYAA"]

  /// Letters of base64 in which the first directory of an Exif block stands.
  private static let exifLetters = 1_024

  /// Prepares for the characters that a raw element holds.
  private mutating func rawText(
    _ element: HTMLElement, _ token: HTMLToken, _ said: Said, _ context: HTMLContext
  ) {
    guard tokenizer.model != .data else { return }
    rawContext = context
    rawKind = .whole
    switch element {
    case .title:
      rawKind = .title
      rawContext.role = .headline
      rawContext.channel = context.channel == .text ? .metadata : context.channel
    case .textarea:
      rawKind = .text
      rawContext.isPreformatted = true
    case .script:
      rawContext.channel = .script
      rawContext.visibility = .hidden
      rawContext.path = paths.general("script", &writer.batch.names)
      if let type = said.type, bytes.matches("application/ld+json", at: bytes.trimmed(type).lowerBound) {
        rawKind = .jsonLD
        rawContext.channel = .jsonLD
      }
    case .style:
      rawContext.channel = .style
      rawContext.visibility = .hidden
      rawContext.path = paths.general("style", &writer.batch.names)
      // The rules of a shadow tree are for that tree.
      if context.channel == .text, !open.isOpen(.template),
        HTMLStyleSheet.isForScreens(tokenizer.attributes, bytes)
      {
        rawKind = .sheet
      }
    case .xmp:
      rawKind = .text
      rawContext.role = .code
      rawContext.isPreformatted = true
    case .plaintext: break
    default:
      rawKind = .text
      rawContext.visibility = .hidden
    }
  }

  /// A `<frameset>` takes the page over when nothing that counts came before it; its text is never shown.
  private mutating func noteFrameset(_ element: HTMLElement, _ traits: HTMLTraits, _ said: Said) {
    guard outer == nil else { return }
    if element == .frameset, allowsFrameset {
      isFrameset = true
    } else if allowsFrameset {
      if traits.contains(.content) || element == .body || (element == .input && !said.isHiddenInput) {
        allowsFrameset = false
      }
    }
  }
}

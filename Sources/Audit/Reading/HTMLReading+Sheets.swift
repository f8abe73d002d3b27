import AuditCore

/// What the page's own style rules and its structure say about who sees a text.
extension HTMLReading {
  /// Reads the `<style>` whose rules stand in `range`.
  mutating func read(sheetIn range: Range<Int>) {
    guard !knowsSheets else { return }
    let hidden = sheet.add(range, of: bytes)
    sheetRanges.append(range)
    classes.removeAll()
    guard !hidden.isEmpty, bytes.count <= HTMLReader.wholePageBytes else { return }
    // Most sheets stand in the head. One that hides what was read already is known only now.
    if hidden.count > Self.soughtNames, open.isOpen(.body) || !writer.batch.blocks.isEmpty {
      sheetComesLate = true
    } else if stands(oneOf: hidden, before: range.lowerBound) {
      sheetComesLate = true
    }
  }

  /// All sheets of the page, for reading it again.
  func wholeSheet(_ syntax: HTMLSyntax) -> HTMLStyleSheet {
    HTMLStyleSheet(allOf: bytes, syntax, known: sheet, of: sheetRanges)
  }

  /// Gives the strings of `content:` declarations with at least two words: text that a browser shows around elements.
  mutating func contents(in range: Range<Int>, _ context: HTMLContext) {
    var context = context
    context.channel = .attribute
    context.path = paths.general("style/content", &writer.batch.names)
    var at = range.lowerBound
    while at < range.upperBound {
      at = bytes.firstIndex(of: 0x63, in: at..<range.upperBound)
      guard at < range.upperBound else { return }
      guard at + 1 < range.upperBound, bytes[at + 1] | 0x20 == 0x6F, bytes.matches("content", at: at) else {
        at += 1
        continue
      }
      at += 7
      while at < range.upperBound, bytes[at].isHTMLSpace || bytes[at] == 0x3A { at += 1 }
      guard at < range.upperBound, bytes[at] == 0x22 || bytes[at] == 0x27 else { continue }
      let quote = bytes[at]
      let start = at + 1
      var hasSpace = false
      at = start
      while at < range.upperBound, bytes[at] != quote, bytes[at] != 0x0A {
        if bytes[at] == 0x20 { hasSpace = true }
        at += bytes[at] == 0x5C ? 2 : 1
      }
      let end = min(at, range.upperBound)
      if hasSpace, end - start >= 8 { writer.appendWhole(start..<end, context, decodes: false) }
      at = end + 1
    }
  }

  /// More names are not looked for, and the page is read again.
  private static let soughtNames = 64

  /// Whether one of `names` (at most `soughtNames`) stands in the page before `end`, where it can be a class, an id or an
  /// element's name: behind white space, a quotation mark, "=" or "<", and not as the `.name` of a sheet.
  private func stands(oneOf names: [[UInt8]], before end: Int) -> Bool {
    guard open.isOpen(.body) || !writer.batch.blocks.isEmpty else { return false }
    // Bit 0 of a byte: a name begins with it; bit 1: it may stand before a name.
    var classes = [UInt8](repeating: 0, count: 256)
    for name in names { if let first = name.first { classes[Int(first)] = 1 } }
    for byte: UInt8 in [0x22, 0x27, 0x3D, 0x3C, 0x20, 0x0A, 0x09, 0x0D, 0x0C] { classes[Int(byte)] |= 2 }
    return classes.withUnsafeBufferPointer { classes in
      var before: UInt8 = 0
      for at in 0..<end {
        let own = classes[Int(bytes[at])]
        if own & before & 1 == 1, names.contains(where: { stands($0, at: at, before: end) }) { return true }
        before = own &>> 1
      }
      return false
    }
  }

  private func stands(_ name: [UInt8], at start: Int, before end: Int) -> Bool {
    guard start < end - name.count else { return false }
    for (index, byte) in name.enumerated() where bytes[start + index] != byte { return false }
    return true
  }

  /// What `style` hides of the text, and what it shows of what is hidden around it.
  func veil(_ context: inout HTMLContext, by style: HTMLStyle) -> (veils: HTMLVeils, lifted: HTMLVeils) {
    var veils = style.veils
    var lifted = style.lifted
    if style.said.contains(.background), style.background != .behind, style.background != .transparent {
      context.ground = style.background
    }
    if style.said.contains(.colour), style.colour != .behind { context.ink = style.colour }
    let hasColour = style.said.contains(.colour)
    if hasColour || context.veils.contains(.ground) && style.said.contains(.background) {
      let ground = context.ground == .page && !hasOuterSheet ? .white : context.ground
      if context.ink.isLike(ground) { veils.insert(.ground) } else { lifted.insert(.ground) }
    }
    if !lifted.isEmpty || !veils.isEmpty {
      context.veils = context.veils.subtracting(lifted).union(veils)
    }
    return (veils, lifted)
  }

  /// The `<summary>` of a closed `<details>` is seen.
  func openSummary(_ context: inout HTMLContext) {
    guard context.standing == .collapsed, open.elements.last?.element == .details else { return }
    context.standing =
      open.elements.count > 1 ? open.elements[open.elements.count - 2].context.standing : .visible
  }
}

import AuditCore

/// What the page's own style rules and its structure say about who sees a text.
extension HTMLReading {
  /// Reads the `<style>` whose rules stand in `range`.
  mutating func read(sheetIn range: Range<Int>) {
    guard !knowsSheets else { return }
    let hidden = sheet.add(range, of: bytes)
    guard !hidden.isEmpty, bytes.count <= HTMLReader.wholePageBytes else { return }
    // Most sheets stand in the head. One that hides what was read already is known only now.
    if hidden.count > Self.soughtNames, open.isOpen(.body) || !writer.batch.blocks.isEmpty {
      sheetComesLate = true
    } else if hidden.contains(where: { stands($0, before: range.lowerBound) }) {
      sheetComesLate = true
    }
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
      guard bytes.matches("content", at: at) else {
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

  /// Whether `name` stands in the body of the page before `end`.
  private func stands(_ name: [UInt8], before end: Int) -> Bool {
    guard open.isOpen(.body) || !writer.batch.blocks.isEmpty else { return false }
    var at = 0
    let last = end - name.count
    while at < last {
      at = bytes.firstIndex(of: name[0], in: at..<last)
      guard at < last else { return false }
      var length = 1
      while length < name.count, bytes[at + length] == name[length] { length += 1 }
      if length == name.count, isInMarkup(at) { return true }
      at += 1
    }
    return false
  }

  /// Whether the quotation mark or letter before `at` lets it be a class, an id or an element's name: not `.name` of
  /// the sheet itself.
  private func isInMarkup(_ at: Int) -> Bool {
    guard at > 0 else { return false }
    let before = bytes[at - 1]
    return before == 0x22 || before == 0x27 || before == 0x3D || before == 0x3C || before.isHTMLSpace
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

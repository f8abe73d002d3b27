import AuditCore

/// The elements that are open, with implied ends (WHATWG HTML, 13.2.6), as far as they decide what text
/// inherits.
///
/// No tree is built. Depth and the steps spent in searches are bounded, so hostile nesting costs linear time.
struct HTMLOpenElements {
  /// Elements nested deeper are read, but inherit from the element at this depth.
  var depthLimit = Limits().htmlDepth

  private(set) var elements: [HTMLOpenElement] = []
  /// Open elements beyond the limit.
  private(set) var overflow = 0
  private(set) var hasOverflowed = false
  /// Open elements by kind, so that most searches need not begin.
  private var counts = [Int32](repeating: 0, count: 256)
  /// Steps that searches may still take.
  private var budget: Int
  /// Given below the first element.
  private let ground: HTMLContext

  init(ground: HTMLContext, byteCount: Int) {
    self.ground = ground
    budget = 4_096 + 16 * byteCount
  }

  var context: HTMLContext { elements.last?.context ?? ground }
  var count: Int { elements.count }
  /// Whether the next start tag is read as svg or math.
  var isForeign: Bool { elements.last.map { $0.namespace != .html && !$0.holdsHTML } ?? false }

  func isOpen(_ element: HTMLElement) -> Bool { counts[Self.index(element)] > 0 }

  @inline(__always) private static func index(_ element: HTMLElement) -> Int { Int(element.rawValue) }

  mutating func push(_ element: HTMLOpenElement) {
    guard elements.count < depthLimit else {
      overflow += 1
      hasOverflowed = true
      return
    }
    elements.append(element)
    counts[Self.index(element.element)] += 1
  }

  mutating func pop() {
    guard let last = elements.last?.element else { return }
    elements.removeLast()
    counts[Self.index(last)] -= 1
  }

  /// Gives the innermost element a shadow tree; false when it has one. Without a slot what it holds itself is hidden.
  mutating func becomeHost(hasSlot: Bool) -> Bool {
    guard let last = elements.indices.last, !elements[last].isHost else { return false }
    elements[last].isHost = true
    if !hasSlot { elements[last].context.standing = .hidden }
    return true
  }

  private mutating func pop(to count: Int) {
    while elements.count > count { pop() }
  }

  /// Takes the element at `index` away and lets those above inherit from below it.
  private mutating func remove(at index: Int) {
    counts[Self.index(elements[index].element)] -= 1
    let removed = elements.remove(at: index)
    guard index < elements.count else { return }
    let below = index > 0 ? elements[index - 1].context : ground
    var standing = below.standing
    var veils = below.veils
    for above in index..<elements.count {
      if elements[above].hides { standing = .hidden }
      veils = veils.subtracting(elements[above].lifted).union(elements[above].veils)
      elements[above].context.standing = standing
      elements[above].context.veils = veils
      if removed.element == .a { elements[above].context.isLink = false }
      if removed.element == .code { elements[above].context.isCode = below.isCode }
    }
  }

  /// The nearest open element for which `matches` says yes, unless `stops` says yes before.
  @inline(__always)
  private mutating func nearest(
    _ matches: (HTMLOpenElement) -> Bool, stoppingAt stops: (HTMLOpenElement) -> Bool
  ) -> Int? {
    var index = elements.count - 1
    while index >= 0, budget > 0 {
      budget -= 1
      if matches(elements[index]) { return index }
      if stops(elements[index]) { return nil }
      index -= 1
    }
    return nil
  }

  private mutating func close(_ element: HTMLElement, stoppingAt stops: (HTMLOpenElement) -> Bool) {
    guard isOpen(element) else { return }
    if let index = nearest({ $0.isHTML(element) }, stoppingAt: stops) { pop(to: index) }
  }

  /// Pops to just above the nearest of `contexts` inside the current table.
  private mutating func clear(to contexts: [HTMLElement]) {
    guard isOpen(.table) else { return }
    if let index = nearest(
      { $0.namespace == .html && contexts.contains($0.element) }, stoppingAt: { _ in false })
    {
      pop(to: index + 1)
    }
  }

  /// Ends what a start tag of `element` ends by itself.
  mutating func closeImplied(by element: HTMLElement, _ traits: HTMLTraits) {
    guard overflow == 0 else { return }
    if traits.contains(.closesParagraph) {
      close(.p) { $0.traits.contains(.scope) || $0.element == .button }
    }
    switch element {
    case .h1, .h2, .h3, .h4, .h5, .h6:
      if let last = elements.last, last.element.isHeading { pop() }
    case .li:
      close(.li) { $0.traits.contains(.special) && ![.address, .div, .p].contains($0.element) }
    case .dd, .dt:
      if isOpen(.dd) || isOpen(.dt),
        let index = nearest(
          { $0.isHTML(.dd) || $0.isHTML(.dt) },
          stoppingAt: {
            $0.traits.contains(.special) && ![.address, .div, .p].contains($0.element)
          })
      {
        pop(to: index)
      }
    case .option, .optgroup:
      close(.option) { $0.traits.contains(.special) || $0.element == .optgroup }
      if element == .optgroup { close(.optgroup) { $0.traits.contains(.special) } }
    case .td, .th: clear(to: [.tr, .table, .template])
    case .tr: clear(to: [.tbody, .thead, .tfoot, .table, .template])
    case .tbody, .thead, .tfoot, .caption, .colgroup, .col: clear(to: [.table, .template])
    case .button: close(.button) { $0.traits.contains(.scope) }
    case .select: close(.select) { $0.traits.contains(.scope) }
    case .a:
      if isOpen(.a), let index = nearest({ $0.isHTML(.a) }, stoppingAt: { $0.traits.contains(.scope) }) {
        remove(at: index)
      }
    case .rb, .rt, .rtc, .rp:
      if let last = elements.last, [.rb, .rt, .rp].contains(last.element) { pop() }
    default: break
    }
  }

  /// Leaves svg and math for an HTML element that cannot stand in them.
  mutating func leaveForeign() {
    while let last = elements.last, last.namespace != .html, !last.holdsHTML { pop() }
  }

  /// Ends what an end tag ends. True when the end of a block was found.
  mutating func close(_ element: HTMLElement, _ traits: HTMLTraits, key: HTMLNameKey) {
    if overflow > 0 {
      overflow -= 1
      return
    }
    guard let last = elements.last else { return }
    if last.key == key {
      pop()
      return
    }
    guard isOpen(element) else { return }
    if last.namespace != .html, !last.holdsHTML {
      if let index = nearest({ $0.key == key }, stoppingAt: { $0.namespace == .html }) {
        return pop(to: index)
      }
    }
    switch element {
    case .html, .body: return
    case .table, .tbody, .thead, .tfoot, .tr:
      if let index = nearest(
        { $0.isHTML(element) }, stoppingAt: { $0.isHTML(.table) || $0.element == .template })
      {
        pop(to: index)
      } else if element == .table,
        let index = nearest({ $0.isHTML(.table) }, stoppingAt: { $0.element == .template })
      {
        pop(to: index)
      }
    case .td, .th, .caption:
      close(element) { $0.isHTML(.table) || $0.element == .template }
    case .h1, .h2, .h3, .h4, .h5, .h6:
      if let index = nearest({ $0.element.isHeading }, stoppingAt: { $0.traits.contains(.scope) }) {
        pop(to: index)
      }
    case .template: close(.template) { _ in false }
    case .form:
      if let index = nearest({ $0.isHTML(.form) }, stoppingAt: { $0.traits.contains(.scope) }) {
        remove(at: index)
      }
    case .p: close(.p) { $0.traits.contains(.scope) || $0.element == .button }
    case .li: close(.li) { $0.traits.contains(.scope) || $0.element == .ul || $0.element == .ol }
    default:
      if traits.contains(.formatting) {
        guard let index = nearest({ $0.key == key }, stoppingAt: { $0.traits.contains(.scope) }) else {
          return
        }
        let isBelowBlock = elements[(index + 1)...].contains { $0.traits.contains(.special) }
        if isBelowBlock { remove(at: index) } else { pop(to: index) }
      } else if traits.contains(.special) {
        close(element) { $0.traits.contains(.scope) }
      } else if let index = nearest({ $0.key == key }, stoppingAt: { $0.traits.contains(.special) }) {
        pop(to: index)
      }
    }
  }
}

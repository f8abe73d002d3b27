import AuditCore

/// Decides which blocks are the text of a page, once the whole page is known.
///
/// Long runs of text with few links are good. Elements that speak of navigation, comments, captions or
/// authors fall away, unless most good text stands in them. Of the rest, the article's own container, or the
/// smallest element that still holds nine tenths of the good text, is the main part; inside it, lists and
/// boxes made of links fall away. When too little is left, the demands are lowered step by step. Numbers were
/// fitted on the trafilatura evaluation pages and checked on WCXB.
struct HTMLMainText {
  /// Characters that make a run of text good, and the share of links that it may have.
  private static let goodText: Int32 = 80
  private static let goodLinkShare: Float = 0.4
  /// An element that speaks of boilerplate is believed when it holds less than this share of the good text.
  private static let believedShare: Float = 0.3
  private static let containerShare: Float = 0.5
  private static let descentShare: Float = 0.9
  private static let linkBoxShare: Float = 0.6
  /// Less text than this is not believed to be all.
  private static let enough: Float = 400
  /// Less text than this is no reason to lower the demands.
  private static let little: Float = 120

  private let nodes: [HTMLOutline.Node]
  private let standings: [HTMLOutline.Standing]
  /// Characters in each element and below it: all, in links, good.
  private var text: [Float]
  private var links: [Float]
  private var good: [Float]
  private var ownGood: [Float]
  /// By node: its first child, and the next child of its parent; 0 for none.
  private var firstChild: [Int32]
  private var nextChild: [Int32]
  private var holdsHeadline: [Bool]
  private var isComment: [Bool]

  /// The region of every block, in the order of `standings`. Linear in nodes and blocks.
  static func regions(_ outline: HTMLOutline, _ standings: [HTMLOutline.Standing]) -> [Region] {
    let page = HTMLMainText(outline.nodes, standings)
    let (kept, believesComments) = page.decide()
    return standings.indices.map { index in
      if kept[index] { return .main }
      return believesComments && page.isComment[Int(standings[index].node)] ? .userComment : .boilerplate
    }
  }

  private init(_ nodes: [HTMLOutline.Node], _ standings: [HTMLOutline.Standing]) {
    self.nodes = nodes
    self.standings = standings
    let count = nodes.count
    text = [Float](repeating: 0, count: count)
    links = text
    ownGood = text
    holdsHeadline = [Bool](repeating: false, count: count)
    isComment = holdsHeadline
    firstChild = [Int32](repeating: 0, count: count)
    nextChild = firstChild
    for standing in standings where standing.text > 0 {
      let node = Int(standing.node)
      text[node] += Float(standing.text)
      links[node] += Float(standing.links)
      let own = standing.text - standing.links
      let isHeading = standing.role == .heading || standing.role == .headline
      if own >= Self.goodText, !isHeading, Float(standing.links) < Self.goodLinkShare * Float(standing.text) {
        ownGood[node] += Float(own)
      }
      if standing.role == .headline { holdsHeadline[node] = true }
    }
    good = ownGood
    for index in stride(from: count - 1, to: 0, by: -1) {
      let parent = Int(nodes[index].parent)
      text[parent] += text[index]
      links[parent] += links[index]
      good[parent] += good[index]
      nextChild[index] = firstChild[parent]
      firstChild[parent] = Int32(index)
      if holdsHeadline[index] { holdsHeadline[parent] = true }
    }
    for index in 1..<max(1, count) {
      let parent = Int(nodes[index].parent)
      isComment[index] = isComment[parent] || nodes[index].hints.contains(.comment)
    }
  }

  private func decide() -> (kept: [Bool], believesComments: Bool) {
    var inComments: Float = 0
    for index in nodes.indices where isComment[index] { inComments += ownGood[index] }
    // Where most text stands in comments the page is a forum, and they are its text.
    let isForum = inComments > good[0] - inComments
    var best = select(dropsComments: !isForum)
    let lowered: [(Bool, Bool, Bool, Bool)] = [
      (true, !isForum, false, true), (false, false, false, true), (false, false, false, false),
    ]
    for (boilerplate, comments, container, linkBoxes) in lowered where best.size < Self.enough {
      let next = select(
        dropsBoilerplate: boilerplate, dropsComments: comments, seeksContainer: container,
        dropsLinkBoxes: linkBoxes)
      if next.size > max(best.size * 1.5, Self.little) { best = next }
    }
    return (best.kept, !isForum)
  }

  private func select(
    dropsBoilerplate: Bool = true, dropsComments: Bool = true, seeksContainer: Bool = true,
    dropsLinkBoxes: Bool = true
  ) -> (kept: [Bool], size: Float) {
    var isDead = [Bool](repeating: false, count: nodes.count)
    for index in nodes.indices.dropFirst() {
      // A main element is what it says, even inside a frame that is called after its sidebar.
      let isSaved = nodes[index].hints.contains(.main)
      isDead[index] =
        (isDead[Int(nodes[index].parent)] && !isSaved)
        || fallsAway(index, dropsBoilerplate: dropsBoilerplate, dropsComments: dropsComments)
    }
    let main = seeksContainer ? container(isDead) : 0
    var isInside = [Bool](repeating: false, count: nodes.count)
    var isDropped = isDead
    for index in nodes.indices {
      let parent = Int(nodes[index].parent)
      isInside[index] = index == main || (index > 0 && isInside[parent])
      guard index > 0 else { continue }
      if isDropped[parent], !nodes[index].hints.contains(.main) {
        isDropped[index] = true
      } else if dropsLinkBoxes, isInside[index], index != main, nodes[index].element.isBox, text[index] > 0,
        links[index] > Self.linkBoxShare * text[index], good[index] < 200
      {
        isDropped[index] = true
      }
    }
    var kept = [Bool](repeating: false, count: standings.count)
    var size: Float = 0
    var lead: [Int] = []
    var hasBegun = false
    var hasHeadline = false
    for (index, standing) in standings.enumerated() where standing.text > 0 {
      let node = Int(standing.node)
      let isHeading = standing.role == .heading || standing.role == .headline
      let isInMain = isInside[node] && !isDropped[node]
      if isInMain { hasBegun = true }
      if isInMain, isHeading || Float(standing.links) <= 0.8 * Float(standing.text) {
        kept[index] = true
        size += Float(standing.text)
      }
      if standing.role == .headline {
        kept[index] = true
        if !hasBegun {
          hasHeadline = true
          lead = []
        }
      } else if !hasBegun, hasHeadline, !isDead[node], standing.text >= 60,
        Float(standing.links) < 0.3 * Float(standing.text)
      {
        lead.append(index)
      }
    }
    // A few sentences between the headline and the main part introduce it.
    if hasBegun, lead.count <= 4 { for index in lead { kept[index] = true } }
    return (kept, size)
  }

  private func fallsAway(_ index: Int, dropsBoilerplate: Bool, dropsComments: Bool) -> Bool {
    let node = nodes[index]
    let share = good[index] / max(1, good[0])
    if dropsComments, node.hints.contains(.comment) { return true }
    // A header may hold the headline, and a quotation of a post is called by the name of its network.
    let mayBeText = node.element == .blockquote || (node.element == .header && holdsHeadline[index])
    if dropsBoilerplate, node.hints.contains(.boilerplate), share < Self.believedShare, !mayBeText {
      return true
    }
    switch node.element {
    case .form: if share < Self.believedShare { return true }
    case .figcaption, .caption: return true
    default: break
    }
    if node.hints.contains(.caption), text[index] < 600 { return true }
    return node.hints.contains(.author) && text[index] < 1_000 && share < 0.2
  }

  /// The element that holds the main part.
  private func container(_ isDead: [Bool]) -> Int {
    var alive = ownGood
    for index in nodes.indices where isDead[index] { alive[index] = 0 }
    for index in stride(from: nodes.count - 1, to: 0, by: -1) {
      alive[Int(nodes[index].parent)] += alive[index]
    }
    var named: Int?
    for index in nodes.indices where nodes[index].hints.contains(.article) && !isDead[index] {
      guard alive[index] > 200, alive[index] >= Self.containerShare * alive[0] else { continue }
      if named.map({ alive[index] > alive[$0] }) ?? true { named = index }
    }
    if let named { return named }
    var current = 0
    while true {
      var top: Int?
      var child = Int(firstChild[current])
      while child > 0 {
        if !isDead[child], top.map({ alive[child] > alive[$0] }) ?? true { top = child }
        child = Int(nextChild[child])
      }
      guard let top, alive[top] > 0, alive[top] >= Self.descentShare * alive[current],
        !nodes[top].element.isLeaf
      else {
        return current
      }
      current = top
    }
  }
}

extension HTMLElement {
  /// An element that may be nothing but a box of links.
  fileprivate var isBox: Bool {
    switch self {
    case .ul, .ol, .div, .section, .table, .p, .dl, .tr, .li, .td, .aside, .form: true
    default: false
    }
  }

  /// An element that is text, not a part of a page.
  fileprivate var isLeaf: Bool {
    switch self {
    case .p, .li, .td, .blockquote, .pre: true
    default: false
    }
  }
}

import AuditCore

/// The block elements of a page and how much text stands in each: what tells the text of a page from what
/// surrounds it.
struct HTMLOutline {
  struct Node {
    let parent: Int32
    let element: HTMLElement
    let hints: HTMLHints
  }

  /// Where one block stands.
  struct Standing {
    let node: Int32
    /// Characters of visible running text; 0 for other blocks.
    var text: Int32 = 0
    /// Those of them in links.
    var links: Int32 = 0
    var role = Role.body

    init(node: Int32) { self.node = node }

    init(of flow: HTMLFlow, in bytes: HTMLBytes) {
      node = flow.context.node
      role = flow.context.role
      guard flow.context.channel == .text, flow.context.visibility.isShown else { return }
      var characters = 0
      for piece in flow.pieces {
        if piece.isVerbatim {
          for index in piece.start..<piece.start + piece.length where bytes[index] & 0xC0 != 0x80 {
            characters &+= 1
          }
        } else {
          characters &+= 1
        }
      }
      text = Int32(clamping: characters)
      links = Int32(clamping: flow.byteCount == 0 ? 0 : characters * flow.linkBytes / flow.byteCount)
    }
  }

  /// In document order, a parent before its children. The first stands for the document.
  private(set) var nodes = [Node(parent: -1, element: .html, hints: [])]

  mutating func append(_ element: HTMLElement, under parent: Int32, hints: HTMLHints) -> Int32 {
    nodes.append(Node(parent: parent, element: element, hints: hints))
    return Int32(nodes.count - 1)
  }
}

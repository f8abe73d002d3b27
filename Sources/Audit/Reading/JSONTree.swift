/// The values of one JSON record, by their places in the document; strings stay where they are.
///
/// Numbers and words that hold no more than five characters, and empty strings, have no node: nothing is looked for
/// in them. Bounds: `nodeLimit` nodes; the reader empties the tree when it is full.
struct JSONTree {
  /// Nodes at which a record is handed over in parts, so that memory follows this number and not the record.
  static let nodeLimit = 400_000

  enum Kind: UInt8 { case object, array, string, scalar }

  struct Node {
    var keyStart: UInt32 = 0
    var keyEnd: UInt32 = 0
    /// Content of a string without its quotes; first byte of a container.
    var start: UInt32 = 0
    var end: UInt32 = 0
    var parent: Int32 = -1
    var firstChild: Int32 = -1
    var lastChild: Int32 = -1
    var next: Int32 = -1
    /// Place in the array that holds it.
    var ordinal: UInt32 = 0
    var kind = Kind.scalar
    var hasEscapes = false

    /// Empty for a container that its record does not end.
    var range: Range<Int> { Int(start)..<Int(max(start, end)) }
    var key: Range<Int> { Int(keyStart)..<Int(keyEnd) }
    var isContainer: Bool { kind == .object || kind == .array }
  }

  var nodes: [Node] = []

  var isFull: Bool { nodes.count >= Self.nodeLimit }

  mutating func append(_ node: Node) -> Int {
    let index = nodes.count
    nodes.append(node)
    let parent = Int(node.parent)
    if parent >= 0 {
      if nodes[parent].firstChild < 0 {
        nodes[parent].firstChild = Int32(index)
      } else {
        nodes[Int(nodes[parent].lastChild)].next = Int32(index)
      }
      nodes[parent].lastChild = Int32(index)
    }
    return index
  }

  /// Forgets everything but the open containers, whose new places it gives in the order of `open`.
  mutating func keepOnly(_ open: [Int]) -> [Int] {
    var kept: [Node] = []
    for (place, index) in open.enumerated() {
      var node = nodes[index]
      node.parent = Int32(place - 1)
      node.firstChild = -1
      node.lastChild = -1
      node.next = -1
      if place > 0 {
        kept[place - 1].firstChild = Int32(place)
        kept[place - 1].lastChild = Int32(place)
      }
      kept.append(node)
    }
    nodes = kept
    return Array(open.indices)
  }

  /// The children of `index`, in order.
  func forEachChild(of index: Int, _ body: (Int) -> Void) {
    var child = Int(nodes[index].firstChild)
    while child >= 0 {
      body(child)
      child = Int(nodes[child].next)
    }
  }

  /// The first child named `name`; nil when there is none. Looks at the first 64 children only.
  func child(_ name: StaticString, of index: Int, in bytes: TextBytes) -> Int? {
    var child = Int(nodes[index].firstChild)
    var looked = 0
    while child >= 0, looked < 64 {
      let key = nodes[child].key
      if key.count == name.utf8CodeUnitCount,
        bytes.starts(with: name, at: key.lowerBound, before: key.upperBound)
      {
        return child
      }
      child = Int(nodes[child].next)
      looked += 1
    }
    return nil
  }
}

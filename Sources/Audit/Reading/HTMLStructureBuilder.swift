import AuditCore
import CLibXML

/// Puts a libxml2 tree together from tokens. Owns nothing after `build`: the caller frees `tree`.
struct StructureBuilder {
  private(set) var tree: UnsafeMutablePointer<xmlDoc>?
  private(set) var places: [Range<Int>] = []
  private(set) var isPartial = false

  private typealias Node = UnsafeMutablePointer<xmlNode>

  private var open: HTMLOpenElements
  /// The nodes of open elements, by `HTMLOpenElement.mark`.
  private var nodes: [Node] = []
  private var root: Node?
  private var head: Node?
  private var body: Node?
  private let vocabulary = HTMLVocabulary.standard
  private var buffer: [UInt8] = []

  private let syntax: HTMLSyntax

  init(_ bytes: HTMLBytes, _ syntax: HTMLSyntax) {
    self.syntax = syntax
    open = HTMLOpenElements(ground: HTMLContext(), byteCount: bytes.count)
  }

  /// False when memory is short or there are too many nodes.
  mutating func build(_ document: [UInt8]) -> Bool {
    _ = StructureLibrary.isReady
    guard let tree = xmlNewDoc("1.0") else { return false }
    tree.pointee.dict = xmlDictCreate()
    guard let root = xmlNewDocNode(tree, nil, "html", nil) else {
      xmlFreeDoc(tree)
      return false
    }
    xmlDocSetRootElement(tree, root)
    self.root = root
    nodes = [root]
    let isWhole = document.withUnsafeBufferPointer { read($0, into: tree) }
    guard isWhole else {
      xmlFreeDoc(tree)
      return false
    }
    if open.hasOverflowed { isPartial = true }
    self.tree = tree
    return true
  }

  private mutating func read(_ bytes: HTMLBytes, into tree: UnsafeMutablePointer<xmlDoc>) -> Bool {
    var tokenizer = HTMLTokenizer(bytes)
    tokenizer.syntax = syntax
    while true {
      tokenizer.isForeign = open.isForeign
      let token = tokenizer.next()
      switch token.kind {
      case .end:
        if tokenizer.droppedAttributes > 0 { isPartial = true }
        return true
      case .text: text(token, bytes, tree)
      case .startTag: startTag(token, &tokenizer, bytes, tree)
      case .endTag:
        let (element, traits) = vocabulary.element(token.key, in: bytes, token.content)
        if !traits.contains(.void) { open.close(element, traits, key: token.key) }
      case .comment, .doctype, .unfinished: break
      }
      if places.count > StructureTree.nodeLimit { return false }
    }
  }

  private mutating func startTag(
    _ token: HTMLToken, _ tokenizer: inout HTMLTokenizer, _ bytes: HTMLBytes,
    _ tree: UnsafeMutablePointer<xmlDoc>
  ) {
    var (element, traits) = vocabulary.element(token.key, in: bytes, token.content)
    var namespace: HTMLNamespace = element == .svg ? .svg : element == .math ? .math : .html
    var holdsHTML = false
    if open.isForeign, element.leavesForeign { open.leaveForeign() }
    if open.isForeign {
      tokenizer.model = .data
      namespace = open.elements.last?.namespace ?? .html
      holdsHTML =
        namespace == .svg
        ? [.foreignObject, .desc, .title].contains(element)
        : [.mi, .mo, .mn, .ms, .mtext].contains(element)
      traits = holdsHTML ? [.special, .scope] : []
    } else {
      open.closeImplied(by: element, traits)
    }
    let place = token.start..<token.end
    if namespace == .html {
      switch element {
      case .html: return describe(root, tokenizer, bytes, place)
      case .head:
        if head == nil, body == nil { head = make("head", under: root, tree) }
        describe(head, tokenizer, bytes, place)
        return
      case .body:
        makeBody(tree)
        describe(body, tokenizer, bytes, place)
        return
      case .tr: imply(.tbody, when: [.table], tree)
      case .td, .th:
        imply(.tbody, when: [.table], tree)
        imply(.tr, when: [.tbody, .thead, .tfoot], tree)
      case .image: element = .img
      default: break
      }
    }
    guard let parent = parent(of: element, tree),
      // Outside drawings <image> is read as <img>.
      let node = element == .img
        ? make("img", under: parent, tree) : make(named: token, bytes, under: parent, tree)
    else {
      isPartial = true
      return
    }
    describe(node, tokenizer, bytes, place)
    guard !traits.contains(.void),
      !token.isSelfClosing || (namespace == .html && !tokenizer.closesItself(token.key))
    else { return }
    push(node, element, traits, token.key, namespace, holdsHTML: holdsHTML)
  }

  private mutating func push(
    _ node: Node, _ element: HTMLElement, _ traits: HTMLTraits, _ key: HTMLNameKey,
    _ namespace: HTMLNamespace,
    holdsHTML: Bool = false
  ) {
    if open.elements.isEmpty { nodes.removeAll(keepingCapacity: true) }
    nodes.append(node)
    open.push(
      HTMLOpenElement(
        key: key, context: HTMLContext(), mark: nodes.count - 1, element: element, traits: traits,
        namespace: namespace, holdsHTML: holdsHTML, hides: false))
  }

  /// Opens a table part that the page leaves out.
  private mutating func imply(
    _ element: HTMLElement, when tops: [HTMLElement], _ tree: UnsafeMutablePointer<xmlDoc>
  ) {
    guard let last = open.elements.last, last.namespace == .html, tops.contains(last.element),
      open.overflow == 0,
      let node = make(element.name, under: nodes[last.mark], tree)
    else { return }
    let key: HTMLNameKey = element == .tbody ? HTMLNameKey("tbody") : HTMLNameKey("tr")
    push(node, element, element.traits, key, .html)
  }

  /// The node under which `element` belongs now; head and body are made when they are needed.
  private mutating func parent(of element: HTMLElement, _ tree: UnsafeMutablePointer<xmlDoc>) -> Node? {
    if let last = open.elements.last { return nodes[last.mark] }
    if body == nil {
      switch element {
      case .title, .meta, .link, .base, .style, .script, .noscript, .template, .basefont, .bgsound:
        if head == nil { head = make("head", under: root, tree) }
        return head
      case .frameset: return root
      default: makeBody(tree)
      }
    }
    return body
  }

  private mutating func makeBody(_ tree: UnsafeMutablePointer<xmlDoc>) {
    if body == nil { body = make("body", under: root, tree) }
  }

  private func make(_ name: String, under parent: Node?, _ tree: UnsafeMutablePointer<xmlDoc>) -> Node? {
    guard let parent, let node = xmlNewDocNode(tree, nil, name, nil) else { return nil }
    Self.link(node, under: parent)
    return node
  }

  private mutating func make(
    named token: HTMLToken, _ bytes: HTMLBytes, under parent: Node, _ tree: UnsafeMutablePointer<xmlDoc>
  ) -> Node? {
    name(token.content, bytes)
    guard let node = buffer.withUnsafeBufferPointer({ xmlNewDocNode(tree, nil, $0.baseAddress, nil) }) else {
      return nil
    }
    Self.link(node, under: parent)
    return node
  }

  /// Fills `buffer` with a name in lower case, ended by NUL; anything but letters, digits and -_.: becomes
  /// "_".
  private mutating func name(_ range: Range<Int>, _ bytes: HTMLBytes) {
    buffer.removeAll(keepingCapacity: true)
    for byte in bytes[range].prefix(128) {
      let isPlain = byte.isASCIIAlphanumeric || byte == 0x2D || byte == 0x5F || byte == 0x2E || byte == 0x3A
      buffer.append(isPlain ? byte.asciiLower : 0x5F)
    }
    buffer.append(0)
  }

  /// Appends `node` as it is; `xmlAddChild` would join texts, at quadratic cost.
  private static func link(_ node: Node, under parent: Node) {
    node.pointee.parent = parent
    if let last = parent.pointee.last {
      last.pointee.next = node
      node.pointee.prev = last
    } else {
      parent.pointee.children = node
    }
    parent.pointee.last = node
  }

  /// Gives `node` its place and attributes, unless it has them.
  private mutating func describe(
    _ node: Node?, _ tokenizer: HTMLTokenizer, _ bytes: HTMLBytes, _ place: Range<Int>
  ) {
    guard let node else { return }
    let mayHaveThem = node.pointee.properties != nil
    if node.pointee._private == nil { node.pointee._private = mark(place) }
    var count = 0
    for attribute in tokenizer.attributes where !attribute.isDuplicate {
      // Such a name cannot be asked for in XPath.
      guard let first = bytes[attribute.name].first, first.isASCIILetter || first == 0x5F,
        bytes[attribute.name].allSatisfy({ $0.isASCIIAlphanumeric || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E })
      else { continue }
      count += 1
      guard count <= StructureTree.attributeLimit else {
        isPartial = true
        return
      }
      name(attribute.name, bytes)
      let name = buffer
      value(attribute.value, bytes, decodes: true, inAttribute: true)
      let made = name.withUnsafeBufferPointer { name in
        buffer.withUnsafeBufferPointer { value -> UnsafeMutablePointer<xmlAttr>? in
          // A second html or body tag only adds what the first did not say.
          if mayHaveThem, xmlHasProp(node, name.baseAddress) != nil { return nil }
          return xmlNewProp(node, name.baseAddress, value.baseAddress)
        }
      }
      let end = attribute.value.isEmpty ? attribute.name.upperBound : attribute.value.upperBound
      let isQuoted =
        end < bytes.count && end > attribute.name.upperBound && (bytes[end] == 0x22 || bytes[end] == 0x27)
      made?.pointee._private = mark(attribute.name.lowerBound..<(isQuoted ? end + 1 : end))
    }
  }

  private mutating func mark(_ place: Range<Int>) -> UnsafeMutableRawPointer? {
    places.append(place)
    return UnsafeMutableRawPointer(bitPattern: places.count)
  }

  private mutating func text(_ token: HTMLToken, _ bytes: HTMLBytes, _ tree: UnsafeMutablePointer<xmlDoc>) {
    guard token.model == .data || token.model == .rcdata || token.model == .cdata || token.model == .plainText
    else {
      return
    }
    let isBlank = bytes.trimmed(token.content).isEmpty
    if isBlank, open.elements.isEmpty { return }
    if let last = open.elements.last, last.element == .script || last.element == .style { return }
    guard let parent = parent(of: .unknown, tree) else { return }
    value(token.content, bytes, decodes: token.model == .data || token.model == .rcdata, inAttribute: false)
    let node = buffer.withUnsafeBufferPointer { xmlNewDocText(tree, $0.baseAddress) }
    guard let node else { return }
    node.pointee._private = mark(token.start..<token.end)
    Self.link(node, under: parent)
  }

  /// Fills `buffer` with characters as valid UTF-8 without control characters, ended by NUL.
  private mutating func value(_ range: Range<Int>, _ bytes: HTMLBytes, decodes: Bool, inAttribute: Bool) {
    buffer.removeAll(keepingCapacity: true)
    var at = range.lowerBound
    var isASCII = true
    while at < range.upperBound {
      let byte = bytes[at]
      if byte == 0x26, decodes,
        let found = HTMLEntities.standard.reference(
          in: bytes, at: at, end: range.upperBound, inAttribute: inAttribute)
      {
        for value in [found.first, found.second] where value > 0x1F {
          if let scalar = Unicode.Scalar(value) { buffer += Array(String(Character(scalar)).utf8) }
        }
        at += found.length
        continue
      }
      if byte >= 0x80 { isASCII = false }
      if byte == 0 { buffer += [0xEF, 0xBF, 0xBD] } else { buffer.append(byte) }
      at += 1
    }
    if !isASCII { buffer = Array(String(decoding: buffer, as: UTF8.self).utf8) }
    buffer.append(0)
  }
}

/// libxml2 wants to be set up once before threads use it.
enum StructureLibrary {
  static let isReady: Bool = {
    xmlInitParser()
    return true
  }()
}

package import AuditCore
import CLibXML

/// Where an element or attribute that a structural rule asked for stands.
package struct StructureMatch: Hashable, Sendable {
  /// The start tag of the element, the attribute with its value, or the run of text.
  package let range: DocumentRange
  /// "p", "a/@href", "meta[og:title]", as `Block.path` spells it.
  package let path: String
}

/// Why a structural question has no answer.
package struct StructureError: Error, Hashable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    /// libxml2's words for what is wrong with the expression.
    case invalid(String)
    /// The expression gives a number or a text, which stand nowhere.
    case noPlace
    /// More steps than `StructureTree.operationLimit`.
    case tooExpensive
  }

  package let xpath: String
  package let reason: Reason

  package var description: String {
    switch reason {
    case .invalid(let words): "'\(xpath)' is no XPath 1.0 expression: \(words)"
    case .noPlace: "'\(xpath)' gives a number or a text; an expression that gives elements is needed"
    case .tooExpensive: "'\(xpath)' takes more than \(StructureTree.operationLimit) steps"
    }
  }
}

/// The elements of a page as a libxml2 tree, for rules that ask for structure. Built only when a rule asks.
///
/// libxml2 parses nothing: the tree is put together from the tokens of `HTMLTokenizer`, with implied ends as
/// `HTMLOpenElements` knows them, so that hostile markup cannot stop or mislead the parser and every node
/// knows its bytes. It has html, head and body elements even when the page does not write them; implied ones
/// have no place. Scripts, styles and comments are left out, their elements stay. Names are lower case. Not
/// thread-safe: one worker uses a tree.
package struct StructureTree: ~Copyable {
  /// Documents larger than this have no tree.
  package static let byteLimit = 12 << 20
  package static let nodeLimit = 4_000_000
  /// Attributes of one element that enter the tree; libxml2 appends each at a cost of their number.
  package static let attributeLimit = 256
  /// Steps of libxml2's XPath engine that one question may take.
  package static let operationLimit = 20_000_000

  private let tree: UnsafeMutablePointer<xmlDoc>
  /// Bytes of the nodes; `_private` of a node is its index here plus one.
  private let places: [Range<Int>]
  /// True when elements, attributes or nesting were beyond the limits, so the tree is not the whole page.
  package let isPartial: Bool

  /// nil when the document is larger than `limit` bytes, or memory is short.
  package init?(of document: Document, limit: Int = StructureTree.byteLimit) {
    guard document.bytes.count <= limit else { return nil }
    var builder = document.bytes.withUnsafeBufferPointer { StructureBuilder($0, HTMLSyntax(of: document)) }
    guard builder.build(document.bytes), let tree = builder.tree else { return nil }
    self.tree = tree
    places = builder.places
    isPartial = builder.isPartial
  }

  deinit { xmlFreeDoc(tree) }

  /// The elements, attributes or texts that `xpath` (XPath 1.0, names in lower case) selects, in document
  /// order, without implied elements. A condition that holds gives the html element.
  package borrowing func matches(xpath: String) throws(StructureError) -> [StructureMatch] {
    guard let context = xmlXPathNewContext(tree) else {
      throw StructureError(xpath: xpath, reason: .tooExpensive)
    }
    defer { xmlXPathFreeContext(context) }
    // Errors come back through `lastError`; without a handler they would be printed.
    context.pointee.error = { _, _ in }
    context.pointee.opLimit = UInt(Self.operationLimit)
    guard let result = xmlXPathEval(xpath, context) else {
      throw StructureError(xpath: xpath, reason: Self.reason(of: context))
    }
    defer { xmlXPathFreeObject(result) }
    switch result.pointee.type {
    case XPATH_NODESET:
      guard let set = result.pointee.nodesetval else { return [] }
      xmlXPathNodeSetSort(set)
      return (0..<Int(set.pointee.nodeNr)).compactMap { index in
        set.pointee.nodeTab[index].flatMap { match(of: $0) }
      }
    case XPATH_BOOLEAN:
      guard result.pointee.boolval != 0, let root = xmlDocGetRootElement(tree) else { return [] }
      return [match(of: root) ?? StructureMatch(range: DocumentRange(bytes: 0..<0), path: "html")]
    default:
      throw StructureError(xpath: xpath, reason: .noPlace)
    }
  }

  static func reason(of context: xmlXPathContextPtr) -> StructureError.Reason {
    let error = context.pointee.lastError
    if Int(error.code) == Int(XML_XPATH_EXPRESSION_OK.rawValue) + Int(XPATH_OP_LIMIT_EXCEEDED.rawValue) {
      return .tooExpensive
    }
    var words = error.message.map { String(cString: $0) } ?? "it cannot be read"
    while words.last?.isNewline ?? false { words.removeLast() }
    return .invalid(error.int1 > 0 ? "\(words) at character \(error.int1)" : words)
  }

  private borrowing func match(of node: UnsafeMutablePointer<xmlNode>) -> StructureMatch? {
    if node.pointee.type == XML_ATTRIBUTE_NODE {
      return UnsafeMutableRawPointer(node).withMemoryRebound(to: xmlAttr.self, capacity: 1) { attribute in
        let name = String(cString: attribute.pointee.name)
        let owner = attribute.pointee.parent.map { Self.path(of: $0) } ?? "*"
        return match(attribute.pointee._private, path: "\(owner)/@\(name)")
      }
    }
    if node.pointee.type == XML_TEXT_NODE {
      return match(node.pointee._private, path: node.pointee.parent.map { Self.path(of: $0) } ?? "html")
    }
    guard node.pointee.type == XML_ELEMENT_NODE else { return nil }
    return match(node.pointee._private, path: Self.path(of: node))
  }

  private borrowing func match(_ mark: UnsafeMutableRawPointer?, path: String) -> StructureMatch? {
    guard let mark else { return nil }
    let index = Int(bitPattern: mark) - 1
    guard places.indices.contains(index) else { return nil }
    return StructureMatch(range: DocumentRange(bytes: places[index]), path: path)
  }

  private static func path(of node: UnsafeMutablePointer<xmlNode>) -> String {
    let name = String(cString: node.pointee.name)
    guard name == "meta" else { return name }
    for key in ["name", "property", "itemprop", "http-equiv"] {
      guard let value = xmlGetNoNsProp(node, key) else { continue }
      // xmlFree is a global variable, which Swift 6 does not import as safe; the shim wraps it.
      defer { clibxml_free(value) }
      return "meta[\(String(cString: value).lowercased().prefix(64))]"
    }
    return name
  }
}

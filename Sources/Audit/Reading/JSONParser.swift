internal import AuditCore

/// A strict JSON parser on bytes (RFC 8259) that gives places, not values.
///
/// Two things of everyday files are let through: `NaN` and `Infinity`, which Python writes, and control characters in
/// strings, which are counted. Iterative: nesting costs a byte a level, never stack. Linear time.
struct JSONParser {
  /// Containers nested deeper keep the place of this depth.
  static let depthLimit = 256

  /// What is wrong, where.
  struct Failure: Error, Equatable {
    enum Reason: Equatable {
      case expectedValue, expectedKey, expectedColon, expectedCommaOrEnd, badNumber, badEscape, openString,
        openContainer
      case badLiteral
    }

    let reason: Reason
    let offset: Int
  }

  let bytes: TextBytes
  /// A record ends with its line.
  let isLine: Bool
  var tree = JSONTree()
  private(set) var controlCount = 0
  /// Open containers: 0x7B or 0x5B each.
  private var brackets: [UInt8] = []
  /// Their nodes, as far as `depthLimit`.
  private var open: [Int] = []
  /// Elements so far of the open containers of `open`.
  private var ordinals: [UInt32] = []

  init(_ bytes: TextBytes, isLine: Bool) {
    self.bytes = bytes
    self.isLine = isLine
  }

  /// Reads one value that begins at `start`; gives the place after it. `handOver` is called with the tree when it is
  /// full and at the end, also before a failure.
  mutating func value(at start: Int, before end: Int, _ handOver: (JSONTree) -> Void) throws(Failure) -> Int {
    tree.nodes.removeAll(keepingCapacity: true)
    brackets.removeAll(keepingCapacity: true)
    open.removeAll(keepingCapacity: true)
    ordinals.removeAll(keepingCapacity: true)
    var result = Result<Int, Failure>.success(start)
    do throws(Failure) {
      result = .success(try run(at: start, before: end, handOver))
    } catch {
      result = .failure(error)
    }
    if !tree.nodes.isEmpty { handOver(tree) }
    return try result.get()
  }

  private mutating func run(at start: Int, before end: Int, _ handOver: (JSONTree) -> Void) throws(Failure)
    -> Int
  {
    var at = start
    var key = 0..<0
    while true {
      at = space(at, end)
      guard at < end else {
        throw Failure(reason: brackets.isEmpty ? .expectedValue : .openContainer, offset: end)
      }
      var isComplete = true
      switch bytes[at] {
      case 0x7B, 0x5B:
        push(bytes[at], at: at, key: key)
        at = space(at + 1, end)
        let close: UInt8 = brackets.last == 0x7B ? 0x7D : 0x5D
        if at < end, bytes[at] == close {
          pop(at)
          at += 1
        } else {
          isComplete = false
        }
      case 0x22:
        let (content, hasEscapes) = try string(at, end)
        if !content.isEmpty {
          leaf(.string, content, key: key, hasEscapes: hasEscapes)
        } else {
          small(content, key: key)
        }
        at = content.upperBound + 1
      case 0x2D, 0x30...0x39:
        let number = try number(at, end)
        if number.count >= 6 {
          leaf(.scalar, number, key: key, hasEscapes: false)
        } else {
          small(number, key: key)
        }
        at = number.upperBound
      default:
        let start = at
        at = try literal(at, end)
        small(start..<at, key: key)
      }
      if tree.isFull {
        handOver(tree)
        open = tree.keepOnly(open)
      }
      if isComplete {
        // Up, until a container goes on.
        while true {
          guard let bracket = brackets.last else { return at }
          at = space(at, end)
          guard at < end else { throw Failure(reason: .openContainer, offset: end) }
          if bytes[at] == 0x2C {
            at += 1
            break
          }
          guard bytes[at] == (bracket == 0x7B ? 0x7D : 0x5D) else {
            throw Failure(reason: .expectedCommaOrEnd, offset: at)
          }
          pop(at)
          at += 1
        }
      }
      key = 0..<0
      if brackets.last == 0x7B {
        at = space(at, end)
        guard at < end else { throw Failure(reason: .openContainer, offset: end) }
        guard bytes[at] == 0x22 else { throw Failure(reason: .expectedKey, offset: at) }
        key = try string(at, end).content
        at = space(key.upperBound + 1, end)
        guard at < end, bytes[at] == 0x3A else { throw Failure(reason: .expectedColon, offset: min(at, end)) }
        at += 1
      }
    }
  }

  /// A value that says nothing by itself is only counted, unless its key is no plain name and may hold what values hold.
  private mutating func small(_ value: Range<Int>, key: Range<Int>) {
    var digits = 0
    let isPlain =
      key.count <= 128
      && key.allSatisfy { at in
        let byte = bytes[at]
        if ASCII.isDigit(byte) { digits += 1 }
        return ASCII.isLetter(byte) || ASCII.isDigit(byte) || byte == 0x5F || byte == 0x2D || byte == 0x2E
      }
    if isPlain && digits < 7 { count() } else { leaf(.scalar, value, key: key, hasEscapes: false) }
  }

  private mutating func push(_ bracket: UInt8, at place: Int, key: Range<Int>) {
    brackets.append(bracket)
    guard brackets.count <= Self.depthLimit else { return }
    var node = JSONTree.Node()
    node.kind = bracket == 0x7B ? .object : .array
    node.start = UInt32(place)
    note(&node, key)
    open.append(tree.append(node))
    ordinals.append(0)
  }

  private mutating func pop(_ place: Int) {
    if brackets.count <= Self.depthLimit, let last = open.popLast() {
      tree.nodes[last].end = UInt32(place + 1)
      ordinals.removeLast()
    }
    brackets.removeLast()
  }

  private mutating func leaf(_ kind: JSONTree.Kind, _ range: Range<Int>, key: Range<Int>, hasEscapes: Bool) {
    var node = JSONTree.Node()
    node.kind = kind
    node.start = UInt32(range.lowerBound)
    node.end = UInt32(range.upperBound)
    node.hasEscapes = hasEscapes
    note(&node, key)
    _ = tree.append(node)
  }

  private mutating func note(_ node: inout JSONTree.Node, _ key: Range<Int>) {
    node.keyStart = UInt32(key.lowerBound)
    node.keyEnd = UInt32(key.upperBound)
    if let parent = open.last {
      node.parent = Int32(parent)
      node.ordinal = ordinals[ordinals.count - 1]
      ordinals[ordinals.count - 1] += 1
    }
  }

  /// An element without a node.
  private mutating func count() {
    if let last = ordinals.indices.last { ordinals[last] += 1 }
  }

  @inline(__always) private func space(_ start: Int, _ end: Int) -> Int {
    var at = start
    while at < end, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
      at += 1
    }
    return at
  }

  /// The content of the string whose quote stands at `start`.
  private mutating func string(_ start: Int, _ end: Int) throws(Failure) -> (
    content: Range<Int>, hasEscapes: Bool
  ) {
    var at = start + 1
    var hasEscapes = false
    while at < end {
      let byte = bytes[at]
      if byte == 0x22 { return (start + 1..<at, hasEscapes) }
      if byte == 0x5C {
        hasEscapes = true
        at = try escape(at, end)
      } else {
        if byte < 0x20 {
          if isLine, byte == 0x0A { throw Failure(reason: .openString, offset: start) }
          controlCount += 1
        }
        at += 1
      }
    }
    throw Failure(reason: .openString, offset: start)
  }

  private func escape(_ at: Int, _ end: Int) throws(Failure) -> Int {
    guard at + 1 < end else { throw Failure(reason: .badEscape, offset: at) }
    switch bytes[at + 1] {
    case 0x22, 0x5C, 0x2F, 0x62, 0x66, 0x6E, 0x72, 0x74: return at + 2
    case 0x75:
      guard JSONEscape.unit(bytes, at, before: end) != nil else {
        throw Failure(reason: .badEscape, offset: at)
      }
      return at + 6
    default: throw Failure(reason: .badEscape, offset: at)
    }
  }

  private func number(_ start: Int, _ end: Int) throws(Failure) -> Range<Int> {
    var at = start
    func digits() -> Bool {
      let first = at
      while at < end, ASCII.isDigit(bytes[at]) { at += 1 }
      return at > first
    }
    if bytes[at] == 0x2D { at += 1 }
    if at < end, bytes[at] == 0x49, bytes.starts(with: "Infinity", at: at, before: end) {
      return start..<at + 8
    }
    let first = at
    guard digits(), bytes[first] != 0x30 || at == first + 1 else {
      throw Failure(reason: .badNumber, offset: start)
    }
    if at < end, bytes[at] == 0x2E {
      at += 1
      guard digits() else { throw Failure(reason: .badNumber, offset: start) }
    }
    if at < end, bytes[at] | 0x20 == 0x65 {
      at += 1
      if at < end, bytes[at] == 0x2B || bytes[at] == 0x2D { at += 1 }
      guard digits() else { throw Failure(reason: .badNumber, offset: start) }
    }
    return start..<at
  }

  private func literal(_ at: Int, _ end: Int) throws(Failure) -> Int {
    if bytes.starts(with: "true", at: at, before: end) || bytes.starts(with: "null", at: at, before: end) {
      return at + 4
    }
    if bytes.starts(with: "false", at: at, before: end) { return at + 5 }
    if bytes.starts(with: "NaN", at: at, before: end) { return at + 3 }
    if bytes.starts(with: "Infinity", at: at, before: end) { return at + 8 }
    throw Failure(reason: ASCII.isLetter(bytes[at]) ? .badLiteral : .expectedValue, offset: at)
  }
}

/// The escapes of JSON strings, as pieces.
enum JSONEscape {
  /// The UTF-16 unit of `\uXXXX` at `at`.
  static func unit(_ bytes: TextBytes, _ at: Int, before end: Int) -> UInt32? {
    guard at + 6 <= end, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { return nil }
    var value: UInt32 = 0
    for index in at + 2..<at + 6 {
      guard let digit = bytes[index].hexValue else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// The nearest place at or before `at` that is no middle of an escape or a surrogate pair; `lower` is such a place.
  static func boundary(_ bytes: TextBytes, _ at: Int, from lower: Int) -> Int {
    var at = at
    for back in 1...5 where at - back >= lower && bytes[at - back] == 0x5C {
      let slash = at - back
      var first = slash
      while first > lower, bytes[first - 1] == 0x5C { first -= 1 }
      // A backslash that an even number of others precedes begins an escape.
      if (slash - first) % 2 == 0, slash + (bytes[slash + 1] == 0x75 ? 6 : 2) > at { at = slash }
      break
    }
    if at - 6 >= lower, let low = unit(bytes, at, before: bytes.count), (0xDC00...0xDFFF).contains(low),
      let high = unit(bytes, at - 6, before: bytes.count), (0xD800...0xDBFF).contains(high)
    {
      at -= 6
    }
    return at
  }

  /// The scalar that the escape at `at` stands for and its length; a broken one stands for its backslash. A NUL and
  /// half of a surrogate pair become U+FFFD.
  static func scalar(_ bytes: TextBytes, _ at: Int, before end: Int) -> (value: UInt32, length: Int) {
    guard at + 1 < end else { return (0x5C, 1) }
    switch bytes[at + 1] {
    case 0x6E: return (0x0A, 2)
    case 0x74: return (0x09, 2)
    case 0x72: return (0x0D, 2)
    case 0x62: return (0xFFFD, 2)
    case 0x66: return (0x20, 2)
    case 0x22, 0x5C, 0x2F: return (UInt32(bytes[at + 1]), 2)
    case 0x75:
      guard let unit = unit(bytes, at, before: end) else { return (0x5C, 1) }
      if (0xD800...0xDBFF).contains(unit), let low = self.unit(bytes, at + 6, before: end),
        (0xDC00...0xDFFF).contains(low)
      {
        return (0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), 12)
      }
      return ((0xD800...0xDFFF).contains(unit) || unit == 0 ? 0xFFFD : unit, 6)
    default: return (0x5C, 1)
    }
  }
}

extension JSONParser.Failure.Reason {
  /// What is wrong and what would be right, for a sentence.
  var text: LocalizedText {
    switch self {
    case .expectedValue: LocalizedText(en: "a value is expected here", ar: "يُنتظر هنا وجود قيمة")
    case .expectedKey:
      LocalizedText(
        en: "a key in double quotes is expected here", ar: "يُنتظر هنا مفتاح بين علامتي اقتباس مزدوجتين")
    case .expectedColon:
      LocalizedText(en: "a colon is expected after the key", ar: "تُنتظر نقطتان بعد المفتاح")
    case .expectedCommaOrEnd:
      LocalizedText(en: "a comma or a closing bracket is expected here", ar: "تُنتظر هنا فاصلة أو قوس إغلاق")
    case .badNumber: LocalizedText(en: "this is no JSON number", ar: "هذا ليس عددًا صحيح الصياغة في JSON")
    case .badEscape: LocalizedText(en: "this is no JSON escape", ar: "تسلسل الهروب هذا غير معروف في JSON")
    case .openString:
      LocalizedText(
        en: "the string that begins here is not closed", ar: "السلسلة النصية التي تبدأ هنا غير مغلقة")
    case .openContainer:
      LocalizedText(en: "it ends before its brackets are closed", ar: "ينتهي قبل إغلاق أقواسه")
    case .badLiteral:
      LocalizedText(
        en: "only true, false and null may stand without quotes",
        ar: "لا يجوز بلا اقتباس إلا true وfalse وnull")
    }
  }
}

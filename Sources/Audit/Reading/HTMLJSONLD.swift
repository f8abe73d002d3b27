import AuditCore

/// Finds the string values of a JSON-LD script, with the keys that lead to them.
///
/// Lenient: it reads strings, colons and brackets and does not ask whether the whole is valid JSON. Linear
/// time; containers nested deeper than `depthLimit` keep the path of that depth.
struct HTMLJSONLD {
  static let depthLimit = 64

  struct Level {
    var isObject: Bool
    /// The key whose value is read now, without quotes; empty in an array.
    var key = 0..<0
    var pathHash: UInt64
  }

  private let bytes: HTMLBytes
  private(set) var levels: [Level] = []
  private var depth = 0
  private(set) var pieces: [Piece] = []

  init(_ bytes: HTMLBytes) { self.bytes = bytes }

  /// Calls `visit` for every string value and every number of at least six digits; `pieces` holds its
  /// characters.
  mutating func read(_ range: Range<Int>, _ visit: (borrowing HTMLJSONLD, _ byteCount: Int) -> Void) {
    var at = range.lowerBound
    levels = []
    depth = 0
    while at < range.upperBound {
      switch bytes[at] {
      case 0x7B, 0x5B:
        depth += 1
        if depth <= Self.depthLimit {
          levels.append(Level(isObject: bytes[at] == 0x7B, pathHash: pathHash))
        }
        at += 1
      case 0x7D, 0x5D:
        if depth <= Self.depthLimit { _ = levels.popLast() }
        depth = max(0, depth - 1)
        at += 1
      case 0x2C:
        if let last = levels.indices.last { levels[last].key = 0..<0 }
        at += 1
      case 0x22:
        at = string(at, in: range, visit)
      case 0x30...0x39, 0x2D:
        let start = at
        while at < range.upperBound, bytes[at].isASCIIAlphanumeric || bytes[at] == 0x2D || bytes[at] == 0x2E {
          at += 1
        }
        if at - start >= 6 {
          pieces = [Piece(start: start, length: at - start)]
          visit(self, at - start)
        }
      default: at += 1
      }
    }
  }

  /// Reads the string that opens at `start`; gives the place after it.
  private mutating func string(
    _ start: Int, in range: Range<Int>, _ visit: (borrowing HTMLJSONLD, Int) -> Void
  ) -> Int {
    var end = start + 1
    var isPlain = true
    while end < range.upperBound, bytes[end] != 0x22 {
      if bytes[end] == 0x5C {
        isPlain = false
        end += 1
      }
      end += 1
    }
    end = min(end, range.upperBound)
    let content = start + 1..<max(start + 1, end)
    var next = min(end + 1, range.upperBound)
    while next < range.upperBound, bytes[next].isHTMLSpace { next += 1 }
    if next < range.upperBound, bytes[next] == 0x3A, let last = levels.indices.last, levels[last].isObject {
      levels[last].key = content
      return next + 1
    }
    guard !content.isEmpty else { return next }
    if isPlain {
      pieces = [Piece(start: content.lowerBound, length: content.count)]
    } else {
      unescape(content)
    }
    visit(self, content.count)
    return next
  }

  private mutating func unescape(_ range: Range<Int>) {
    pieces.removeAll(keepingCapacity: true)
    var at = range.lowerBound
    var verbatim = at
    while at < range.upperBound {
      guard bytes[at] == 0x5C, at + 1 < range.upperBound else {
        at += 1
        continue
      }
      if at > verbatim { pieces.append(Piece(start: verbatim, length: at - verbatim)) }
      var length = 2
      var scalar = UInt32(bytes[at + 1])
      switch bytes[at + 1] {
      case 0x6E: scalar = 0x0A
      case 0x74: scalar = 0x09
      case 0x72: scalar = 0x0D
      case 0x62: scalar = 0x08
      case 0x66: scalar = 0x0C
      case 0x75:
        if let unit = unit(at, in: range) {
          length = 6
          scalar = unit == 0 ? 0xFFFD : unit
          if (0xD800...0xDBFF).contains(unit), let low = self.unit(at + 6, in: range),
            (0xDC00...0xDFFF).contains(low)
          {
            scalar = 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00)
            length = 12
          } else if (0xD800...0xDFFF).contains(unit) {
            scalar = 0xFFFD
          }
        }
      case 0x80...: scalar = 0x5C; length = 1
      default: break
      }
      pieces.append(Piece(start: at, length: length, first: scalar == 0 ? 0xFFFD : scalar))
      at += length
      verbatim = at
    }
    if range.upperBound > verbatim {
      pieces.append(Piece(start: verbatim, length: range.upperBound - verbatim))
    }
  }

  /// The UTF-16 unit of `\uXXXX` at `at`.
  private func unit(_ at: Int, in range: Range<Int>) -> UInt32? {
    guard at + 6 <= range.upperBound, bytes[at] == 0x5C, bytes[at + 1] == 0x75 else { return nil }
    var value: UInt32 = 0
    for index in at + 2..<at + 6 {
      guard let digit = bytes[index].hexValue else { return nil }
      value = value << 4 | digit
    }
    return value
  }

  /// Stands for the path of the value that is read now.
  var pathHash: UInt64 {
    guard let last = levels.last else { return 0x6C64_6A73_6F6E_0001 }
    guard !last.key.isEmpty else { return last.pathHash }
    let key = HTMLNameKey(in: bytes, start: last.key.lowerBound, end: last.key.upperBound).word
    return (last.pathHash ^ key) &* 0x9E37_79B9_7F4A_7C15 &+ 1
  }

  /// The key of the nearest object around the one whose value is read now.
  var parentKey: Range<Int> {
    levels.dropLast().last { !$0.key.isEmpty }?.key ?? 0..<0
  }

  /// False for values that speak of a review, a comment or another page.
  var isOfArticle: Bool {
    !levels.dropLast().contains { level in
      !level.key.isEmpty
        && (bytes.matches("review", at: level.key.lowerBound)
          || bytes.matches("comment", at: level.key.lowerBound)
          || bytes.matches("ispartof", at: level.key.lowerBound)
          || bytes.matches("suggestedanswer", at: level.key.lowerBound)
          || bytes.matches("itemlistelement", at: level.key.lowerBound))
    }
  }

  /// "ld+json/author/name"
  var path: String {
    var path = "ld+json"
    for level in levels where !level.key.isEmpty {
      path +=
        "/" + bytes.string(in: level.key.lowerBound..<min(level.key.upperBound, level.key.lowerBound + 64))
    }
    return path
  }
}

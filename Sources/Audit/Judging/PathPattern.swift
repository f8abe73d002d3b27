/// A glob pattern for `applies.paths`: `*` within a name, `**` across names, `?` one character. One without a slash speaks of the
/// last name.
struct PathPattern: Sendable {
  private let bytes: [UInt8]
  /// Of a pattern like `**/*.json`, which most are: what the path ends with.
  private let ending: [UInt8]?

  init(_ pattern: String) {
    bytes = Array((pattern.contains("/") ? pattern : "**/" + pattern).utf8)
    let start = Array("**/*".utf8)
    let rest = bytes.dropFirst(start.count)
    ending = bytes.starts(with: start) && !rest.contains { "*?/".utf8.contains($0) } ? Array(rest) : nil
  }

  static func matches(_ pattern: String, _ path: String) -> Bool { PathPattern(pattern).matches(path) }

  func matches(_ path: String) -> Bool {
    if let ending {
      return path.utf8.count >= ending.count && path.utf8.suffix(ending.count).elementsEqual(ending)
    }
    var path = path
    return path.withUTF8 { path in bytes.withUnsafeBufferPointer { Self.matches($0[...], path[...]) } }
  }

  private typealias Bytes = Slice<UnsafeBufferPointer<UInt8>>

  private static func matches(_ pattern: Bytes, _ path: Bytes) -> Bool {
    var (pattern, path) = (pattern, path)
    while let head = pattern.first {
      if head == UInt8(ascii: "*") { return matchesStar(pattern, path) }
      guard let first = path.first else { return false }
      if head == UInt8(ascii: "?") ? first == UInt8(ascii: "/") : head != first { return false }
      pattern = pattern.dropFirst()
      path = path.dropFirst()
    }
    return path.isEmpty
  }

  /// `pattern` begins with a star.
  private static func matchesStar(_ pattern: Bytes, _ path: Bytes) -> Bool {
    let rest = pattern.dropFirst()
    if rest.first == UInt8(ascii: "*") {
      let rest = rest.dropFirst()
      let afterSlash = rest.first == UInt8(ascii: "/") ? rest.dropFirst() : rest
      if matches(afterSlash, path) { return true }
      return path.indices.contains {
        matches(rest, path[($0 + 1)...])
          || path[$0] == UInt8(ascii: "/") && matches(afterSlash, path[($0 + 1)...])
      }
    }
    var tail = path
    while true {
      if matches(rest, tail) { return true }
      guard let next = tail.first, next != UInt8(ascii: "/") else { return false }
      tail = tail.dropFirst()
    }
  }
}

/// Glob patterns for `applies.paths`: `*` within a name, `**` across names, `?` one character.
enum PathPattern {
  static func matches(_ pattern: String, _ path: String) -> Bool {
    let whole = pattern.contains("/") ? pattern : "**/" + pattern
    return matches(Array(whole.utf8)[...], Array(path.utf8)[...])
  }

  private static func matches(_ pattern: ArraySlice<UInt8>, _ path: ArraySlice<UInt8>) -> Bool {
    guard let head = pattern.first else { return path.isEmpty }
    if head == UInt8(ascii: "*") {
      if pattern.dropFirst().first == UInt8(ascii: "*") {
        let rest = pattern.dropFirst(2)
        let afterSlash = rest.first == UInt8(ascii: "/") ? rest.dropFirst() : rest
        if matches(afterSlash, path) { return true }
        return path.indices.contains {
          matches(rest, path[($0 + 1)...])
            || path[$0] == UInt8(ascii: "/") && matches(afterSlash, path[($0 + 1)...])
        }
      }
      let rest = pattern.dropFirst()
      var tail = path
      while true {
        if matches(rest, tail) { return true }
        guard let next = tail.first, next != UInt8(ascii: "/") else { return false }
        tail = tail.dropFirst()
      }
    }
    guard let first = path.first else { return false }
    if head == UInt8(ascii: "?") ? first == UInt8(ascii: "/") : head != first { return false }
    return matches(pattern.dropFirst(), path.dropFirst())
  }
}

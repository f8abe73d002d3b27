/// Swift source with comments and the words of string literals blanked out, line numbers kept.
///
/// What stands in an interpolation stays, because it is code. Regex literals are not known; the project has none.
struct SourceCode {
  let lines: [String]

  init(_ text: String) {
    var blanker = Blanker(text)
    blanker.code(untilClosingParenthesis: false)
    lines = blanker.output.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
  }

  private struct Blanker {
    let input: [Character]
    var position = 0
    var output = ""

    init(_ text: String) { input = Array(text) }

    func starts(with text: String) -> Bool {
      text.enumerated().allSatisfy {
        position + $0.offset < input.count && input[position + $0.offset] == $0.element
      }
    }

    mutating func keep() {
      output.append(input[position])
      position += 1
    }

    mutating func blank(_ count: Int) {
      for _ in 0..<count where position < input.count {
        output.append(input[position].isNewline ? "\n" : " ")
        position += 1
      }
    }

    mutating func code(untilClosingParenthesis stops: Bool) {
      var depth = 0
      while position < input.count {
        if starts(with: "//") {
          while position < input.count, !input[position].isNewline { blank(1) }
        } else if starts(with: "/*") {
          comment()
        } else if input[position] == "\"" {
          string(hashes: 0)
        } else if input[position] == "#", let hashes = rawHashes() {
          string(hashes: hashes)
        } else {
          if input[position] == "(" { depth += 1 }
          if input[position] == ")" {
            depth -= 1
            if stops, depth < 0 { return }
          }
          keep()
        }
      }
    }

    /// Block comments nest.
    mutating func comment() {
      var depth = 0
      while position < input.count {
        if starts(with: "/*") {
          depth += 1
          blank(2)
        } else if starts(with: "*/") {
          depth -= 1
          blank(2)
          if depth == 0 { return }
        } else {
          blank(1)
        }
      }
    }

    /// The number of # before a string delimiter; nil when no string begins here.
    func rawHashes() -> Int? {
      var end = position
      while end < input.count, input[end] == "#" { end += 1 }
      return end < input.count && input[end] == "\"" ? end - position : nil
    }

    mutating func string(hashes: Int) {
      let marks = String(repeating: "#", count: hashes)
      position += hashes
      let quotes = starts(with: "\"\"\"") ? "\"\"\"" : "\""
      position += quotes.count
      output += "\"\""
      while position < input.count {
        if starts(with: quotes + marks) {
          position += quotes.count + hashes
          return
        }
        if starts(with: "\\" + marks + "(") {
          blank(hashes + 2)
          code(untilClosingParenthesis: true)
          blank(1)
        } else if starts(with: "\\" + marks) {
          blank(hashes + 2)
        } else {
          blank(1)
        }
      }
    }
  }
}

import Audit
import AuditCore
import Foundation
import Testing

/// Against the tests that browsers share (html5lib-tests, MIT), when they are there.
@Suite(.enabled(if: SharedData.html5lib != nil, "no html5lib-tests beside the package"))
struct HTML5LibTests {
  struct TreeTest {
    let name: String
    let html: String
    let text: String
  }

  /// Document tests with scripting; the text of the expected tree outside script, style and template.
  static func treeTests() throws -> [TreeTest] {
    let directory = try #require(SharedData.html5lib).appendingPathComponent("tree-construction")
    let files = try FileManager.default.contentsOfDirectory(at: directory, includingPropertiesForKeys: nil)
    var tests: [TreeTest] = []
    for file in files.sorted(by: { $0.path < $1.path }) where file.pathExtension == "dat" {
      let content = String(decoding: try Data(contentsOf: file), as: UTF8.self)
        .trimmingCharacters(in: .newlines)
      let cases = ("\n\n" + content).components(separatedBy: "\n\n#data\n").dropFirst()
      for (index, test) in cases.enumerated() {
        guard !test.contains("#document-fragment"), !test.contains("#script-off"),
          let errors = test.range(of: "#errors\n"), let tree = test.range(of: "#document\n")
        else { continue }
        var html = String(test[..<errors.lowerBound])
        if html.hasSuffix("\n") { html.removeLast() }
        tests.append(
          TreeTest(
            name: "\(file.deletingPathExtension().lastPathComponent)/\(index)", html: html,
            text: treeText(String(test[tree.upperBound...]))))
      }
    }
    return tests
  }

  static func treeText(_ tree: String) -> String {
    var out = ""
    var skip: Int?
    var text: String?
    func finish() {
      guard let value = text else { return }
      out += value.hasSuffix("\"") ? String(value.dropLast()) : value
      text = nil
    }
    for line in tree.components(separatedBy: "\n") {
      if text != nil, !line.hasPrefix("| ") {
        text?.append("\n" + line)
        continue
      }
      finish()
      guard line.hasPrefix("| ") else { continue }
      let body = line.dropFirst(2)
      let depth = body.prefix { $0 == " " }.count
      let rest = body.dropFirst(depth)
      if let level = skip, depth > level { continue }
      skip = nil
      let hides = ["script", "style", "template"].contains { name in
        rest.hasPrefix("<" + name) && !(rest.dropFirst(name.count + 1).first?.isLetter ?? false)
      }
      if hides || rest == "content" {
        skip = depth
      } else if rest.hasPrefix("\"") {
        text = String(rest.dropFirst())
      }
    }
    finish()
    return squeezed(out)
  }

  static func squeezed(_ text: String) -> String {
    String(
      String.UnicodeScalarView(text.unicodeScalars.filter { !$0.properties.isWhitespace && $0.value != 0x1F })
    )
  }

  @Test func `reads the text that browsers show`() throws {
    let tests = try Self.treeTests()
    var equal = 0
    var lost: [String] = []
    var equalWithoutTitle = 0
    for test in tests {
      let page = ReadPage(test.html)
      #expect(page.faults.isEmpty, "\(test.name)")
      let text = Self.squeezed(page.runs.filter(Self.isShown).map(\.text).joined())
      if Self.squeezed(page.texts.joined()) == test.text { equalWithoutTitle += 1 }
      if text == test.text {
        equal += 1
        continue
      }
      let isLost = !Self.holds(text, test.text)
      if isLost { lost.append(test.name) }
      if ProcessInfo.processInfo.environment["HTML_MISSES"] != nil {
        print("MISS", isLost ? "lost" : "same letters", test.name, [test.html, test.text, text])
      }
    }
    print(
      "html5lib tree-construction: \(equal) of \(tests.count) equal, \(lost.count) with text lost; "
        + "\(equalWithoutTitle) equal when titles do not count")
    #expect(tests.count > 1_500)
    #expect(Double(equal) >= 0.98 * Double(tests.count))
    #expect(lost.filter { Self.explained[$0] == nil } == [])
    #expect(lost.count <= 8)
  }

  /// Tests in which letters of the tree are missing, and why.
  static let explained: [String: String] = {
    // A browser that runs scripts keeps what is in noscript as characters, markup and all, and shows none of it. We read
    // the markup in a channel of its own; the text behind it is the same.
    let noscript = [
      "tests16/83", "tests16/85", "tests16/87", "tests16/180", "tests16/182", "tests16/184", "tests5/15",
      "webkit02/1",
    ]
    return Dictionary(uniqueKeysWithValues: noscript.map { ($0, "noscript") })
  }()

  /// What a reader of the tree counts as text: titles too.
  static func isShown(_ run: ReadPage.Run) -> Bool {
    run.block.channel == .text || run.path == "title"
  }

  static func holds(_ text: String, _ wanted: String) -> Bool {
    var left: [Unicode.Scalar: Int] = [:]
    for scalar in text.unicodeScalars { left[scalar, default: 0] += 1 }
    for scalar in wanted.unicodeScalars {
      left[scalar, default: 0] -= 1
      if left[scalar, default: 0] < 0 { return false }
    }
    return true
  }
}

import AuditCore

/// A form in which an example is audited, besides as written: what a rule finds must not depend on it.
package enum RuleCarrier: String, Hashable, Sendable, CaseIterable {
  case plain
  /// After a line of emoji, which have other lengths in bytes, UTF-16 and code points.
  case afterEmoji = "after emoji"
  /// Arabic words with a vowel mark and a tatweel inside.
  case arabicMarks = "Arabic marks"
  /// Each line as a paragraph of a page.
  case html
  /// In a value of a JSON Lines record, letters beyond ASCII written as escapes.
  case jsonLines = "JSON Lines"

  /// Whether what `rule` finds in a plain text should be found in this form of it.
  func fits(_ rule: Rule, _ example: RuleExample) -> Bool {
    let format: Format =
      switch self {
      case .html: .html
      case .jsonLines: .jsonLines
      default: example.format
      }
    guard rule.applies.formats.isEmpty || rule.applies.formats.contains(format) else { return false }
    guard self != .plain else { return true }
    guard example.format == .text else { return false }
    switch self {
    case .plain:
      return true
    case .afterEmoji:
      // A line before the first one takes its place as the headline.
      return rule.reportedScope.contains(.body) && !rule.readsMetric
    case .arabicMarks:
      return rule.readsFoldedOnly && example.text.unicodeScalars.contains(where: Self.isArabicLetter)
    case .html:
      return !rule.readsMetric && !rule.reportedScope.isDisjoint(with: [.body, .headline])
    case .jsonLines:
      return rule.reportedScope.contains(.body) && !rule.readsMetric && !rule.readsSource
    }
  }

  /// `example` in this form, with what it marks.
  func carry(_ example: RuleExample, of rule: Rule) -> CarriedExample {
    var carried = CarriedExample(format: example.format)
    let scalars = Array(example.text.unicodeScalars)
    switch self {
    case .plain:
      for scalar in scalars { carried.append(scalar) }
    case .afterEmoji:
      carried.insert("😀👩🏽‍⚕️ 🇯🇴\n\n")
      for scalar in scalars { carried.append(scalar) }
    case .arabicMarks:
      appendWithMarks(scalars, to: &carried)
    case .html:
      carried = CarriedExample(format: .html)
      appendAsPage(scalars, element: rule.reportedScope.contains(.body) ? "p" : "h1", to: &carried)
    case .jsonLines:
      carried = CarriedExample(format: .jsonLines)
      appendAsRecord(scalars, to: &carried)
    }
    carried.mark(example.marked)
    return carried
  }

  private func appendWithMarks(_ scalars: [Unicode.Scalar], to carried: inout CarriedExample) {
    var hasFatha = false
    var hasTatweel = false
    for (index, scalar) in scalars.enumerated() {
      carried.append(scalar)
      guard Self.isArabicLetter(scalar) else {
        if !scalar.properties.isAlphabetic { (hasFatha, hasTatweel) = (false, false) }
        continue
      }
      // Between two letters only: what is removed after a match is not part of it.
      guard index + 1 < scalars.count, Self.isArabicLetter(scalars[index + 1]) else { continue }
      if !hasFatha {
        carried.insert("\u{064E}")
        hasFatha = true
      } else if !hasTatweel, !"ءآأؤإاةدذرزوى".unicodeScalars.contains(scalar) {
        carried.insert("\u{0640}")
        hasTatweel = true
      }
    }
  }

  private func appendAsPage(_ scalars: [Unicode.Scalar], element: String, to carried: inout CarriedExample) {
    carried.insert("<!DOCTYPE html>\n<html><body>\n<\(element)>")
    for scalar in scalars {
      switch scalar {
      case "\n": carried.append(scalar, as: "</\(element)>\n<\(element)>")
      case "&": carried.append(scalar, as: "&amp;")
      case "<": carried.append(scalar, as: "&lt;")
      case ">": carried.append(scalar, as: "&gt;")
      default: carried.append(scalar)
      }
    }
    carried.insert("</\(element)>\n</body></html>\n")
  }

  /// After a record of another answer, as programs write them: ASCII alone.
  private func appendAsRecord(_ scalars: [Unicode.Scalar], to carried: inout CarriedExample) {
    carried.insert("{\"id\": 1, \"answer\": \"\\u0646\\u0639\\u0645\"}\n{\"id\": 2, \"answer\": \"")
    for scalar in scalars {
      switch scalar {
      case "\"", "\\": carried.append(scalar, as: "\\\(scalar)")
      case "\n": carried.append(scalar, as: "\\n")
      case "\t": carried.append(scalar, as: "\\t")
      default:
        if scalar.isASCII, scalar.value >= 0x20 {
          carried.append(scalar)
        } else {
          let units = Array(String(scalar).utf16)
          carried.append(scalar, as: units.map { "\\u" + Self.fourDigits($0) }.joined())
        }
      }
    }
    carried.insert("\"}\n")
  }

  private static func fourDigits(_ unit: UInt16) -> String {
    let digits = String(unit, radix: 16)
    return String(repeating: "0", count: 4 - digits.count) + digits
  }

  private static func isArabicLetter(_ scalar: Unicode.Scalar) -> Bool {
    (0x0621...0x063A).contains(scalar.value) || (0x0641...0x064A).contains(scalar.value)
  }
}

/// The text of an example in a carrier, and where its marks went.
struct CarriedExample {
  private(set) var text = String.UnicodeScalarView()
  private(set) var expected: [Range<Int>] = []
  let format: Format
  /// For every code point of the example, its range in `text`.
  private var ranges: [Range<Int>] = []
  private var count = 0

  init(format: Format) { self.format = format }

  mutating func append(_ scalar: Unicode.Scalar) {
    ranges.append(count..<count + 1)
    text.append(scalar)
    count += 1
  }

  mutating func append(_ scalar: Unicode.Scalar, as replacement: String) {
    let start = count
    insert(replacement)
    ranges.append(start..<count)
  }

  mutating func insert(_ added: String) {
    for scalar in added.unicodeScalars {
      text.append(scalar)
      count += 1
    }
  }

  mutating func mark(_ marked: [Range<Int>]) {
    expected = marked.map { ranges[$0.lowerBound].lowerBound..<ranges[$0.upperBound - 1].upperBound }
  }
}

extension Rule {
  /// Where the matcher that is reported reads.
  var reportedScope: Scope { matchers.indices.contains(report) ? matchers[report].scope ?? scope : scope }

  var readsMetric: Bool {
    matchers.contains { if case .metric = $0.kind { true } else { false } }
  }

  /// The document as it is written is not the text that it holds.
  var readsSource: Bool {
    scope.contains(.source) || matchers.contains { $0.scope?.contains(.source) ?? false }
  }

  /// Nothing of the rule sees vowel marks or tatweel.
  var readsFoldedOnly: Bool {
    matchers.allSatisfy { matcher in
      switch matcher.kind {
      case .phrases, .lexicon, .scored: true
      case .pattern(let pattern): pattern.readsFolded
      case .css, .xpath, .metric, .builtin, .path, .capitalization: false
      }
    }
  }
}

/// A list of CSS selectors, as rules write them, and what it means in XPath.
///
/// Known: type, `*`, `#id`, `.class`, `[a]`, `[a=v]` with `~= |= ^= $= *=` and the flags `i` and `s`;
/// descendant, `>`, `+`, `~`; `:not(...)`, `:is(...)` of simple selectors, `:first-child`, `:last-child`,
/// `:only-child`, `:empty`, `:root`; lists with commas. Element and attribute names are lower-cased. Source:
/// W3C Selectors Level 4.
package struct CSSSelector: Hashable, Sendable {
  package let alternatives: [Complex]

  /// Compounds from the outermost to the one that is matched.
  package struct Complex: Hashable, Sendable {
    package let first: Compound
    package let rest: [Step]
  }

  package struct Step: Hashable, Sendable {
    package enum Combinator: Hashable, Sendable { case descendant, child, next, subsequent }
    package let combinator: Combinator
    package let compound: Compound
  }

  /// Conditions on one element.
  package struct Compound: Hashable, Sendable {
    /// nil for any element.
    package var element: String?
    package var conditions: [Condition] = []
  }

  package indirect enum Condition: Hashable, Sendable {
    case attribute(String, Comparison, String, ignoresCase: Bool)
    case not([Compound])
    case any([Compound])
    case firstChild, lastChild, onlyChild, empty, root
  }

  package enum Comparison: Hashable, Sendable {
    case exists, equals, includesWord, dash, prefix, suffix, substring
  }

  package init(_ text: String) throws(CSSSelectorError) {
    var parser = CSSSelectorParser(text)
    alternatives = try parser.list()
  }

  /// The same question in XPath 1.0.
  package var xpath: String { alternatives.map(\.xpath).joined(separator: " | ") }
}

/// Where a selector cannot be read, and why.
package struct CSSSelectorError: Error, Hashable, CustomStringConvertible {
  /// Code points from the start of the selector.
  package let offset: Int
  package let message: String
  package var description: String { "selector, character \(offset + 1): \(message)" }
}

extension CSSSelector.Complex {
  var xpath: String {
    var path = "//" + first.step
    for step in rest {
      switch step.combinator {
      case .descendant: path += "//" + step.compound.step
      case .child: path += "/" + step.compound.step
      case .next: path += "/following-sibling::*[1]" + step.compound.selfTest
      case .subsequent: path += "/following-sibling::" + step.compound.step
      }
    }
    return path
  }
}

extension CSSSelector.Compound {
  fileprivate var step: String { (element ?? "*") + predicates }

  /// A predicate that holds when the context node is such an element.
  fileprivate var selfTest: String { (element.map { "[self::\($0)]" } ?? "") + predicates }

  /// The same as an expression without brackets.
  fileprivate var test: String {
    let parts = (element.map { ["self::\($0)"] } ?? []) + conditions.map(\.xpath)
    return parts.isEmpty ? "true()" : parts.map { "(\($0))" }.joined(separator: " and ")
  }

  private var predicates: String { conditions.map { "[\($0.xpath)]" }.joined() }
}

extension CSSSelector.Condition {
  fileprivate var xpath: String {
    switch self {
    case .not(let list): "not(\(list.map { "(\($0.test))" }.joined(separator: " or ")))"
    case .any(let list): list.map { "(\($0.test))" }.joined(separator: " or ")
    case .firstChild: "not(preceding-sibling::*)"
    case .lastChild: "not(following-sibling::*)"
    case .onlyChild: "not(preceding-sibling::*) and not(following-sibling::*)"
    case .empty: "not(node())"
    case .root: "not(parent::*)"
    case .attribute(let name, let comparison, let value, let ignoresCase):
      Self.attribute(name, comparison, value, ignoresCase)
    }
  }

  private static func attribute(
    _ name: String, _ comparison: CSSSelector.Comparison, _ value: String, _ ignoresCase: Bool
  ) -> String {
    let capitals = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    let attribute =
      ignoresCase ? "translate(@\(name), '\(capitals)', '\(capitals.lowercased())')" : "@\(name)"
    let lowered = String(
      String.UnicodeScalarView(
        value.unicodeScalars.map { ("A"..."Z").contains($0) ? Unicode.Scalar(UInt8($0.value + 0x20)) : $0 }))
    let value = ignoresCase ? lowered : value
    let literal = quoted(value)
    // An empty value finds nothing with these three, and neither does one that holds white space with ~=.
    let isEmpty = value.isEmpty
    switch comparison {
    case .exists: return "@\(name)"
    case .equals: return "@\(name) and \(attribute) = \(literal)"
    case .includesWord:
      if isEmpty || value.contains(where: \.isWhitespace) { return "false()" }
      return "contains(concat(' ', normalize-space(\(attribute)), ' '), \(quoted(" \(value) ")))"
    case .dash:
      return "@\(name) and (\(attribute) = \(literal) or starts-with(\(attribute), \(quoted(value + "-"))))"
    case .prefix: return isEmpty ? "false()" : "starts-with(\(attribute), \(literal))"
    case .suffix:
      let back = value.unicodeScalars.count - 1
      return isEmpty
        ? "false()" : "substring(\(attribute), string-length(\(attribute)) - \(back)) = \(literal)"
    case .substring: return isEmpty ? "false()" : "contains(\(attribute), \(literal))"
    }
  }

  /// XPath 1.0 has no escapes: a text with both quotation marks is put together.
  private static func quoted(_ text: String) -> String {
    if !text.contains("'") { return "'\(text)'" }
    if !text.contains("\"") { return "\"\(text)\"" }
    let parts = text.split(separator: "'", omittingEmptySubsequences: false).map { "'\($0)'" }
    return "concat(" + parts.joined(separator: ", \"'\", ") + ")"
  }
}

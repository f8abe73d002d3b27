/// The regular expressions that other tools write, and what they mean there.
package enum RegexDialect: Hashable, Sendable {
  /// Go's `regexp` (gitleaks): `\b \w \d \s` are ASCII, `$` is the very end, `{,n}` is text.
  /// Source: github.com/google/re2/wiki/Syntax.
  case re2
  /// Python's `re` (Presidio): Unicode classes, `\Z` is the very end, `{,n}` is a bound, `[[` is text.
  /// Source: docs.python.org/3/library/re.html.
  case python
  /// .NET's (Vale, through regexp2): Unicode classes, `\uXXXX`, look-behind of any length.
  /// Source: learn.microsoft.com/dotnet/standard/base-types/regular-expression-language-quick-reference.
  case dotNet

  /// Longest pattern that is translated: 64 KiB.
  package static let limitInBytes = 1 << 16

  /// Why a pattern has no translation; `column` counts scalars of the pattern from 1.
  package struct Problem: Error, Hashable, Sendable {
    package let text: String
    package let column: Int
  }

  /// A pattern in our terms.
  package struct Translation: Hashable, Sendable {
    package let regex: String
    /// `ascii: true`: `\b \w \d` mean ASCII.
    package let isASCII: Bool
    /// What does not mean exactly the same any more; empty when nothing.
    package let notes: [String]
  }

  /// `pattern` as PCRE2 with the meaning that it has in this dialect.
  package func translate(_ pattern: String) throws(Problem) -> Translation {
    guard pattern.utf8.count <= Self.limitInBytes else {
      throw Problem(
        text: "a pattern of \(pattern.utf8.count) bytes; at most \(Self.limitInBytes) are read", column: 1)
    }
    var translator = RegexTranslator(dialect: self, pattern: pattern)
    return try translator.translate()
  }
}

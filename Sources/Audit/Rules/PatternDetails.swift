import AuditCore

/// What few patterns need: mostly rules that were imported from other tools.
package struct PatternDetails: Sendable {
  /// `ascii: true`: `\b \w \d` mean ASCII, as in RE2.
  package var isASCII = false
  /// `slow: true`: nothing leads to the pattern; every text is read whole.
  package var isSlow = false
  /// `group: first`: the first group that took part is reported.
  package var takesFirstGroup = false
  /// `unless:`; a match that one of them accepts is none.
  package var filters: [MatchFilter] = []
  /// `suggest:`, in the order of the rule.
  package var suggestions: [Suggestion] = []
  /// `more_than:`, matches in a paragraph (or sentence) that are still none; nil when each is one.
  package var moreThan: Int?
  /// `by: sentence`: each sentence is read as a text of its own; `more_than` counts in it.
  package var isBySentence = false
  /// `same: true`: holds only where it reports the same text as the rule.
  package var isSameText = false
  package init() {}

  /// True when matches are looked at one by one after the pattern found them.
  var inspectsMatches: Bool { !filters.isEmpty || !suggestions.isEmpty }
}

/// One entry of `unless:`: all that it names must hold.
package struct MatchFilter: Hashable, Sendable {
  /// Regular expressions, one of which is found in the reported text.
  package var value: [String] = []
  /// … in the whole match of the pattern.
  package var whole: [String] = []
  /// … in the lines on which the match stands.
  package var line: [String] = []
  /// … in the path of the document.
  package var path: [String] = []
  /// Words, one of which stands anywhere in the reported text, in any case of letters.
  package var words: [String] = []
  package init() {}

  package var isEmpty: Bool {
    value.isEmpty && whole.isEmpty && line.isEmpty && path.isEmpty && words.isEmpty
  }
}

/// One entry of `suggest:`: what to write instead of a reported text.
package struct Suggestion: Hashable, Sendable {
  /// A regular expression that is all of the reported text, in the case that the pattern minds.
  package let found: String
  /// What to write; choices are separated by `|`.
  package let text: String
  package init(found: String, text: String) {
    self.found = found
    self.text = text
  }
}

/// `capitalization:` how the words of a run begin.
package struct Capitalization: Hashable, Sendable {
  package enum Style: String, Hashable, Sendable, CaseIterable {
    /// Every word but small ones begins with a capital.
    case title
    /// The first word alone begins with a capital.
    case sentence
    case lower, upper
  }
  package let style: Style
  /// Words that may be written as they stand here.
  package let exceptions: [String]
  /// Words behind one of these endings may begin with a capital in the `sentence` style.
  package let indicators: [String]
  /// Share of the words, 0...1, that must follow the style.
  package let threshold: Double
  package init(style: Style, exceptions: [String], indicators: [String], threshold: Double) {
    self.style = style
    self.exceptions = exceptions
    self.indicators = indicators
    self.threshold = threshold
  }
}

package import AuditCore

/// One string of the interface in both languages.
package struct Words: Hashable, Sendable {
  package let en: String
  package let ar: String

  package init(_ en: String, _ ar: String) {
    self.en = en
    self.ar = ar
  }

  /// The words of a rule or a risk; English stands in where Arabic is missing.
  package init(_ text: LocalizedText) {
    en = text.en
    ar = text.byLanguage["ar"] ?? text.en
  }

  package subscript(language: String) -> String { language == "ar" ? ar : en }

  /// Replaces `{name}`. Inside Arabic, a value that is not a plain number stands in LRI…PDI, so that a date or an
  /// option keeps its order.
  package func filled(_ values: KeyValuePairs<String, String>) -> Words {
    var (english, arabic) = (en, ar)
    for (name, value) in values {
      english = english.replacing(name, by: value)
      let isNumber = value.unicodeScalars.allSatisfy {
        $0.properties.numericType != nil || $0 == "," || $0 == "."
      }
      arabic = arabic.replacing(name, by: isNumber ? value : "\u{2066}\(value)\u{2069}")
    }
    return Words(english, arabic)
  }
}

extension String {
  fileprivate func replacing(_ name: String, by value: String) -> String {
    let parts = split(separator: "{\(name)}", omittingEmptySubsequences: false)
    return parts.joined(separator: value)
  }
}

/// Counted words: the forms that English and Arabic need (CLDR plural rules, version 46).
package struct CountedWords: Hashable, Sendable {
  let one: String
  let other: String
  /// zero, one, two, few (3-10), many (11-99), other (100, 101, 102 and so on).
  package let arabic: [String]

  init(_ one: String, _ other: String, _ arabic: [String]) {
    self.one = one
    self.other = other
    self.arabic = arabic
  }

  package func words(_ count: Int) -> Words {
    Words(
      (count == 1 ? one : other),
      arabic[min(Self.arabicForm(count), arabic.count - 1)]
    ).filled(["n": Self.grouped(count)])
  }

  /// The index of the Arabic form for `count`.
  package static func arabicForm(_ count: Int) -> Int {
    switch (count, count % 100) {
    case (0, _): 0
    case (1, _): 1
    case (2, _): 2
    case (_, 3...10): 3
    case (_, 11...99): 4
    default: 5
    }
  }

  /// 1234567 as "1,234,567"; both languages print Latin digits.
  package static func grouped(_ count: Int) -> String {
    var digits = Array(String(count.magnitude))
    var at = digits.count - 3
    while at > 0 {
      digits.insert(",", at: at)
      at -= 3
    }
    return (count < 0 ? "-" : "") + String(digits)
  }
}

/// Why a finding is as sure as it is: one of `Finding.reasons`, in both languages.
///
/// Findings and saved runs hold the English text, which `text` gives; what reports show is made from it, so that a run of
/// an earlier version, whose words are not known, reads as it stands.
public struct FindingReason: Hashable, Sendable {
  /// What the auditor says.
  public let before: LocalizedText
  /// What was seen, masked, or a name of a validator; of any direction.
  public let value: String
  public let after: LocalizedText

  /// - Parameter text: as in `Finding.reasons`.
  public init(_ text: String) {
    for template in Self.templates {
      guard text.hasPrefix(template.before.en), text.hasSuffix(template.after.en),
        text.utf8.count >= template.before.en.utf8.count + template.after.en.utf8.count
      else { continue }
      before = template.before
      after = template.after
      value = String(text.dropFirst(template.before.en.count).dropLast(template.after.en.count))
      return
    }
    if text.hasPrefix(Self.beside.en) {
      let kinds = text.dropFirst(Self.beside.en.count).split(separator: ",").map {
        $0.drop { $0 == " " }
      }
      if let arabic = Self.arabic(kinds) {
        before = LocalizedText(en: text, ar: Self.beside.ar + arabic)
        value = ""
        after = Self.nothing
        return
      }
    }
    before = Self.nothing
    value = text
    after = Self.nothing
  }

  public static func formHolds(_ validators: String) -> String { templates[0].text(validators) }
  public static func formUnconfirmed(_ validators: String) -> String { templates[1].text(validators) }
  public static func labelNearby(_ label: String) -> String { templates[2].text(label) }
  public static let noLabelNearby = templates[3].text("")
  public static let labelInDocument = templates[4].text("")
  public static let labelInSection = templates[5].text("")
  /// - Parameter kinds: English names of kinds of personal data, see `kinds`.
  public static func standsBeside(_ kinds: [String]) -> String { beside.en + kinds.joined(separator: ", ") }

  private struct Template {
    let before: LocalizedText
    var after = FindingReason.nothing

    func text(_ value: String) -> String { before.en + value + after.en }
  }

  private static let nothing = LocalizedText(en: "", ar: "")

  private static let templates: [Template] = [
    Template(
      before: LocalizedText(
        en: "all that can be checked of its form holds (", ar: "يصح كل ما يمكن التحقق منه في صيغته ("),
      after: LocalizedText(en: ")", ar: ")")),
    Template(
      before: LocalizedText(
        en: "its form fits; unconfirmed, or a test, example or role value (",
        ar: "صيغته مناسبة؛ لا شيء يؤكدها، أو هو قيمة للاختبار أو للأمثلة أو لجهة عامة ("),
      after: LocalizedText(en: ")", ar: ")")),
    Template(before: LocalizedText(en: "label nearby: ", ar: "تسمية قريبة: ")),
    Template(before: LocalizedText(en: "no label nearby", ar: "لا تسمية قريبة")),
    Template(
      before: LocalizedText(en: "label elsewhere in the document", ar: "تسمية في موضع آخر من المستند")),
    Template(
      before: LocalizedText(en: "label elsewhere in the section", ar: "تسمية في موضع آخر من القسم")),
  ]

  private static let beside = LocalizedText(en: "stands beside: ", ar: "يجاوره: ")

  /// Kinds of personal data, by their English names.
  public static let kinds: [String: String] = [
    "name": "اسم", "identifier": "رقم تعريف", "contact": "وسيلة اتصال", "date of birth": "تاريخ ميلاد",
    "place": "مكان", "account or card": "حساب أو بطاقة", "health": "معلومة صحية",
    "special category": "فئة خاصة",
  ]

  private static func arabic(_ kinds: [Substring]) -> String? {
    var names: [String] = []
    for kind in kinds {
      guard let name = Self.kinds[String(kind)] else { return nil }
      names.append(name)
    }
    return names.joined(separator: "، ")
  }

  /// The whole reason in a language.
  public subscript(language: String) -> String { before[language] + value + after[language] }
}

import AuditCore

/// `auditor rules list`: the rules of a set as a table or as JSON lines.
package struct RuleList: Sendable {
  package let rules: [Rule]

  /// Rules whose id is one of `selection` or begins with one of them and a dot; all when it is empty.
  package init(_ set: RuleSet, selection: [String] = []) {
    rules =
      selection.isEmpty
      ? set.rules
      : set.rules.filter { rule in
        selection.contains { rule.card.id == $0 || rule.card.id.hasPrefix($0.hasSuffix(".") ? $0 : $0 + ".") }
      }
  }

  /// A header line, a line a rule and a line with the count. No colour; columns are as wide as their widest entry.
  package func table(language: String) -> String {
    let words = RuleWords(language: language)
    var rows = [
      [
        words.say("RULE", "القاعدة"), words.say("SEVERITY", "الشدة"), words.say("CONFIDENCE", "الثقة"),
        words.say("STATUS", "الحالة"), words.say("LANGUAGES", "اللغات"), words.say("PACK", "الحزمة"),
        words.say("TITLE", "العنوان"),
      ]
    ]
    for rule in rules {
      let card = rule.card
      let title = card.title.isEmpty ? card.message[language] : card.title[language]
      let languages =
        rule.languages.isEmpty ? "any" : rule.languages.map(\.description).joined(separator: " ")
      rows.append([
        card.id, words.severity(card.severity), words.confidence(card.confidence), words.status(card.status),
        languages,
        card.pack, title,
      ])
    }
    let widths = rows[0].indices.map { column in rows.map { TerminalWidth.columns(of: $0[column]) }.max() ?? 0
    }
    var text = ""
    for row in rows {
      let cells = row.enumerated().map { column, cell in
        column == row.count - 1 ? cell : TerminalWidth.padded(cell, to: widths[column])
      }
      text += cells.joined(separator: "  ") + "\n"
    }
    return text + words.say("\(rules.count) rules", "عدد القواعد: \(rules.count)") + "\n"
  }

  /// One JSON object a rule, keys in a fixed order, sorted by id.
  package func jsonLines() -> String {
    rules.map { rule in
      let card = rule.card
      var object = JSONObject()
      object.add("rule", card.id)
      object.add("pack", card.pack)
      object.add("title", card.title)
      object.add("message", card.message)
      object.add("severity", card.severity.name)
      object.add("confidence", card.confidence.name)
      object.add("status", card.status)
      object.add("category", card.category)
      if let entity = card.entity { object.add("entity", entity) }
      object.add("languages", rule.languages.map(\.description))
      object.add("risks", card.risks.mapValues(\.rawValue))
      object.add("maps", card.maps)
      object.add("examples", rule.examples.count)
      object.add("place", rule.place.description)
      return object.text + "\n"
    }.joined()
  }
}

/// Just enough JSON for one flat line.
private struct JSONObject {
  private var members: [String] = []
  var text: String { "{" + members.joined(separator: ",") + "}" }

  mutating func add(_ key: String, _ text: String) { members.append("\"\(key)\":\(Self.quoted(text))") }
  mutating func add(_ key: String, _ number: Int) { members.append("\"\(key)\":\(number)") }
  mutating func add(_ key: String, _ list: [String]) { members.append("\"\(key)\":\(Self.array(list))") }
  mutating func add(_ key: String, _ text: LocalizedText) { add(key, text.byLanguage) }

  mutating func add(_ key: String, _ texts: [String: String]) {
    let pairs = texts.sorted { $0.key < $1.key }.map { "\(Self.quoted($0)):\(Self.quoted($1))" }
    members.append("\"\(key)\":{\(pairs.joined(separator: ","))}")
  }

  mutating func add(_ key: String, _ lists: [String: [String]]) {
    let pairs = lists.sorted { $0.key < $1.key }.map { "\(Self.quoted($0)):\(Self.array($1))" }
    members.append("\"\(key)\":{\(pairs.joined(separator: ","))}")
  }

  private static func array(_ list: [String]) -> String { "[\(list.map(quoted).joined(separator: ","))]" }

  private static func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      default:
        let isSafe = scalar.value >= 0x20 && scalar.properties.generalCategory != .format
        let digits = String(scalar.value, radix: 16)
        if isSafe || scalar.value > 0xFFFF {
          result.unicodeScalars.append(scalar)
        } else {
          result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
        }
      }
    }
    return result + "\""
  }
}

/// Makes a pack of Vale styles: one rule a file, named after its style and itself.
///
/// What each kind of rule does: vale.sh/docs/styles, version 3. Kinds that need a dictionary, a tagger of parts of
/// speech or a script are skipped and say so.
package struct ValeImporter {
  private let loader: RuleLoader
  private var names = RuleNames()

  package init(loader: RuleLoader) { self.loader = loader }

  /// The pack of `files`, named `name`. A file belongs to the style that its directory is named after.
  package mutating func pack(_ files: [(path: String, bytes: [UInt8])], name: String) throws(ImportProblem)
    -> ImportedPack
  {
    var drafts: [RuleDraft] = []
    for file in files.sorted(by: { $0.path < $1.path }) {
      let yaml = ImportYAML(file: file.path)
      let root = try yaml.root(file.bytes)
      // Vocabularies and settings of a package lie beside its rules.
      guard let kind = root["extends"] else { continue }
      let parts = file.path.split(separator: "/")
      let style = parts.count > 1 ? String(parts[parts.count - 2]) : name
      let title = String((parts.last ?? "rule").prefix { $0 != "." })
      let reader = ValeRule(yaml: yaml, root: root, style: style, title: title)
      drafts.append(
        try reader.draft(kind: try yaml.text(kind, "extends") ?? "", kindMark: kind.mark, names: &names))
    }
    guard !drafts.isEmpty else {
      throw ImportProblem(
        file: files.first?.path ?? name, mark: YAMLMark(line: 1, column: 1),
        text: "no Vale rule in it; a rule is a YAML file with 'extends'")
    }
    let assembly = PackAssembly(
      format: "vale", name: name, title: name,
      defaults: [
        PackField("languages", .bare("any")), PackField("status", .bare("experimental")),
        PackField("severity", .bare("low")), PackField("confidence", .bare("medium")),
      ], loader: loader)
    return try assembly.pack(drafts, notes: [])
  }
}

/// One rule file of a style.
struct ValeRule {
  let yaml: ImportYAML
  let root: YAMLNode
  let style: String
  let title: String

  /// Keys that every kind has.
  private static let commonKeys = [
    "extends", "message", "level", "scope", "link", "limit", "action", "description", "name", "code", "vocab",
  ]

  func draft(kind: String, kindMark: YAMLMark, names: inout RuleNames) throws(ImportProblem) -> RuleDraft {
    var draft = RuleDraft(source: "\(style).\(title)", file: yaml.file, mark: YAMLMark(line: 1, column: 1))
    var bodies: [[PackField]] = []
    var known = Self.commonKeys
    switch kind {
    case "existence":
      known += ["tokens", "raw", "ignorecase", "nonword", "append", "exceptions"]
      bodies = [[PackField("match", .map(try existence(&draft)))]]
    case "substitution":
      known += ["swap", "ignorecase", "nonword", "capitalize", "exceptions", "pos"]
      bodies = [[PackField("match", .map(try substitution(&draft)))]]
    case "occurrence":
      known += ["token", "max", "min", "ignorecase"]
      bodies = try occurrence(&draft)
    case "repetition":
      known += ["tokens", "alpha", "ignorecase", "max", "exceptions"]
      bodies = [[PackField("match", .map(try repetition(&draft)))]]
    case "consistency":
      known += ["either", "ignorecase", "nonword"]
      bodies = try consistency(&draft)
    case "conditional":
      known += ["first", "second", "ignorecase", "exceptions"]
      bodies = [try conditional(&draft)]
    case "capitalization":
      known += ["match", "style", "exceptions", "indicators", "threshold", "prefix"]
      bodies = [[PackField("match", .map(try capitalization(&draft)))]]
    case "metric":
      known += ["formula", "condition"]
      bodies = try metric(&draft)
    case "spelling": draft.notes = ["'spelling' needs a dictionary, which auditor does not have"]
    case "sequence":
      draft.notes = ["'sequence' needs the parts of speech of words, which auditor does not tag"]
    case "script": draft.notes = ["'script' is a program; auditor runs no code of rules"]
    case "readability":
      draft.notes = ["'readability' needs the syllables of words, which auditor does not count"]
    default:
      let kinds = [
        "existence", "substitution", "occurrence", "repetition", "consistency", "conditional",
        "capitalization",
        "metric", "spelling", "sequence", "script",
      ]
      let near = Spelling.nearest(to: kind, among: kinds).map { "did you mean '\($0)'" }
      throw yaml.problem(
        "no kind of rule named '\(kind)'; \(near ?? "known: \(kinds.joined(separator: ", "))")", kindMark)
    }
    guard !bodies.isEmpty else { return draft }
    for entry in root.entries where !known.contains(entry.key) {
      draft.notes.append("line \(entry.mark.line): '\(entry.key)' is not known and does not count")
    }
    let scope = try scope(kind: kind, &draft.notes)
    for body in bodies {
      let id = names.id(style, title)
      var fields: [PackField] = [
        PackField("rule", .text(id)), PackField("message", .map([PackField("en", .text(try message(kind)))])),
        PackField("title", .map([PackField("en", .text("\(style): \(title)"))])),
        PackField("category", .text("style/\(style.lowercased())")),
        PackField("severity", .bare(try severity())),
      ]
      if !scope.isEmpty { fields.append(PackField("scope", .list(scope.map { .bare($0) }))) }
      if let link = try yaml.text(root["link"], "link"), !RuleReader.isBlank(link) {
        fields.append(PackField("references", .texts([link])))
      }
      fields += body
      fields.append(PackField("x-imported-from", .text("vale \(style).\(title)")))
      draft.rules.append((id, fields))
    }
    return draft
  }

  // MARK: - what every kind has

  /// The message with `%s` as our placeholders: a substitution names what to write first, then what was found.
  private func message(_ kind: String) throws(ImportProblem) -> String {
    let text = try yaml.text(root["message"], "message") ?? title
    var values = kind == "substitution" ? ["{suggestion}", "{match}"] : ["{match}"]
    var result = ""
    var rest = text.replacing("{", with: "(").replacing("}", with: ")")[...]
    while let percent = rest.firstRange(of: "%s") {
      result += rest[..<percent.lowerBound] + (values.count > 1 ? values.removeFirst() : values[0])
      rest = rest[percent.upperBound...]
    }
    result += rest
    return RuleReader.isBlank(result) ? title : result
  }

  private func severity() throws(ImportProblem) -> String {
    guard let node = root["level"], let level = try yaml.text(node, "level") else { return "low" }
    switch level {
    case "suggestion": return "info"
    case "warning", "": return "low"
    case "error": return "medium"
    default: throw yaml.problem("no level named '\(level)'; known: suggestion, warning, error", node.mark)
    }
  }

  /// Our scopes; empty for the default of a pack.
  private func scope(kind: String, _ notes: inout [String]) throws(ImportProblem) -> [String] {
    var scopes: [String] = []
    for text in try yaml.texts(root["scope"], "scope") {
      for part in text.split(separator: "&").map({ $0.filter { !$0.isWhitespace } }) {
        switch part {
        case "text", "summary", "": break
        case "heading": scopes += ["headline", "heading"]
        case "heading.h1", "title": scopes.append("headline")
        case _ where part.hasPrefix("heading.h"): scopes.append("heading")
        case "sentence", "paragraph": scopes += ["headline", "heading", "body"]
        case "raw": scopes.append("source")
        case "blockquote": scopes.append("quote")
        case "alt": scopes.append("alt")
        case "link": scopes.append("link-text")
        case "code": scopes.append("code")
        case _ where part.hasPrefix("text.comment") || part.hasPrefix("comment"): scopes.append("comment")
        default:
          scopes.append("body")
          notes.append("the scope '\(part)' is not known; all of the text is read")
        }
      }
    }
    return scopes.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  // MARK: - patterns

  func ignoresCase() throws(ImportProblem) -> Bool { try yaml.flag(root["ignorecase"], "ignorecase") }

  func isBySentence() throws(ImportProblem) -> Bool {
    try yaml.texts(root["scope"], "scope").contains("sentence")
  }

  /// A pattern as Vale puts it together: flags, `raw` texts, and the tokens at word boundaries.
  func assembled(_ tokens: [String], raw: [String] = []) throws(ImportProblem) -> String {
    let isWord = try !yaml.flag(root["nonword"], "nonword") && !tokens.isEmpty
    let words = tokens.isEmpty ? "" : "(?:\(tokens.joined(separator: "|")))"
    let body = isWord ? "\\b\(words)\\b" : words
    let joined = raw.joined()
    let isAppended = try yaml.flag(root["append"], "append")
    return (try ignoresCase() ? "(?mi)" : "(?m)") + (isAppended ? body + joined : joined + body)
  }

  /// The translated pattern; a problem of the dialect is thrown with the place of `key`.
  func translated(_ pattern: String, key: String) throws(ImportProblem) -> RegexDialect.Translation {
    do throws(RegexDialect.Problem) {
      return try RegexDialect.dotNet.translate(LookBehinds.bounded(pattern))
    } catch {
      throw yaml.problem(
        "'\(key)', character \(error.column) of the pattern: \(error.text)", root[key]?.mark ?? root.mark)
    }
  }

  /// `unless` for the exceptions of the rule.
  func exceptions(_ draft: inout RuleDraft) throws(ImportProblem) -> [PackField] {
    let list = try yaml.texts(root["exceptions"], "exceptions").filter { !RuleReader.isBlank($0) }
    guard !list.isEmpty else { return [] }
    let pattern = (try ignoresCase() ? "(?i)" : "") + "^(?:\(list.joined(separator: "|")))$"
    do throws(RegexDialect.Problem) {
      let regex = try RegexDialect.dotNet.translate(pattern).regex
      return [PackField("unless", .map([PackField("value", .texts([regex]))]))]
    } catch {
      throw yaml.problem("'exceptions': \(error.text)", root["exceptions"]?.mark ?? root.mark)
    }
  }

  func matcher(_ translation: RegexDialect.Translation, _ draft: inout RuleDraft) throws(ImportProblem)
    -> [PackField]
  {
    draft.notes += translation.notes
    return ImportedPattern.fields(translation)
      + (try isBySentence() ? [PackField("by", .bare("sentence"))] : [])
  }
}

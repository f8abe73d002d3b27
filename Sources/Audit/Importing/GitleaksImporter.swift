/// Makes a pack of a gitleaks configuration.
///
/// Its rules read the whole file as it is written (`scope: source`), as gitleaks does, so that a pattern may cross
/// lines. What gitleaks knows of git (commits) has no counterpart and is noted.
package struct GitleaksImporter {
  /// How many files may extend each other.
  static let deepestExtension = 2

  private let loader: RuleLoader
  private let read: (String) throws(ImportProblem) -> [UInt8]
  private let base: String?
  private var names = RuleNames()
  private var notes: [String] = []

  /// - Parameters:
  ///   - base: a configuration that stands for gitleaks' own default, which `useDefault` asks for.
  ///   - read: the bytes of a file.
  package init(
    loader: RuleLoader, base: String? = nil, read: @escaping (String) throws(ImportProblem) -> [UInt8]
  ) {
    self.loader = loader
    self.base = base
    self.read = read
  }

  /// The pack of the configuration at `path`, named `name`.
  package mutating func pack(_ path: String, name: String) throws(ImportProblem) -> ImportedPack {
    let config = try config(at: path, depth: 0)
    let ids = Set(config.rules.map(\.id))
    for list in config.allowlists {
      for id in list.targetRules where !ids.contains(id) {
        throw ImportProblem(
          file: path, mark: list.mark,
          text: "the allowlist is for a rule '\(id)', which is not there; correct the id")
      }
    }
    var drafts: [RuleDraft] = []
    let byID = Dictionary(config.rules.map { ($0.id, $0) }) { first, _ in first }
    for rule in config.rules { drafts.append(try draft(rule, config, byID)) }
    let assembly = PackAssembly(
      format: "gitleaks", name: name, title: config.title.isEmpty ? name : config.title,
      defaults: defaults(config), loader: loader)
    return try assembly.pack(drafts, notes: notes)
  }

  // MARK: - configuration

  private mutating func config(at path: String, depth: Int) throws(ImportProblem) -> GitleaksConfig {
    let root = try TOMLParser.parse(try read(path), file: path)
    var config = try GitleaksReader(file: path).config(root)
    var seen: Set<String> = []
    for rule in config.rules where !seen.insert(rule.id).inserted {
      throw ImportProblem(
        file: path, mark: rule.mark, text: "a rule named '\(rule.id)' is there twice; rename one")
    }
    guard depth < Self.deepestExtension else {
      if config.extendsPath != nil {
        notes.append("\(path) extends a third file, which gitleaks does not read either")
      }
      return config
    }
    if config.extendsDefault {
      if let base {
        config = Self.merged(config, over: try self.config(at: base, depth: depth + 1))
      } else {
        notes.append(
          "useDefault: gitleaks' default rules are a file of their own; give it with --base to include them")
      }
    } else if let extended = config.extendsPath {
      let directory = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
      let relative = extended.path.hasPrefix("/") ? extended.path : directory + extended.path
      let base: GitleaksConfig
      do throws(ImportProblem) {
        base = try self.config(at: relative, depth: depth + 1)
      } catch {
        guard error.file == relative, error.mark == Self.unread, !extended.path.hasPrefix("/") else {
          throw error
        }
        // gitleaks reads the path from the working directory.
        let name = extended.path.split(separator: "/").last.map(String.init) ?? extended.path
        do throws(ImportProblem) {
          base = try self.config(at: directory + name, depth: depth + 1)
        } catch {
          throw ImportProblem(
            file: path, mark: extended.mark,
            text:
              "cannot read '\(extended.path)' that this file extends; give a path from this file's directory")
        }
      }
      config = Self.merged(config, over: base)
    }
    return config
  }

  /// The place in problems about files that cannot be read at all.
  package static let unread = YAMLMark(line: 0, column: 0)

  /// `config` with the rules and allowlists that it extends. Rules of the same id are merged key by key.
  private static func merged(_ config: GitleaksConfig, over base: GitleaksConfig) -> GitleaksConfig {
    var result = config
    var own = Dictionary(config.rules.map { ($0.id, $0) }) { first, _ in first }
    var rules: [GitleaksRule] = []
    for var rule in base.rules where !config.disabledRules.contains(rule.id) {
      if let change = own.removeValue(forKey: rule.id) {
        if !change.description.isEmpty { rule.description = change.description }
        rule.regex = change.regex ?? rule.regex
        rule.path = change.path ?? rule.path
        if change.secretGroup != 0 { rule.secretGroup = change.secretGroup }
        if change.entropy != 0 { rule.entropy = change.entropy }
        rule.keywords += change.keywords.filter { !rule.keywords.contains($0) }
        rule.tags += change.tags.filter { !rule.tags.contains($0) }
        rule.allowlists += change.allowlists
        rule.required += change.required
        (rule.file, rule.mark) = (change.file, change.mark)
      }
      rules.append(rule)
    }
    result.rules = rules + config.rules.filter { own[$0.id] != nil }
    result.allowlists += base.allowlists
    return result
  }

  private mutating func defaults(_ config: GitleaksConfig) -> [PackField] {
    var unless: [PackValue] = []
    var paths: [String] = []
    for list in config.allowlists where list.targetRules.isEmpty {
      var dropped: [String] = []
      let allowed = allowances(list, notes: &dropped)
      unless += allowed.filters
      paths += allowed.paths
      notes += dropped.map { "global allowlist: \($0)" }
    }
    var fields: [PackField] = [
      PackField("languages", .bare("any")), PackField("status", .bare("experimental")),
      PackField("severity", .bare("high")), PackField("confidence", .bare("medium")),
      PackField("scope", .bare("source")),
    ]
    if !paths.isEmpty {
      fields.append(PackField("applies", .map([PackField("not_path_regex", .texts(paths))])))
    }
    if !unless.isEmpty { fields.append(PackField("unless", .list(unless))) }
    return fields
  }

  // MARK: - allowlists

  /// An allowlist as entries of `unless` and as paths that are not read at all.
  private func allowances(_ list: GitleaksAllowlist, notes: inout [String]) -> (
    filters: [PackValue], paths: [String]
  ) {
    let key =
      switch list.target {
      case .secret: "value"
      case .match: "whole"
      case .line: "line"
      }
    let regexes = translated(list.regexes, notes: &notes)
    let paths = translated(list.paths, notes: &notes)
    if list.commits > 0 { notes.append("commits of an allowlist are not known to auditor and do not count") }
    if list.needsAll {
      if list.commits > 0 {
        notes.append("an allowlist that needs a commit and more is left out: more may be reported")
        return ([], [])
      }
      var fields: [PackField] = []
      if !list.regexes.isEmpty { fields.append(PackField(key, .texts(regexes))) }
      if !list.stopwords.isEmpty { fields.append(PackField("words", .texts(list.stopwords))) }
      if !list.paths.isEmpty { fields.append(PackField("path", .texts(paths))) }
      let isWhole = regexes.count == list.regexes.count && paths.count == list.paths.count
      return (isWhole && !fields.isEmpty ? [.map(fields)] : [], [])
    }
    var filters: [PackValue] = []
    if !regexes.isEmpty { filters.append(.map([PackField(key, .texts(regexes))])) }
    if !list.stopwords.isEmpty { filters.append(.map([PackField("words", .texts(list.stopwords))])) }
    return (filters, paths)
  }

  private func translated(_ list: [(text: String, mark: YAMLMark)], notes: inout [String]) -> [String] {
    var texts: [String] = []
    for entry in list {
      do throws(RegexDialect.Problem) {
        texts.append(try RegexDialect.re2.translate(entry.text).regex)
      } catch {
        notes.append(
          "line \(entry.mark.line): an allowlist regex is left out (\(error.text)): more may be reported")
      }
    }
    return texts
  }

  // MARK: - rules

  private mutating func draft(
    _ rule: GitleaksRule, _ config: GitleaksConfig, _ others: [String: GitleaksRule]
  ) throws(ImportProblem) -> RuleDraft {
    var draft = RuleDraft(source: rule.id, file: rule.file, mark: rule.mark)
    guard rule.regex != nil || rule.path != nil else {
      throw ImportProblem(
        file: rule.file, mark: rule.mark, text: "'\(rule.id)' has no 'regex' and no 'path'; add one of them")
    }
    draft.notes = rule.unknownKeys.map { "the key '\($0)' is not known and does not count" }
    var applies: [PackField] = []
    var matcher: [PackField] = []
    let path = try rule.path.map { (path) throws(ImportProblem) in try translate(path, of: rule, "path").regex
    }
    if let regex = rule.regex {
      matcher = try self.matcher(regex, of: rule, config, notes: &draft.notes)
      if let path { applies.append(PackField("path_regex", .texts([path]))) }
    } else if let path {
      matcher = [PackField("path", .text(path))]
      draft.notes.append(
        "reports files that auditor reads as documents; a binary file is listed as not examined")
    }
    var blocked: [String] = []
    for list in rule.allowlists + config.allowlists.filter({ $0.targetRules.contains(rule.id) }) {
      blocked += allowances(list, notes: &draft.notes).paths
    }
    if !blocked.isEmpty { applies.append(PackField("not_path_regex", .texts(blocked))) }
    let id = names.id("gitleaks", rule.id)
    let description = rule.description.isEmpty ? rule.id : rule.description
    var fields: [PackField] = [
      PackField("rule", .text(id)),
      PackField("message", .map([PackField("en", .text(Self.message(description)))])),
      PackField("title", .map([PackField("en", .text(rule.id))])),
      PackField("category", .bare("secret/credential")),
    ]
    if !applies.isEmpty { fields.append(PackField("applies", .map(applies))) }
    fields.append(PackField("match", .map(matcher)))
    let near = try required(rule, config, others, notes: &draft.notes)
    if !near.isEmpty { fields.append(PackField("near", .list(near))) }
    if rule.skipsReport { fields.append(PackField("silent", .bare("true"))) }
    if !rule.tags.isEmpty { fields.append(PackField("x-tags", .texts(rule.tags))) }
    fields.append(PackField("x-imported-from", .text("gitleaks \(rule.id)")))
    draft.rules = [(id, fields)]
    return draft
  }

  /// The description as a sentence about one place; names in braces would be read as placeholders.
  static func message(_ description: String) -> String {
    var text = description.replacing("{", with: "(").replacing("}", with: ")")
    while let last = text.last, last == "." || last.isWhitespace { text.removeLast() }
    return text + ": {masked}"
  }

  private func translate(
    _ regex: (text: String, mark: YAMLMark), of rule: GitleaksRule, _ key: String
  ) throws(ImportProblem) -> RegexDialect.Translation {
    do throws(RegexDialect.Problem) {
      return try RegexDialect.re2.translate(regex.text)
    } catch {
      throw ImportProblem(
        file: rule.file, mark: regex.mark,
        text: "'\(key)' of '\(rule.id)', character \(error.column): \(error.text)")
    }
  }

  private func matcher(
    _ regex: (text: String, mark: YAMLMark), of rule: GitleaksRule, _ config: GitleaksConfig,
    notes: inout [String]
  ) throws(ImportProblem) -> [PackField] {
    let translation = try translate(regex, of: rule, "regex")
    notes += translation.notes
    var groups = 0
    if case .good(let count, _) = PatternSyntax.check(translation.regex, isASCII: true) { groups = count }
    guard rule.secretGroup <= groups else {
      throw ImportProblem(
        file: rule.file, mark: regex.mark,
        text:
          "secretGroup of '\(rule.id)' is \(rule.secretGroup), but its regex has \(groups) groups; name one of them"
      )
    }
    var fields = [PackField("regex", .text(translation.regex)), PackField("ascii", .bare("true"))]
    if rule.secretGroup > 0 {
      fields.append(PackField("group", .bare("\(rule.secretGroup)")))
    } else if groups > 0 {
      fields.append(PackField("group", .bare("first")))
    }
    // gitleaks wants more than the entropy, ours at least.
    if rule.entropy > 0 { fields.append(PackField("entropy", .bare("\(min(rule.entropy + 1e-6, 8))"))) }
    let needs = PatternNeeds(of: LeadingRun(of: translation.regex)?.rest ?? translation.regex)
    let keywords = rule.keywords.map { $0.lowercased() }.filter { !$0.isEmpty }
    let isImplied = needs.literals.map { literals in
      PatternNeeds.score(literals) >= 20
        && literals.texts.allSatisfy { text in
          keywords.contains { String(decoding: text.bytes, as: UTF8.self).contains($0) }
        }
    }
    if !keywords.isEmpty, isImplied != true { fields.append(PackField("keywords", .texts(keywords))) }
    var filters: [PackValue] = []
    for list in rule.allowlists + config.allowlists.filter({ $0.targetRules.contains(rule.id) }) {
      filters += allowances(list, notes: &notes).filters
    }
    if !filters.isEmpty { fields.append(PackField("unless", .list(filters))) }
    let isFindable = needs.literals != nil || needs.digitRun != nil || needs.clusterDigits != nil
    if keywords.isEmpty, !isFindable { fields.append(PackField("slow", .bare("true"))) }
    return fields
  }

  /// `required` of a composite rule, as `near`.
  private func required(
    _ rule: GitleaksRule, _ config: GitleaksConfig, _ others: [String: GitleaksRule], notes: inout [String]
  ) throws(ImportProblem) -> [PackValue] {
    var near: [PackValue] = []
    for required in rule.required {
      guard let other = others[required.id], let regex = other.regex else {
        throw ImportProblem(
          file: rule.file, mark: required.mark,
          text:
            "'\(rule.id)' requires a rule '\(required.id)' with a regex, which is not there; correct the id")
      }
      var fields = try matcher(regex, of: other, config, notes: &notes)
      switch (required.lines, required.columns) {
      case (nil, nil): fields.append(PackField("within", .bare("document")))
      case (let lines?, nil):
        fields.append(PackField("within", .map([PackField("lines", .bare("\(lines)"))])))
      case (let lines, let columns?):
        fields.append(PackField("within", .map([PackField("chars", .bare("\(columns)"))])))
        notes.append(
          "'\(required.id)' within \(columns) columns" + (lines.map { " and \($0) lines" } ?? "")
            + ": counted as characters in between")
      }
      fields.append(PackField("required", .bare("true")))
      near.append(.map(fields))
    }
    return near
  }
}

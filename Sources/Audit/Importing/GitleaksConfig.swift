/// A configuration of gitleaks as its file says it. Source: README.md of github.com/gitleaks/gitleaks, version 8.28.
struct GitleaksConfig: Sendable {
  var title = ""
  var rules: [GitleaksRule] = []
  var allowlists: [GitleaksAllowlist] = []
  var extendsDefault = false
  var extendsPath: (path: String, mark: YAMLMark)?
  var disabledRules: [String] = []
}

struct GitleaksRule: Sendable {
  var id = ""
  var description = ""
  var regex: (text: String, mark: YAMLMark)?
  var path: (text: String, mark: YAMLMark)?
  var secretGroup = 0
  var entropy = 0.0
  var keywords: [String] = []
  var tags: [String] = []
  var allowlists: [GitleaksAllowlist] = []
  var required: [Required] = []
  var skipsReport = false
  /// Keys that this importer does not know.
  var unknownKeys: [String] = []
  var file = ""
  var mark = YAMLMark(line: 1, column: 1)

  struct Required: Sendable {
    var id = ""
    var lines: Int?
    var columns: Int?
    var mark = YAMLMark(line: 1, column: 1)
  }
}

struct GitleaksAllowlist: Sendable {
  enum Target: String { case secret, match, line }
  var description = ""
  var needsAll = false
  var target = Target.secret
  var regexes: [(text: String, mark: YAMLMark)] = []
  var paths: [(text: String, mark: YAMLMark)] = []
  var stopwords: [String] = []
  var commits = 0
  var targetRules: [String] = []
  var mark = YAMLMark(line: 1, column: 1)
}

/// Reads the tables of a configuration; every problem has its place.
struct GitleaksReader {
  let file: String

  func config(_ root: TOMLNode) throws(ImportProblem) -> GitleaksConfig {
    var config = GitleaksConfig()
    config.title = try text(root["title"], "title") ?? ""
    if let extend = root["extend"] {
      config.extendsDefault = try flag(extend["useDefault"], "useDefault") ?? false
      if let node = extend["path"], let path = try text(node, "path") {
        config.extendsPath = (path, node.mark)
      }
      config.disabledRules = try texts(extend["disabledRules"], "disabledRules").map(\.text)
    }
    for node in try items(root["rules"], "rules") { config.rules.append(try rule(node)) }
    if let old = root["allowlist"], root["allowlists"] != nil {
      throw problem("both '[allowlist]' and '[[allowlists]]'; keep the second", old.mark)
    }
    for node in try items(root["allowlist"], "allowlist") + items(root["allowlists"], "allowlists") {
      config.allowlists.append(try allowlist(node))
    }
    return config
  }

  private func rule(_ node: TOMLNode) throws(ImportProblem) -> GitleaksRule {
    var rule = GitleaksRule()
    rule.file = file
    rule.mark = node.mark
    rule.id = try text(node["id"], "id") ?? ""
    guard !rule.id.isEmpty else { throw problem("the rule has no 'id'; add one", node.mark) }
    rule.description = try text(node["description"], "description") ?? ""
    if let entry = node["regex"], let text = try text(entry, "regex"), !text.isEmpty {
      rule.regex = (text, entry.mark)
    }
    if let entry = node["path"], let text = try text(entry, "path"), !text.isEmpty {
      rule.path = (text, entry.mark)
    }
    rule.secretGroup = try integer(node["secretGroup"], "secretGroup") ?? 0
    rule.entropy = try number(node["entropy"], "entropy") ?? 0
    rule.keywords = try texts(node["keywords"], "keywords").map(\.text)
    rule.tags = try texts(node["tags"], "tags").map(\.text)
    rule.skipsReport = try flag(node["skipReport"], "skipReport") ?? false
    if let old = node["allowlist"], node["allowlists"] != nil {
      throw problem("'\(rule.id)' has both 'allowlist' and 'allowlists'; keep the second", old.mark)
    }
    for entry in try items(node["allowlist"], "allowlist") + items(node["allowlists"], "allowlists") {
      rule.allowlists.append(try allowlist(entry))
    }
    for entry in try items(node["required"], "required") {
      var required = GitleaksRule.Required()
      required.mark = entry.mark
      required.id = try text(entry["id"], "id") ?? ""
      required.lines = try integer(entry["withinLines"], "withinLines")
      required.columns = try integer(entry["withinColumns"], "withinColumns")
      rule.required.append(required)
    }
    let known = [
      "id", "description", "regex", "path", "secretGroup", "entropy", "keywords", "tags", "skipReport",
      "allowlist",
      "allowlists", "required",
    ]
    rule.unknownKeys = node.entries.map(\.key).filter { !known.contains($0) }
    return rule
  }

  private func allowlist(_ node: TOMLNode) throws(ImportProblem) -> GitleaksAllowlist {
    var list = GitleaksAllowlist()
    list.mark = node.mark
    list.description = try text(node["description"], "description") ?? ""
    switch try text(node["condition"], "condition")?.uppercased() {
    case nil, "", "OR", "||": break
    case "AND", "&&": list.needsAll = true
    case .some(let word): throw problem("unknown condition '\(word)'; expected 'OR' or 'AND'", node.mark)
    }
    if let word = try text(node["regexTarget"], "regexTarget"), !word.isEmpty {
      guard let target = GitleaksAllowlist.Target(rawValue: word) else {
        throw problem(
          "unknown regexTarget '\(word)'; expected 'secret', 'match' or 'line'",
          node["regexTarget"]?.mark ?? node.mark)
      }
      list.target = target
    }
    list.regexes = try texts(node["regexes"], "regexes")
    list.paths = try texts(node["paths"], "paths")
    list.stopwords = try texts(node["stopwords"], "stopwords").map(\.text)
    list.commits = try texts(node["commits"], "commits").count
    list.targetRules = try texts(node["targetRules"], "targetRules").map(\.text)
    if list.regexes.isEmpty, list.paths.isEmpty, list.stopwords.isEmpty, list.commits == 0 {
      throw problem(
        "the allowlist allows nothing; add 'regexes', 'stopwords', 'paths' or 'commits'", node.mark)
    }
    return list
  }

  // MARK: - values

  private func problem(_ text: String, _ mark: YAMLMark) -> ImportProblem {
    ImportProblem(file: file, mark: mark, text: text)
  }

  private func wrong(_ key: String, _ node: TOMLNode, _ expected: String) -> ImportProblem {
    problem("'\(key)' is \(node.kindName); expected \(expected)", node.mark)
  }

  private func text(_ node: TOMLNode?, _ key: String) throws(ImportProblem) -> String? {
    guard let node else { return nil }
    guard case .text(let text) = node.content else { throw wrong(key, node, "a text") }
    return text
  }

  private func number(_ node: TOMLNode?, _ key: String) throws(ImportProblem) -> Double? {
    guard let node else { return nil }
    guard case .number(let number) = node.content else { throw wrong(key, node, "a number") }
    return number
  }

  private func integer(_ node: TOMLNode?, _ key: String) throws(ImportProblem) -> Int? {
    guard let node, let number = try number(node, key) else { return nil }
    guard let whole = Int(exactly: number), whole >= 0 else {
      throw wrong(key, node, "a whole number from 0")
    }
    return whole
  }

  private func flag(_ node: TOMLNode?, _ key: String) throws(ImportProblem) -> Bool? {
    guard let node else { return nil }
    guard case .flag(let flag) = node.content else { throw wrong(key, node, "true or false") }
    return flag
  }

  private func texts(_ node: TOMLNode?, _ key: String) throws(ImportProblem) -> [(
    text: String, mark: YAMLMark
  )] {
    guard let node else { return [] }
    guard case .list(let items) = node.content else { throw wrong(key, node, "a list of texts") }
    var texts: [(text: String, mark: YAMLMark)] = []
    for item in items {
      guard case .text(let text) = item.content else { throw wrong(key, item, "a text") }
      texts.append((text, item.mark))
    }
    return texts
  }

  /// The tables of `[[key]]`, or the one table of `[key]`.
  private func items(_ node: TOMLNode?, _ key: String) throws(ImportProblem) -> [TOMLNode] {
    guard let node else { return [] }
    let nodes: [TOMLNode]
    if case .list(let items) = node.content { nodes = items } else { nodes = [node] }
    for node in nodes {
      guard case .table = node.content else { throw wrong(key, node, "a table") }
    }
    return nodes
  }
}

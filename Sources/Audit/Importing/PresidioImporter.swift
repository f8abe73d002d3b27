/// Makes a pack of the custom recognisers of a Presidio file.
///
/// Source: microsoft.github.io/presidio, "No-code recognizers"; the flags of patterns are Python's numbers. A
/// recogniser that is a Python class has no patterns in the file; it is skipped and says so.
package struct PresidioImporter {
  private let loader: RuleLoader
  private var names = RuleNames()

  package init(loader: RuleLoader) { self.loader = loader }

  package mutating func pack(_ files: [(path: String, bytes: [UInt8])], name: String) throws(ImportProblem)
    -> ImportedPack
  {
    var drafts: [RuleDraft] = []
    for file in files.sorted(by: { $0.path < $1.path }) {
      let yaml = ImportYAML(file: file.path)
      let root = try yaml.root(file.bytes)
      let registry = root["recognizer_registry"] ?? root
      guard let list = registry["recognizers"] else {
        if files.count > 1 { continue }
        throw yaml.problem("no 'recognizers' in it; give a file of recognisers", root.mark)
      }
      guard case .sequence(let items) = list.content else {
        throw yaml.problem("'recognizers' is \(list.kindName); expected a list", list.mark)
      }
      let flags = try PythonFlags(
        number: yaml.number(registry["global_regex_flags"], "global_regex_flags") ?? 26)
      let languages = try yaml.texts(
        registry["supported_languages"] ?? root["supported_languages"], "supported_languages")
      for item in items {
        let reader = PresidioRecognizer(yaml: yaml, node: item, flags: flags, defaultLanguages: languages)
        drafts.append(try reader.draft(names: &names))
      }
    }
    guard !drafts.isEmpty else {
      throw ImportProblem(
        file: files.first?.path ?? name, mark: YAMLMark(line: 1, column: 1),
        text: "no recogniser in it; give a file of recognisers")
    }
    let assembly = PackAssembly(
      format: "presidio", name: name, title: name,
      defaults: [
        PackField("languages", .bare("any")), PackField("status", .bare("experimental")),
        PackField("severity", .bare("medium")), PackField("confidence", .bare("medium")),
      ], loader: loader)
    return try assembly.pack(drafts, notes: [])
  }
}

/// `re` flags as Presidio's files write them: the sum of their numbers in Python.
struct PythonFlags {
  /// "ims"
  let letters: String
  let isASCII: Bool
  let unknown: Int

  init(number: Double) {
    let bits = Int(exactly: number) ?? 26
    var letters = ""
    for (bit, letter) in [(2, "i"), (8, "m"), (16, "s"), (64, "x")] where bits & bit != 0 {
      letters += letter
    }
    self.letters = letters
    isASCII = bits & 256 != 0
    unknown = bits & ~(2 | 8 | 16 | 32 | 64 | 256)
  }
}

/// One recogniser of a file.
private struct PresidioRecognizer {
  let yaml: ImportYAML
  let node: YAMLNode
  let flags: PythonFlags
  let defaultLanguages: [String]

  /// Our validators for the entities whose recognisers Presidio checks in Python; one that this build does not have
  /// is not used.
  private static let validators = [
    "ABA_ROUTING_NUMBER": "us.rtn", "AU_ABN": "au.abn", "AU_ACN": "au.acn", "AU_TFN": "au.tfn",
    "CA_SIN": "ca.sin", "CREDIT_CARD": "luhn", "DE_BSNR": "de.bsnr", "DE_HEALTH_INSURANCE": "de.kvnr",
    "DE_ID_CARD": "de.id-card", "DE_LANR": "de.lanr", "DE_PASSPORT": "de.passport",
    "DE_SOCIAL_SECURITY": "de.rvnr", "DE_TAX_ID": "de.idnr", "DE_VAT_ID": "de.vat",
    "EMAIL_ADDRESS": "email", "ES_NIE": "es.nie", "ES_NIF": "es.nif",
    "FI_PERSONAL_IDENTITY_CODE": "fi.hetu", "IBAN_CODE": "iban", "IN_AADHAAR": "in.aadhaar",
    "IN_GSTIN": "in.gstin", "IP_ADDRESS": "ip", "IT_FISCAL_CODE": "it.codicefiscale",
    "IT_VAT_CODE": "it.iva", "KR_BRN": "kr.brn", "KR_RRN": "kr.rrn", "MAC_ADDRESS": "mac",
    "PL_PESEL": "pl.pesel", "SE_ORGANISATIONSNUMMER": "se.orgnr", "SE_PERSONNUMMER": "se.personnummer",
    "SG_UEN": "sg.uen", "TH_TNIN": "th.pin", "TR_NATIONAL_ID": "tr.tckimlik", "UK_NHS": "gb.nhs",
    "US_NPI": "us.npi", "US_SSN": "us.ssn", "ZA_ID_NUMBER": "za.idnr",
  ]

  func draft(names: inout RuleNames) throws(ImportProblem) -> RuleDraft {
    guard case .mapping = node.content else {
      if let name = node.text {
        return RuleDraft(source: name, file: yaml.file, mark: node.mark, notes: [Self.isPython])
      }
      throw yaml.problem("a recogniser is \(node.kindName); expected a mapping (key: value)", node.mark)
    }
    let name = try yaml.text(node["name"], "name") ?? "recognizer"
    var draft = RuleDraft(source: name, file: yaml.file, mark: node.mark)
    let denied = try yaml.texts(node["deny_list"], "deny_list").filter { !RuleReader.isBlank($0) }
    let patterns = node["patterns"]?.items ?? []
    if try yaml.text(node["type"], "type") == "predefined" || patterns.isEmpty && denied.isEmpty {
      draft.notes = [Self.isPython]
      return draft
    }
    if let enabled = node["enabled"], try !yaml.flag(enabled, "enabled") {
      draft.notes = ["it is not enabled in the file"]
      return draft
    }
    guard let entity = try yaml.text(node["supported_entity"], "supported_entity"), !entity.isEmpty else {
      throw yaml.problem("'\(name)' has no 'supported_entity'; add a name such as 'PHONE_NUMBER'", node.mark)
    }
    let hooks = try yaml.texts(node["x_python_hooks"], "x_python_hooks")
    let validator =
      hooks.isEmpty ? nil : Self.validators[entity].flatMap { Validators.named($0) == nil ? nil : $0 }
    if !hooks.isEmpty {
      draft.notes.append(
        validator.map { "its check in Python is replaced by the validator '\($0)'" }
          ?? "its check in Python (\(hooks.joined(separator: ", "))) is not imported; confidence is low")
    }
    if flags.unknown != 0 {
      draft.notes.append("regex flags \(flags.unknown) are not known and do not count")
    }
    for (language, context) in try languages() {
      for pattern in patterns {
        try append(
          pattern, name: name, entity: entity, language: language, context: context, validator: validator,
          isChecked: hooks.isEmpty || validator != nil, to: &draft, names: &names)
      }
      if !denied.isEmpty {
        let score = try yaml.number(node["deny_list_score"], "deny_list_score") ?? 1
        try append(
          deny: denied, score: score, name: name, entity: entity, language: language, context: context,
          to: &draft,
          names: &names)
      }
    }
    return draft
  }

  private static let isPython =
    "it is a class in Python, the file holds only its name; the bundled rules may find the same (auditor rules list)"

  /// Each language with its context words; "" for any language.
  private func languages() throws(ImportProblem) -> [(language: String, context: [String])] {
    let shared = try yaml.texts(node["context"], "context").filter { !RuleReader.isBlank($0) }
    if let one = try yaml.text(node["supported_language"], "supported_language") { return [(one, shared)] }
    if let many = node["supported_languages"], case .sequence(let items) = many.content {
      var result: [(String, [String])] = []
      for item in items {
        if let text = item.text {
          result.append((text, shared))
        } else {
          let language = try yaml.text(item["language"], "language") ?? ""
          result.append((language, try yaml.texts(item["context"], "context") + shared))
        }
      }
      return result
    }
    return (defaultLanguages.isEmpty ? ["en"] : defaultLanguages).map { ($0, shared) }
  }

  private func append(
    _ pattern: YAMLNode, name: String, entity: String, language: String, context: [String],
    validator: String?,
    isChecked: Bool, to draft: inout RuleDraft, names: inout RuleNames
  ) throws(ImportProblem) {
    let title = try yaml.text(pattern["name"], "name") ?? name
    guard let regexNode = pattern["regex"], let regex = try yaml.text(regexNode, "regex") else {
      draft.notes.append("line \(pattern.mark.line): the pattern '\(title)' has no regex in the file")
      return
    }
    guard let score = try yaml.number(pattern["score"], "score"), (0...1).contains(score) else {
      throw yaml.problem("the pattern '\(title)' has no score from 0 to 1; add one", pattern.mark)
    }
    let translation: RegexDialect.Translation
    do throws(RegexDialect.Problem) {
      let flagged =
        (flags.letters.isEmpty ? "" : "(?\(flags.letters))") + (flags.isASCII ? "(?a)" : "") + regex
      translation = try RegexDialect.python.translate(flagged)
    } catch {
      throw yaml.problem(
        "the regex of '\(title)', character \(error.column) with flags: \(error.text)", regexNode.mark)
    }
    draft.notes += translation.notes.filter { !draft.notes.contains($0) }
    var matcher = ImportedPattern.fields(translation)
    if let validator { matcher.append(PackField("validator", .text(validator))) }
    add(
      matcher, title: title, score: isChecked ? score : min(score, 0.3), name: name, entity: entity,
      language: language,
      context: context, to: &draft, names: &names)
  }

  /// A deny list is a list of words between characters that are none. Source: `PatternRecognizer._deny_list_to_regex`.
  private func append(
    deny words: [String], score: Double, name: String, entity: String, language: String, context: [String],
    to draft: inout RuleDraft, names: inout RuleNames
  ) throws(ImportProblem) {
    // Python's re.escape, then the dialect.
    let quoted = words.map { word in
      word.unicodeScalars.reduce(into: "") { text, scalar in
        let isPlain =
          scalar.value >= 0x80 || scalar.properties.isAlphabetic || ("0"..."9").contains(scalar)
          || scalar == "_"
        text += isPlain ? "\(scalar)" : "\\\(scalar)"
      }
    }
    let flagged =
      "(?\(flags.letters.isEmpty ? "s" : flags.letters))(?:^|(?<=\\W))(?:\(quoted.joined(separator: "|")))(?:(?=\\W)|$)"
    do throws(RegexDialect.Problem) {
      let translation = try RegexDialect.python.translate(flagged)
      add(
        ImportedPattern.fields(translation), title: "\(name) list", score: score, name: name, entity: entity,
        language: language, context: context, to: &draft, names: &names)
    } catch {
      throw yaml.problem("the deny list of '\(name)': \(error.text)", node["deny_list"]?.mark ?? node.mark)
    }
  }

  private func add(
    _ matcher: [PackField], title: String, score: Double, name: String, entity: String, language: String,
    context: [String], to draft: inout RuleDraft, names: inout RuleNames
  ) {
    let id = names.id("presidio", name == title ? name : "\(name) \(title)")
    // Presidio reports by a threshold over scores; words nearby add 0.35.
    let confidence = score < 0.4 ? "low" : score < 0.7 ? "medium" : "high"
    var fields: [PackField] = [
      PackField("rule", .text(id)),
      PackField("message", .map([PackField("en", .text("Possible \(entity): {masked}"))])),
      PackField("title", .map([PackField("en", .text(title))])),
      PackField("category", .text("privacy/\(entity.lowercased().replacing("_", with: "-"))")),
      PackField("entity", .text(entity)), PackField("confidence", .bare(confidence)),
    ]
    if !language.isEmpty { fields.append(PackField("languages", .text(language))) }
    fields.append(PackField("match", .map(matcher)))
    let words = context.filter { word in
      word.unicodeScalars.contains { $0.properties.isAlphabetic || $0.properties.numericType != nil }
    }
    if !words.isEmpty {
      fields.append(
        PackField(
          "near",
          .map([
            PackField("phrase", .texts(words)), PackField("within", .map([PackField("words", .bare("5"))])),
            PackField("effect", .map([PackField("confidence", .bare("1"))])),
          ])))
    }
    fields.append(PackField("x-score", .number(score)))
    fields.append(PackField("x-imported-from", .text("presidio \(name)")))
    draft.rules.append((id, fields))
  }
}

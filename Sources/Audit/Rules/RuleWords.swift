import AuditCore

/// The words around a rule in `explain` and `rules list`. Arabic follows `rules/frameworks/glossary.tsv`.
struct RuleWords: Sendable {
  let isArabic: Bool

  init(language: String) { isArabic = Language(language) == .ar }

  func say(_ english: String, _ arabic: String) -> String { isArabic ? arabic : english }

  func severity(_ severity: Severity) -> String {
    switch severity {
    case .info: say("info", "للعلم")
    case .low: say("low", "منخفضة")
    case .medium: say("medium", "متوسطة")
    case .high: say("high", "مرتفعة")
    case .critical: say("critical", "حرجة")
    }
  }

  func confidence(_ confidence: Confidence) -> String {
    switch confidence {
    case .low: say("low", "منخفضة")
    case .medium: say("medium", "متوسطة")
    case .high: say("high", "مرتفعة")
    case .certain: say("certain", "مؤكدة")
    }
  }

  func status(_ status: String) -> String {
    switch status {
    case "experimental": say(status, "تجريبية")
    case "test": say(status, "قيد الاختبار")
    case "stable": say(status, "مستقرة")
    case "deprecated": say(status, "متقادمة")
    default: status
    }
  }

  func evidence(_ evidence: EvidenceClass) -> String {
    switch evidence {
    case .direct: say("direct evidence", "دليل مباشر")
    case .proxy: say("proxy evidence", "قرينة")
    case .topic: say("topic mention, never scored", "ذكر للموضوع، لا يدخل في الحساب")
    }
  }

  func languages(_ languages: [Language]) -> String {
    if languages.isEmpty { return say("any language", "كل اللغات") }
    return languages.map { language in
      switch language {
      case .en: say("English", "الإنجليزية")
      case .ar: say("Arabic", "العربية")
      default: language.description
      }
    }.joined(separator: say(", ", "، "))
  }

  func within(_ within: Within) -> String {
    switch within {
    case .sentence: say("in the same sentence", "في الجملة نفسها")
    case .paragraph: say("in the same paragraph", "في الفقرة نفسها")
    case .section: say("in the same section", "في القسم نفسه")
    case .document: say("anywhere in the document", "في أي موضع من المستند")
    case .characters(let count): say("within \(count) characters", "ضمن مسافة \(count) من المحارف")
    case .words(let count): say("within \(count) words", "ضمن مسافة \(count) من الكلمات")
    case .lines(let count): say("within \(count) lines", "ضمن مسافة \(count) من الأسطر")
    }
  }

  /// What a matcher looks for, in one line; at most `limit` phrases are listed.
  func matcher(_ kind: Matcher.Kind, limit: Int = 8) -> String {
    switch kind {
    case .phrases(let phrases):
      return list(phrases.map { quoted($0.text) }, limit: limit)
    case .lexicon(let phrases, let minimum, let within):
      let terms = phrases.map { "\(quoted($0.text)) \(number($0.weight))" }
      let sum = say("weights of at least", "أوزان مجموعها لا يقل عن")
      return "\(sum) \(number(minimum)) \(self.within(within)): \(list(terms, limit: limit))"
    case .pattern(let pattern):
      var parts = [say("the pattern ", "النمط ") + isolated(pattern.regex)]
      if pattern.ignoresCase { parts.append(say("in any case", "بالأحرف الكبيرة أو الصغيرة")) }
      if !pattern.keywords.isEmpty {
        parts.append(
          say("with one of ", "مع إحدى الكلمات ") + list(pattern.keywords.map(quoted), limit: limit))
      }
      if !pattern.validators.isEmpty {
        parts.append(say("checked by ", "يتحقق منه ") + isolated(pattern.validators.joined(separator: ", ")))
      }
      if pattern.minimumEntropy > 0 {
        parts.append(say("entropy of at least ", "إنتروبيا لا تقل عن ") + number(pattern.minimumEntropy))
      }
      parts += details(pattern.more, limit: limit)
      return parts.joined(separator: say(", ", "، "))
    case .builtin(let builtin): return say("the check ", "الفحص ") + isolated(builtin.rawValue)
    case .path(let pattern):
      return say("the path of the document has ", "مسار المستند فيه ") + isolated(pattern)
    case .capitalization(let form):
      return say("capital letters of the style ", "الأحرف الكبيرة بأسلوب ") + isolated(form.style.rawValue)
    case .scored(let test):
      let models = test.models.map(scored).joined(separator: say("; ", "؛ "))
      return models
        + (test.limit.map {
          say(
            "; at most \($0) of each part of a document, those with the highest scores",
            "؛ ولا يزيد المذكور على \($0) من كل جزء من المستند، وهي الأعلى درجة")
        } ?? "")
    case .css(let selector): return "CSS " + isolated(selector)
    case .xpath(let expression): return "XPath " + isolated(expression)
    case .metric(let test):
      var text = test.metric.rawValue
      if let above = test.above { text += " > \(number(above))" }
      if let below = test.below { text += " < \(number(below))" }
      guard test.minimumWords == 0 else {
        return isolated(text)
          + say(
            ", in texts of at least \(test.minimumWords) words",
            "، في نصوص لا تقل كلماتها عن \(test.minimumWords)")
      }
      return isolated(text)
    }
  }

  /// The rarer demands of a pattern.
  private func details(_ details: PatternDetails, limit: Int) -> [String] {
    var parts: [String] = []
    if details.isBySentence { parts.append(say("in each sentence by itself", "في كل جملة على حدة")) }
    if let most = details.moreThan {
      parts.append(say("more than \(most) times", "أكثر من \(most) من المرات"))
    }
    for filter in details.filters {
      let regexes = filter.value + filter.whole + filter.line + filter.path
      parts.append(say("unless ", "إلا مع ") + list((regexes + filter.words).map(quoted), limit: limit))
    }
    if !details.suggestions.isEmpty {
      let pairs = details.suggestions.map { "\(isolated($0.found)) → \(isolated($0.text))" }
      parts.append(say("suggesting ", "والمقترح ") + list(pairs, limit: limit))
    }
    return parts
  }

  private func scored(_ model: ScoredModel) -> String {
    let card = model.card
    let languages = card.languages.map(\.description).joined(separator: " ")
    let threshold = ScoredEvidence.signed(Double(card.threshold))
    let words = card.minimumWords
    return say(
      "a score of at least \(threshold) by \(model.count) weighted word groups (\(card.file)), for each \(card.span.rawValue) of at least \(words) words in \(languages); trained on: \(card.trainedOn)",
      "درجة لا تقل عن \(isolated(threshold)) تحسبها أوزان \(model.count) من مجموعات الكلمات (\(isolated(card.file))) لكل \(card.span == .headline ? "عنوان" : "جملة") لا يقل عدد كلماته عن \(words) باللغة \(isolated(languages))، وقد دُرّبت على: \(isolated(card.trainedOn))"
    )
  }

  func quoted(_ text: String) -> String { say("“\(text)”", "«\(isolated(text))»") }

  /// `text` between FSI and PDI in an Arabic page, so that its signs stay on their sides.
  func isolated(_ text: String) -> String { isArabic ? "\u{2068}\(text)\u{2069}" : text }

  func scope(_ scope: Scope) -> String {
    guard isArabic else { return scope.description }
    if scope == .raw { return "كل ما في المستند، وما لا يظهر للقارئ منه أيضًا" }
    return Self.arabicScopes.filter { scope.contains($0.scope) }.map(\.name).joined(separator: "، ")
  }

  private static let arabicScopes: [(scope: Scope, name: String)] = [
    (.headline, "العنوان"), (.heading, "العناوين الفرعية"), (.body, "المتن"), (.quote, "الاقتباسات"),
    (.caption, "شروح الصور"), (.linkText, "نصوص الروابط"), (.code, "الشيفرة"), (.attribute, "سمات العناصر"),
    (.alt, "النصوص البديلة"), (.hidden, "النص المخفي"), (.metadata, "البيانات الوصفية"), (.url, "الروابط"),
    (.comment, "تعليقات الصفحة"), (.script, "النصوص البرمجية"), (.source, "النص المصدر كله"),
  ]

  private func list(_ words: [String], limit: Int) -> String {
    let shown = words.prefix(limit).joined(separator: say(", ", "، "))
    let rest = words.count - limit
    return rest > 0 ? shown + say(" and \(rest) more", " و\(rest) غيرها") : shown
  }

  private func number(_ number: Double) -> String {
    number == number.rounded() && abs(number) < 1e9 ? String(Int(number)) : String(number)
  }
}

import AuditCore

/// Every string of the interface, English beside Arabic. Terms follow `rules/frameworks/glossary.tsv`.
///
/// A switch without default: a case without words does not compile; a test reads all of them for words that no
/// report may hold.
package enum Label: CaseIterable, Sendable {
  // Frame
  case reportLanguage, theme, auto, light, dark, print, keys, skip, contents, noScript, auditReport,
    incomplete
  case disclaimer, lowerBounds, gapsListed, inputs, documentsRead, size, languages, findings, date, none, all
  // Sections
  case summary, register, shape, documents, claims, coverage, suppressed, rules, method
  case howToRepeat, part, version, command, optionsUsed, noOptions
  // Summary
  case reviewFirst, doFirst, evidence, leadNothing, leadNothingOpen, leadNoSignal, leadIncomplete,
    leadMentioned
  case bandVeryHigh, bandHigh, bandMedium, bandLow, bandMentioned, bandNone, bandNoneOpen, nothingToReview
  // Register
  case registerNote, risk, band, measure, likelihoodImpact, lowConfidence, directCount, proxyCount, topicCount
  case whoIsHarmed, state, noSignal, noOpenSignal, notCovered, mayBeRelevant, appliesFrom, notYet, people,
    voluntary
  case citationsTitle, citationsNote, primaryCopy, titleOnly, secondary, dataset, memory
  case likelihood0, likelihood1, likelihood2, likelihood3, likelihood4, impact1, impact2, impact3, impact4
  // Shape
  case matrix, critical, high, medium, low, info, certain, confidence, severity, family, language, document
  case byFamily, group, others
  // Findings
  case search, clear, whatWasSeen, whereColumn, allFindings, noFindings, noOpenFindings, nothingAudited,
    wholeDocument,
    findingWord
  case plainLimit, moreRows
  case misinformation, privacy, transparency, integrity, secret, rights, markup, governance, otherFamily
  // Documents
  case documentsNote, whyItMatters, whatToDo, howSure, howOftenRight, notMeasured, notMeasuredRule, permalink
  case ruleWord, inContext, entityTotals, entityKind, entityValues, entityDocuments
  case english, arabic, undetermined
  case headline, heading, body, listItem, quote, caption, linkText, code, table
  case attribute, alt, comment, script, style, jsonLD, url, metadata, formValue, template, noscript, source
  case boilerplate, userComment, hidden
  case plainText, markdown, html, json, jsonLines, tableFormat, office, pdf, container, unknownFormat
  // Claims, coverage, suppressed, rules, method
  case asideTable, asideReason, asideBy, asideUntil, asideKnown
  case claimsNone, claimsNote, claimScore, suppressedNone, coverageTable, kind, examined, partial, skipped,
    failed, bytesRead,
    notExamined
  case problems, noProblems, ledger, encoding, status, path, gap, rulesNote, rulesFired, precision,
    noRuleFired
  case howItWorks, methodText, limits, limitWorld, limitAuthor, limitRecall, limitLaw, limitMasked, glossary
  case termSignal, termSignalText, termSeverityText, termConfidenceText, termEvidence, termEvidenceText
  case termBandText, termIncompleteText, withheldNote, writtenBy, rulesCount, evidenceColumn, keysTitle,
    keyNext, keySearch, keyHelp, keysOn, close
  // Terminal
  case personalDataMasked, reportWritten, nextCommand

  package var words: Words {
    switch self {
    case .reportLanguage: Words("Language of the report", "لغة التقرير")
    case .theme: Words("Theme", "المظهر")
    case .auto: Words("Auto", "تلقائي")
    case .light: Words("Light", "فاتح")
    case .dark: Words("Dark", "داكن")
    case .print: Words("Print", "طباعة")
    case .keys: Words("Keys", "المفاتيح")
    case .skip: Words("Skip to the report", "انتقل إلى التقرير")
    case .contents: Words("Contents", "المحتويات")
    case .noScript:
      Words(
        "Scripts are off: this page shows one language and no filters. The first findings, the "
          + "register and the "
          + "coverage are all here to read.",
        "البرامج النصية معطّلة: تظهر الصفحة بلغة واحدة وبلا تصفية، ويبقى سجل المخاطر وأهم النتائج "
          + "ونطاق التغطية متاحًا للقراءة."
      )
    case .auditReport: Words("Audit report", "تقرير تدقيق")
    case .incomplete: Words("incomplete", "غير مكتمل")
    case .disclaimer:
      Words(
        "This report lists signals found by fixed rules. A signal is a reason to look, not a finding "
          + "of fact or law. "
          + "It is not legal advice. No signal does not mean no risk.",
        "يعرض هذا التقرير إشارات رصدتها قواعد ثابتة. والإشارة دعوة إلى المراجعة، وليست حكمًا على "
          + "الوقائع أو على "
          + "القانون. وهذا التقرير ليس استشارة قانونية. وعدم وجود إشارة لا يعني عدم وجود خطر.")
    case .lowerBounds:
      Words("All counts below are lower bounds. Exit code 3.", "جميع الأعداد أدناه حدود دنيا. رمز الخروج 3.")
    case .gapsListed: Words("What was not examined, and why", "ما لم يُفحص، ولماذا")
    case .inputs: Words("Inputs", "المدخلات")
    case .documentsRead: Words("Documents read", "المستندات المقروءة")
    case .size: Words("Size", "الحجم")
    case .languages: Words("Languages", "اللغات")
    case .findings: Words("Findings", "النتائج")
    case .date: Words("Date of the run", "تاريخ التدقيق")
    case .none: Words("None", "لا يوجد")
    case .all: Words("All", "المجموع")

    case .summary: Words("Summary", "الملخص")
    case .register: Words("Risk register", "سجل المخاطر")
    case .shape: Words("Where the signals are", "أين تقع الإشارات")
    case .documents: Words("Findings in context", "النتائج في سياقها")
    case .claims: Words("Claims to check", "ادعاءات للتحقق")
    case .coverage: Words("Coverage", "نطاق التغطية")
    case .suppressed: Words("Suppressed", "النتائج المستثناة")
    case .rules: Words("Rules and precision", "القواعد ودقتها")
    case .method: Words("Method, limits, glossary", "المنهج والحدود والمصطلحات")
    case .howToRepeat:
      Words("Versions and hashes: how to repeat this run", "الإصدارات وقيم التجزئة: كيف يُعاد هذا التدقيق")
    case .part: Words("Part", "الجزء")
    case .version: Words("Version", "الإصدار")
    case .command: Words("Command", "الأمر")
    case .optionsUsed: Words("Options that change what is found", "خيارات تغيّر ما يُرصد")
    case .noOptions: Words("No options: the defaults were used.", "بلا خيارات: استُخدمت القيم الافتراضية.")

    case .reviewFirst: Words("Review first", "راجع أولًا")
    case .doFirst: Words("What to do first", "بماذا تبدأ")
    case .evidence: Words("see the evidence", "انظر الأدلة")
    case .leadNothing:
      Words(
        "No rule found a signal. That does not show that there is no risk.",
        "لم ترصد القواعد أي إشارة. ولا يعني ذلك عدم وجود خطر.")
    case .leadNothingOpen: Words("No finding is open.", "لا نتيجة مفتوحة.")
    case .leadNoSignal:
      Words(
        "Signals were found, but none of them counts as evidence for a risk of the list.",
        "رُصدت إشارات، لكن لا يُعدّ أي منها دليلًا على خطر من القائمة.")
    case .leadIncomplete:
      Words(
        "Some input was not read in full, so nothing here shows that it is clear.",
        "ولم يُقرأ بعض المدخلات كاملًا، فلا شيء هنا يدل على خلوّه من الإشارات.")
    case .leadMentioned:
      Words("The other risks have no scored evidence.", "أما المخاطر الأخرى فلا أدلة مقدَّرة عليها.")
    case .bandVeryHigh: Words("Hold, review, and consult", "أوقف النشر مؤقتًا وراجع واستشر مختصًا")
    case .bandHigh: Words("Hold and review first", "أوقف النشر مؤقتًا وراجع أولًا")
    case .bandMedium: Words("Review before publishing", "راجع قبل النشر")
    case .bandLow: Words("Review when convenient", "راجع متى تيسّر ذلك")
    case .bandMentioned: Words("Mentioned only, not scored", "ذُكر فقط، ولم يُقدَّر")
    case .bandNone: Words("No signal found", "لم تُرصد إشارة")
    case .bandNoneOpen: Words("No open signal", "لا إشارة مفتوحة")
    case .nothingToReview: Words("Nothing stands out for review.", "لا شيء يستدعي المراجعة على وجه الخصوص.")

    case .registerNote:
      Words(
        "The closed list of 17 risks. Bands come from likelihood × impact, and likelihood from "
          + "evidence only. Direct "
          + "evidence is itself an instance of the risk, proxy evidence makes it more likely, and topic "
          + "evidence only "
          + "mentions it and is never scored. Owners, due dates and residual risk are for people to "
          + "decide; this run "
          + "holds none.",
        "القائمة المغلقة للمخاطر السبعة عشر. يُحدَّد مستوى الخطر من الاحتمال × الأثر، ولا يُقدَّر "
          + "الاحتمال إلا من الأدلة. الدليل "
          + "المباشر حالة من الخطر نفسه، والقرينة تزيد احتماله، أما ذكر الموضوع فيُسجَّل ولا يُقدَّر. "
          + "ويبقى تحديد المسؤول "
          + "والموعد والخطر المتبقي قرارًا بشريًا، ولا شيء منه في هذا التدقيق.")
    case .risk: Words("Risk", "الخطر")
    case .band: Words("Band", "مستوى الخطر")
    case .measure: Words("Measure", "معالجة الخطر")
    case .likelihoodImpact:
      Words("likelihood {l} {lw} × impact {i} {iw}", "الاحتمال {l} ({lw}) × الأثر {i} ({iw})")
    case .lowConfidence:
      Words(
        "low confidence: may be one band higher or lower", "درجة الثقة منخفضة: قد يعلو المستوى أو ينخفض درجة")
    case .directCount: Words("{n} direct", "أدلة مباشرة: {n}")
    case .proxyCount: Words("{n} proxy", "قرائن: {n}")
    case .topicCount: Words("{n} topic", "ذكر للموضوع: {n}")
    case .whoIsHarmed: Words("Who may be harmed", "من قد يتضرر")
    case .state: Words("State", "الحالة")
    case .noSignal: Words("no signal found, in what was read", "لم تُرصد إشارة فيما قُرئ")
    case .noOpenSignal: Words("no open signal; see what was set aside", "لا إشارة مفتوحة؛ راجع ما وُضع جانبًا")
    case .notCovered:
      Words(
        "Not covered by this list: bias and discrimination, child safety, security of AI systems, "
          + "weapons, autonomous "
          + "AI, cross-border transfer.",
        "لا تشمل هذه القائمة: التحيز والتمييز، وسلامة الأطفال، وأمن أنظمة الذكاء الاصطناعي، والأسلحة، "
          + "والذكاء الاصطناعي "
          + "المستقل، ونقل البيانات عبر الحدود.")
    case .mayBeRelevant: Words("May be relevant if {if}.", "قد يكون ذا صلة إذا {if}.")
    case .appliesFrom: Words("applies from {date}", "يسري من {date}")
    case .notYet:
      Words(
        "not in force on the date of the run; applies from {date}", "غير سارٍ في تاريخ التدقيق؛ يسري من {date}"
      )
    case .people: Words("What it means", "ما المقصود به")
    case .voluntary: Words("not a law", "ليس قانونًا")
    case .citationsTitle:
      Words(
        "Citations: when each may be relevant, from when, and how it was checked",
        "الإحالات: متى قد تكون ذات صلة، ومن متى تسري، وكيف تُحقّق منها")
    case .citationsNote:
      Words(
        "Named for a specialist to weigh. Whether one applies depends on who publishes, where and for "
          + "whom; this run "
          + "holds no such profile, so applicability is not assessed.",
        "تُذكر ليزنها مختص. ويتوقف انطباقها على من ينشر وأين ولمن؛ ولا يتضمن هذا التدقيق بيانات كهذه، "
          + "فلم يُقيَّم الانطباق."
      )
    case .primaryCopy: Words("read in a copy of the text", "قُرئ في نسخة من النص")
    case .titleOnly: Words("number and title checked only", "تُحقّق من الرقم والعنوان فقط")
    case .secondary: Words("checked in a secondary source", "تُحقّق منه في مصدر ثانوي")
    case .dataset: Words("identifier checked in a public data file", "تُحقّق من المعرّف في ملف بيانات عام")
    case .memory: Words("unverified citation", "إحالة غير متحقَّق منها")
    case .likelihood0: Words("no signal", "بلا إشارة")
    case .likelihood1: Words("weak", "ضعيف")
    case .likelihood2: Words("limited", "محدود")
    case .likelihood3: Words("significant", "ملحوظ")
    case .likelihood4: Words("strong", "قوي")
    case .impact1: Words("negligible", "ضئيل")
    case .impact2: Words("limited", "محدود")
    case .impact3: Words("significant", "كبير")
    case .impact4: Words("severe", "شديد")

    case .matrix:
      Words(
        "Severity (how bad, if true) by confidence (how often it is true)",
        "الشدة (حجم الضرر إن صحّت الإشارة) مقابل درجة الثقة (كم مرة تصحّ)")
    case .critical: Words("Critical", "حرجة")
    case .high: Words("High", "مرتفعة")
    case .medium: Words("Medium", "متوسطة")
    case .low: Words("Low", "منخفضة")
    case .info: Words("Info", "للعلم")
    case .certain: Words("Certain", "مؤكدة")
    case .confidence: Words("Confidence", "درجة الثقة")
    case .severity: Words("Severity", "الشدة")
    case .family: Words("Family", "الفئة")
    case .language: Words("Language", "اللغة")
    case .document: Words("Document", "المستند")
    case .byFamily: Words("Findings by family, language and document", "النتائج بحسب الفئة واللغة والمستند")
    case .group: Words("Group", "المجموعة")
    case .others: Words("others ({n})", "غيرها ({n})")

    case .search: Words("Search", "بحث")
    case .clear: Words("Clear", "مسح")
    case .whatWasSeen: Words("What was seen", "ما رُصد")
    case .whereColumn: Words("Where", "الموضع")
    case .allFindings: Words("All findings", "جميع النتائج")
    case .noFindings:
      Words("None: no rule found a signal in what was read.", "لا نتائج: لم ترصد القواعد إشارة فيما قُرئ.")
    case .nothingAudited:
      Words("Nothing was audited: there was no file to read.", "لم يُدقَّق شيء: لم يكن هناك ملف يُقرأ.")
    case .noOpenFindings:
      Words(
        "None is open: all that the rules found was set aside before.",
        "لا نتائج مفتوحة: كل ما رصدته القواعد وُضع جانبًا من قبل.")
    case .wholeDocument: Words("the document as a whole", "المستند كله")
    case .findingWord: Words("finding", "النتيجة")
    case .plainLimit:
      Words(
        "The list opens with the most severe. The buttons below it show the rest; search and filters "
          + "reach all of them.",
        "تبدأ القائمة بالأشد. وتعرض الأزرار أسفلها الباقي، ويشمل البحث والتصفية جميع النتائج.")
    case .moreRows: Words("Show more", "اعرض المزيد")
    case .misinformation: Words("Misinformation signals", "إشارات معلومات مضللة")
    case .privacy: Words("Privacy", "الخصوصية")
    case .transparency: Words("Transparency", "الشفافية")
    case .integrity: Words("Integrity", "سلامة المحتوى")
    case .secret: Words("Secrets", "مفاتيح ورموز سرية")
    case .rights: Words("Rights", "الحقوق")
    case .markup: Words("Deceptive markup", "ترميز خادع")
    case .governance: Words("Governance", "الحوكمة")
    case .otherFamily: Words("Other", "أخرى")

    case .documentsNote:
      Words(
        "Excerpts in source order, with the line and column on the side; the number leads to its card. "
          + "Personal data is "
          + "masked. Invisible characters appear as marks, and no link from the content can be followed.",
        "مقتطفات بترتيبها في المصدر، وبجانبها السطر والعمود، ويقود الرقم إلى البطاقة. البيانات الشخصية "
          + "محجوبة، والمحارف "
          + "الخفية تظهر علاماتٍ، ولا يمكن فتح أي رابط من المحتوى.")
    case .entityTotals: Words("Totals by kind of data", "المجاميع بحسب نوع البيانات")
    case .entityKind: Words("Kind", "النوع")
    case .entityDocuments: Words("Documents", "المستندات")
    case .entityValues: Words("Different values", "القيم المختلفة")
    case .whyItMatters: Words("Why it matters", "لماذا يهم")
    case .whatToDo: Words("What to do", "ما العمل")
    case .howSure: Words("Why this confidence", "سبب درجة الثقة")
    case .howOftenRight: Words("How often this rule was right", "كم مرة أصابت هذه القاعدة")
    case .notMeasured: Words("Not measured yet: treat it as a hint.", "لم تُقَس بعد: عدّها مجرد قرينة أولية.")
    case .notMeasuredRule: Words("not measured yet", "لم تُقَس بعد")
    case .permalink: Words("Fingerprint", "معرّف النتيجة")
    case .ruleWord: Words("Rule", "القاعدة")
    case .inContext: Words("In context", "في السياق")
    case .english: Words("English", "الإنجليزية")
    case .arabic: Words("Arabic", "العربية")
    case .undetermined: Words("No language", "بلا لغة")
    case .headline: Words("headline", "عنوان رئيسي")
    case .heading: Words("heading", "عنوان")
    case .body: Words("body", "متن")
    case .listItem: Words("list item", "عنصر قائمة")
    case .quote: Words("quote", "اقتباس")
    case .caption: Words("caption", "تعليق توضيحي")
    case .linkText: Words("link text", "نص رابط")
    case .code: Words("code", "شيفرة")
    case .table: Words("table", "جدول")
    case .attribute: Words("attribute", "سمة")
    case .alt: Words("alternative text", "نص بديل")
    case .comment: Words("comment", "تعليق في المصدر")
    case .script: Words("script", "نص برمجي")
    case .style: Words("style", "أنماط")
    case .jsonLD: Words("structured data", "بيانات منظمة")
    case .url: Words("URL", "عنوان رابط")
    case .metadata: Words("metadata", "بيانات وصفية")
    case .formValue: Words("form value", "قيمة حقل")
    case .template: Words("template", "قالب")
    case .noscript: Words("shown without script only", "يظهر بلا برامج نصية فقط")
    case .source: Words("source text", "النص المصدر")
    case .boilerplate: Words("page furniture", "محيط الصفحة")
    case .userComment: Words("reader comment", "تعليق قارئ")
    case .hidden: Words("hidden from readers", "مخفي عن القراء")
    case .plainText: Words("Plain text", "نص عادي")
    case .markdown: Words("Markdown", "نص Markdown")
    case .html: Words("HTML", "صفحات HTML")
    case .json: Words("JSON", "سجلات JSON")
    case .jsonLines: Words("JSON Lines", "أسطر JSON")
    case .tableFormat: Words("Tables (CSV, TSV)", "جداول (CSV وTSV)")
    case .office: Words("Office parts", "أجزاء مستندات مكتبية")
    case .pdf: Words("PDF", "مستندات PDF")
    case .container: Words("Archives and mails", "أرشيفات ورسائل")
    case .unknownFormat: Words("Not recognised", "غير معروف")

    case .claimsNone:
      Words(
        "None: no statement was listed for fact-checkers.",
        "لا يوجد: لم يُدرج قول للتحقق منه.")
    case .claimsNote:
      Words(
        "Statements that a fact-checker may want to look up. They are not counted as findings, raise no risk and "
          + "say nothing about truth. The JSON Lines and CSV files hold them too, with the category "
          + "misinformation/check-worthy.",
        "أقوال قد يرغب مدقق الحقائق في التحقق منها. لا تُحتسب بين النتائج ولا ترفع أي خطر، ولا تقول شيئًا عن صحة "
          + "الأقوال. وهي أيضًا في ملفي JSON Lines وCSV تحت الفئة \u{2066}misinformation/check-worthy\u{2069}."
      )
    case .claimScore: Words("score", "الدرجة")
    case .asideTable: Words("Findings set aside, not counted above", "نتائج مستثناة لا تُحتسب أعلاه")
    case .asideReason: Words("Reason", "السبب")
    case .asideBy: Words("By", "بقرار من")
    case .asideUntil: Words("Until", "حتى")
    case .asideKnown: Words("Known from the baseline", "معروفة من القائمة المرجعية")
    case .suppressedNone:
      Words(
        "None. Comments inside audited pages cannot switch a rule off.",
        "لا يوجد. ولا تستطيع تعليقات داخل الصفحات المدقَّقة أن تعطّل قاعدة.")
    case .coverageTable: Words("What was read", "ما قُرئ")
    case .kind: Words("Kind", "النوع")
    case .examined: Words("Examined", "فُحص")
    case .partial: Words("Partly read", "قُرئ جزئيًا")
    case .skipped: Words("Not read", "لم يُقرأ")
    case .failed: Words("Could not be read", "تعذّرت قراءته")
    case .bytesRead: Words("Bytes", "البايتات")
    case .notExamined: Words("Not fully examined", "لم يُفحص كاملًا")
    case .problems: Words("Problems met while reading", "مشكلات صادفت القراءة")
    case .noProblems: Words("None: every input was read in full.", "لا يوجد: قُرئت المدخلات كلها كاملة.")
    case .ledger: Words("Every input", "جميع المدخلات")
    case .encoding: Words("Encoding", "الترميز")
    case .status: Words("State", "الحالة")
    case .path: Words("Path", "المسار")
    case .gap: Words("leaves a gap", "يترك ثغرة في التغطية")
    case .rulesNote:
      Words(
        "Precision is how often a hit was right on labelled text. Your text may differ.",
        "الدقة هي نسبة ما أصاب من النتائج في نصوص موسومة. وقد تختلف نصوصك عنها.")
    case .rulesFired: Words("Rules that fired", "القواعد التي رصدت شيئًا")
    case .precision: Words("Measured precision", "الدقة المقيسة")
    case .noRuleFired: Words("None fired.", "لم ترصد أي قاعدة شيئًا.")
    case .howItWorks: Words("Method", "المنهج")
    case .methodText:
      Words(
        "Every input is decoded, split into segments with a role and a place, and matched by rules "
          + "that anyone can read. "
          + "Checksums are verified. Evidence is then counted per risk. The run is offline and "
          + "repeatable: the same "
          + "input and rules give the same bytes.",
        "يُفكّ ترميز كل مدخل ويُقسَّم إلى مقاطع لكل منها دور وموضع، ثم تُطبَّق عليه قواعد يستطيع أي "
          + "شخص قراءتها. وتُراجع أرقام "
          + "التحقق، ثم تُعدّ الأدلة لكل خطر. ويجري التدقيق دون اتصال ويمكن تكراره: المدخلات نفسها "
          + "والقواعد نفسها تعطي "
          + "التقرير نفسه.")
    case .limits: Words("Limits", "الحدود")
    case .limitWorld:
      Words(
        "Rules see wording and structure, not the world. They cannot tell whether a claim holds.",
        "ترى القواعد الصياغة والبنية لا الواقع، فلا تستطيع أن تحكم على صحة ادعاء.")
    case .limitAuthor:
      Words(
        "The report does not say who or what wrote a text.", "لا يقول التقرير من كتب النص أو ما الذي كتبه.")
    case .limitRecall:
      Words(
        "Some signals may be missed: recall is not known for your text.",
        "قد تفوت بعض الإشارات: فنسبة ما يُلتقط من نصوصك غير معروفة.")
    case .limitLaw:
      Words(
        "Laws are named for a specialist to weigh, never applied.", "تُذكر القوانين ليزنها مختص، ولا تُطبَّق هنا."
      )
    case .limitMasked:
      Words("Personal data is masked everywhere in this file.", "البيانات الشخصية محجوبة في هذا الملف كله.")
    case .glossary: Words("Glossary", "المصطلحات")
    case .termSignal: Words("Signal", "إشارة")
    case .termSignalText:
      Words(
        "A place where a fixed rule matched. A reason to look.",
        "موضع طابقته قاعدة ثابتة. وهي دعوة إلى المراجعة.")
    case .termSeverityText: Words("How bad it would be, if the signal holds.", "حجم الضرر إن صحّت الإشارة.")
    case .termConfidenceText: Words("How often such a signal holds.", "كم مرة تصحّ مثل هذه الإشارة.")
    case .termEvidence: Words("Direct, proxy, topic", "دليل مباشر، قرينة، ذكر للموضوع")
    case .termEvidenceText:
      Words(
        "An instance of the risk; something that makes it more likely; a mere mention.",
        "حالة من الخطر نفسه؛ وما يزيد احتماله؛ ومجرد ذكر له.")
    case .termBandText:
      Words(
        "What to do, from likelihood × impact. Not a grade.",
        "ما ينبغي فعله، من الاحتمال × الأثر. وليس تقييمًا عامًا.")
    case .termIncompleteText:
      Words("Something was not fully read; the report says what.", "شيء لم يُقرأ كاملًا، والتقرير يبيّنه.")
    case .withheldNote: Words("Withheld", "المحجوب")
    case .writtenBy: Words("Written by auditor {v}.", "كتبه auditor {v}.")
    case .keysTitle: Words("Keyboard", "لوحة المفاتيح")
    case .keyNext: Words("next and previous finding", "النتيجة التالية والسابقة")
    case .keySearch: Words("go to the search box", "الانتقال إلى البحث")
    case .keyHelp: Words("this list", "هذه القائمة")
    case .keysOn: Words("Single keys are on", "المفاتيح المفردة مفعّلة")
    case .close: Words("Close", "إغلاق")
    case .rulesCount: Words("Rules", "القواعد")
    case .evidenceColumn: Words("Evidence", "الأدلة")
    case .personalDataMasked: Words("personal data masked", "البيانات الشخصية محجوبة")
    case .reportWritten: Words("Report", "التقرير")
    case .nextCommand: Words("Next", "التالي")
    }
  }
}

extension Report {
  /// What a report says where it has nothing to show: not "no signal" when people set signals aside, or when nothing was
  /// read.
  func open(_ label: Label) -> Label {
    if coverage.isEmpty, label == .noFindings || label == .leadNothing { return .nothingAudited }
    guard setAsideCount > 0 else { return label }
    return switch label {
    case .noFindings: .noOpenFindings
    case .noSignal: .noOpenSignal
    case .bandNone: .bandNoneOpen
    case .leadNothing: .leadNothingOpen
    default: label
    }
  }
}

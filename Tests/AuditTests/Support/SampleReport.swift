import Audit
import AuditCore
import Foundation

/// An invented report. Every name, number and text is made up; numbers are masked as the auditor would mask them.
enum SampleReport {
  static func knowledge() throws -> Knowledge { try loaded.get() }

  private static let loaded = Result { try load() }

  private static func load() throws -> Knowledge {
    func file(_ name: String) throws -> Knowledge.File {
      (name, [UInt8](try Data(contentsOf: Package.url("rules/frameworks/" + name))))
    }
    return try Knowledge(
      risks: file("risks.yaml"), frameworks: file("frameworks.yaml"), scoring: file("scoring.yaml"))
  }

  /// Two languages, six documents, one of them read in part; 27 findings of 14 rules.
  static func incomplete() throws -> Report { try incompleteReport.get() }
  static func complete() throws -> Report { try make(isComplete: true) }

  private static let incompleteReport = Result { try make(isComplete: false) }

  static func empty() throws -> Report {
    Report(
      header: header, findings: [],
      risks: Assessor(try knowledge()).risks(from: [], rules: rules), problems: [],
      coverage: [entry("note.txt", .text, .en, 400, 70)], rules: rules)
  }

  /// `count` findings over `documents` documents, with repeats, for the rules for size.
  static func large(count: Int, documents: Int) throws -> Report {
    let findings = (0..<count).map { index -> Finding in
      let rule = rules[index % rules.count]
      let isArabic = index % 2 == 0
      return finding(
        rule.id, "pages/\(index % documents).html", line: 1 + index / documents, column: 1 + index % 40,
        isArabic ? "وقال المتحدث إن" : "The speaker said that",
        isArabic ? "النتيجة رقم \(index % 97)" : "result number \(index % 97)",
        isArabic ? "ستغير كل شيء." : "will change everything.", isArabic ? .ar : .en, number: index)
    }.sorted { ($0.path, $0.location.source.lowerBound.byte) < ($1.path, $1.location.source.lowerBound.byte) }
    return Report(
      header: header, findings: findings,
      risks: Assessor(try knowledge()).risks(from: findings, rules: rules), problems: [],
      coverage: (0..<documents).map { entry("pages/\($0).html", .html, .en, 12_000, 900) }.sorted {
        $0.path < $1.path
      },
      rules: rules)
  }

  static let header = Report.Header(
    version: "0.2.0", target: "examples/outputs",
    packs: [
      .init(
        name: "misinformation", version: "0.2.0", hash: String(repeating: "07ae5dc3", count: 8), ruleCount: 31
      ),
      .init(name: "privacy", version: "0.2.0", hash: String(repeating: "b2d80e91", count: 8), ruleCount: 19),
    ], date: "2026-11-23", options: [])

  static func entry(
    _ path: String, _ format: Format?, _ language: Language, _ bytes: Int, _ words: Int, title: String? = nil,
    status: CoverageEntry.Status = .examined
  ) -> CoverageEntry {
    CoverageEntry(
      path: path, status: status, byteCount: bytes, format: format, encoding: format == nil ? nil : "utf-8",
      language: language, wordCount: words, title: title.map { Redacted(alreadyMasked: $0) })
  }

  private static func make(isComplete: Bool) throws -> Report {
    let findings = sampleFindings
    let coverage =
      [
        entry(
          "articles/harbour-cloud.ar.txt", .text, .ar, 4_210, 512, title: "رهان “سحاب الميناء” على العربية"),
        entry(
          "articles/harbour-cloud.en.md", .markdown, .en, 3_904, 640, title: "Harbour Cloud bets on Arabic"),
        entry("chat/answer-17.txt", .text, .en, 2_110, 350),
        entry("scraped/clinic-offers.html", .html, .en, 48_300, 1_420, title: "Ten mornings to a new you"),
        entry(
          "scraped/forum.html", .html, .ar, 91_000, 2_800, title: "منتدى الجيران",
          status: isComplete ? .examined : .partial),
        entry("scraped/vacancy.html", .html, .ar, 22_640, 610, title: "وظيفة من المنزل"),
        entry("notes/readme.txt", .text, .en, 830, 120),
      ] + (isComplete ? [] : [entry("archive-2025.zip", nil, .und, 1_204_000, 0, status: .skipped)])
    return Report(
      header: header, findings: findings,
      risks: Assessor(try knowledge()).risks(from: findings, rules: rules),
      problems: isComplete
        ? []
        : [
          Problem(
            .unsupportedFormat, path: "archive-2025.zip",
            message: LocalizedText(
              en: "archives are not read by this version; unpack it and audit the directory",
              ar: "لا يقرأ هذا الإصدار الأرشيفات؛ فُكّ ضغطه ثم دقّق المجلد")),
          Problem(
            .limitReached, path: "scraped/forum.html",
            message: LocalizedText(
              en: "nesting deeper than 512 elements; the rest was read as text only",
              ar: "تداخل أعمق من 512 عنصرًا؛ وقُرئ الباقي نصًا فقط")),
          Problem(
            .ruleLimit, path: "articles/harbour-cloud.en.md",
            message: LocalizedText(
              en: "misinformation.job-forecast reached its match limit in one paragraph",
              ar: "بلغت القاعدة misinformation.job-forecast حدّ المطابقة في فقرة واحدة"), leavesGap: false),
        ],
      coverage: coverage.sorted { $0.path < $1.path }, rules: rules)
  }

  static func finding(
    _ rule: String, _ path: String, line: Int, column: Int, _ before: String, _ match: String,
    _ after: String,
    _ language: Language, number: Int, role: Role = .body, channel: Channel = .text,
    visibility: Visibility = .visible,
    values: [String: String] = [:], reasons: [String] = [], structure: String? = nil,
    confidence: Confidence? = nil
  ) -> Finding {
    let card = rules.first { $0.id == rule }
    let hex = String(UInt64(truncatingIfNeeded: number &+ 1) &* 0x9e37_79b9_7f4a_7c15, radix: 16)
    let digits = String(repeating: "0", count: 16 - hex.count) + hex
    let start = line * 80 + column
    let width = match.unicodeScalars.count
    let isWhole = match.isEmpty
    return Finding(
      fingerprint: digits + String(digits.reversed()), rule: rule, entity: card?.entity,
      category: card?.category ?? "other", severity: card?.severity ?? .medium,
      confidence: confidence ?? card?.confidence ?? .medium, path: path,
      location: Location(
        source: SourceRange(bytes: start..<start + match.utf8.count), codePoints: start..<start + width,
        startLine: line, startColumn: column, endLine: line, endColumn: column + width),
      role: role, channel: channel, region: .main, visibility: visibility, language: language,
      structurePath: structure,
      excerpt: Excerpt(
        before: Redacted(alreadyMasked: before), match: Redacted(alreadyMasked: match),
        after: Redacted(alreadyMasked: after)),
      values: values, reasons: reasons, isAboutDocument: isWhole)
  }
}

import AuditCore

/// Finds what has to be replaced in one file, and checks that nothing of it stays.
struct FileRedaction {
  let auditor: Auditor
  let worker: AuditWorker
  let selection: RedactionSelection
  let settings: RedactionSettings

  /// An audit that finds something anew in the copy again and again is given up.
  static let roundLimit = 12

  /// What became of a file.
  enum Outcome {
    case planned(RedactionPlan, encoding: String, problems: [Problem])
    /// Nothing of it was examined, or not all; the reason.
    case unread([Problem])
  }

  /// Audits `source`, replaces what was found, audits the result, and so on until nothing is found.
  ///
  /// Cost: at least two audits, the second of a file with findings.
  func plan(_ source: [UInt8], path: String) throws(Scanner.Failure) -> Outcome {
    guard case .readable(let format) = Detection.format(of: source, path: path), format.canBeRewritten else {
      return .unread([Self.notRewritten(path, source)])
    }
    var plan = RedactionPlan()
    var current: RedactedBytes?
    var problems: [Problem] = []
    var encoding = ""
    for round in 0..<Self.roundLimit {
      let bytes = current?.bytes ?? source
      let read = try audit(bytes, format: format, path: path)
      if round == 0 {
        encoding = read.document.encoding.name
        problems = read.problems
        guard !Self.statefulEncodings.contains(encoding) else {
          return .unread([.cannotWrite(path, encoding: encoding)])
        }
        if problems.contains(where: { $0.leavesGap && $0.hidesText }) { return .unread(problems) }
      } else if read.document.encoding.name != encoding {
        // The letters that told the encoding are gone: what stays is read differently, and was examined so.
        problems.append(.otherEncoding(path, before: encoding, after: read.document.encoding.name))
      }
      var found = FoundGroups(selection: selection, document: read.document).groups(of: read.audit)
      if let current {
        for index in found.indices {
          for piece in found[index].pieces.indices {
            found[index].pieces[piece].range = current.before(found[index].pieces[piece].range)
          }
          found[index].pieces.removeAll { $0.range.isEmpty }
        }
      }
      guard plan.add(found) else {
        let isDone = found.allSatisfy { $0.pieces.isEmpty }
        return isDone
          ? .planned(plan, encoding: encoding, problems: problems) : .unread([.staysFound(path, found)])
      }
      // The numbers are not known yet; any will do.
      current = RedactedBytes(source, plan, encoding: encoding) { group, place in
        place.text(settings.form(of: group, at: place, number: 1))
      }
    }
    return .unread([.staysFound(path, plan.groups)])
  }

  /// The copy, also without values that were found elsewhere, examined once more; its problem, when something is still
  /// found or it is no longer valid.
  func copy(
    _ source: [UInt8], _ plan: inout RedactionPlan, encoding: String, path: String, newPath: String,
    numbers: PseudonymTable, known: KnownValues, problems: [Problem]
  ) throws(Scanner.Failure) -> (RedactedBytes, Problem?) {
    let format = Detection.format(of: source, path: path).format
    let document = Decoder.document(path: path, source: source, format: format).0
    let more = FoundGroups(selection: selection, document: document).groups(of: known, besides: plan)
    _ = plan.add(more)
    let copy = RedactedBytes(source, plan, encoding: encoding) { group, place in
      place.text(settings.form(of: group, at: place, number: numbers[group.name.key]))
    }
    guard !plan.groups.isEmpty else { return (copy, nil) }
    guard let format, Detection.format(of: copy.bytes, path: newPath).format == format else {
      return (copy, .formatChanges(path))
    }
    let after = try audit(copy.bytes, format: format, path: newPath)
    let left = FoundGroups(selection: selection, document: after.document).groups(of: after.audit)
    if !left.isEmpty { return (copy, .staysFound(path, left)) }
    func broken(_ problems: [Problem]) -> Int { problems.count { $0.kind == .badRecord && $0.leavesGap } }
    return (copy, broken(after.problems) > broken(problems) ? .formatChanges(path) : nil)
  }

  private func audit(_ bytes: [UInt8], format: Format, path: String) throws(Scanner.Failure) -> (
    document: Document, audit: DocumentAudit, problems: [Problem]
  ) {
    let (document, decoding) = Decoder.document(path: path, source: bytes, format: format)
    worker.deadline = Deadline(seconds: auditor.settings.limits.documentSeconds)
    let audit = try auditor.audit(document, with: worker)
    return (document, audit, decoding + audit.problems)
  }

  /// Encodings with states or none of their own: ASCII cannot be put anywhere in them.
  private static let statefulEncodings: Set<String> = ["iso-2022-jp", "replacement", "hz-gb-2312", "utf-7"]

  private static func notRewritten(_ path: String, _ source: [UInt8]) -> Problem {
    if case .unsupported(let what) = Detection.format(of: source, path: path) {
      return .notCopied(path, what)
    }
    if case .readable(.pdf) = Detection.format(of: source, path: path) {
      return .notCopied(path, LocalizedText(en: "a PDF document", ar: "مستند PDF"))
    }
    return .notCopied(
      path, LocalizedText(en: "an archive, a mail or a package", ar: "أرشيف أو بريد أو حزمة"))
  }
}

extension Format {
  /// Its bytes can be replaced piece by piece.
  fileprivate var canBeRewritten: Bool {
    switch self {
    case .text, .markdown, .html, .json, .jsonLines, .table: true
    case .office, .pdf, .container: false
    }
  }
}

extension RedactionSettings {
  /// What stands for a group; `number` is that of its value.
  func form(of group: RedactionPlan.Group, at place: RedactionPlace, number: Int?) -> Replacement {
    if group.level == 1 { return Replacement(text: "REDACTED") }
    if group.level > 1 { return Replacement(text: "") }
    let name = group.name.name
    switch self.operator {
    case .replace: return Replacement(text: name)
    case .mask: return place == .fileName ? Replacement(text: name) : group.name.mask
    case .hash: return Replacement.hash(name, group.name.canonical, key: key)
    case .token: return Replacement(text: number.map { "\(name)_\($0)" } ?? name)
    }
  }
}

extension Problem {
  /// Part of the text was not seen by every rule: it must not pass as redacted.
  fileprivate var hidesText: Bool {
    switch kind {
    case .ruleLimit, .limitReached, .undecodable, .unreadable, .unsupportedFormat, .notRegularFile: true
    case .structure, .badRecord: false
    }
  }

  fileprivate static func notCopied(_ path: String, _ what: LocalizedText) -> Problem {
    Problem(
      .unsupportedFormat, path: path,
      message: LocalizedText(
        en: "This looks like \(what.en), in which nothing can be replaced, so it was not copied. "
          + "Convert it to text, Markdown, HTML, JSON or CSV, or copy it as it is with --copy-unread.",
        ar:
          "يبدو أن هذا الملف \(what.ar)، ولا يمكن استبدال شيء فيه، فلم يُنسخ. حوّله إلى نص أو Markdown أو HTML أو JSON أو CSV، أو انسخه كما هو بالخيار ‎--copy-unread‎."
      ))
  }

  fileprivate static func cannotWrite(_ path: String, encoding: String) -> Problem {
    Problem(
      .undecodable, path: path,
      message: LocalizedText(
        en: "Nothing can be replaced in the encoding \(encoding), so it was not copied. Convert it to UTF-8.",
        ar: "لا يمكن استبدال شيء في الترميز \(encoding)، فلم يُنسخ الملف. حوّله إلى UTF-8."))
  }

  fileprivate static func otherEncoding(_ path: String, before: String, after: String) -> Problem {
    Problem(
      .undecodable, path: path,
      message: LocalizedText(
        en: "The copy reads as \(after) where the file read as \(before): too few letters are left to tell.",
        ar:
          "تُقرأ النسخة بترميز \(after) بينما قُرئ الملف بترميز \(before)، لأن الحروف الباقية لا تكفي لتمييزه."),
      leavesGap: false)
  }

  fileprivate static func staysFound(_ path: String, _ groups: [RedactionPlan.Group]) -> Problem {
    let rules = Set(groups.map(\.name.rule)).sorted().prefix(3).joined(separator: ", ")
    return Problem(
      .limitReached, path: path,
      message: LocalizedText(
        en:
          "An audit of the copy still finds \(rules), so it was not copied. Look at the file, or keep the rule with --keep.",
        ar: "ما زال تدقيق النسخة يجد \(rules)، فلم يُنسخ الملف. راجع الملف أو أبقِ القاعدة بالخيار ‎--keep‎."))
  }

  fileprivate static func formatChanges(_ path: String) -> Problem {
    Problem(
      .structure, path: path,
      message: LocalizedText(
        en:
          "The copy would not be as valid as the file, so it was not copied. Look at what stands in it outside of texts.",
        ar: "لن تكون النسخة سليمة كالأصل، فلم يُنسخ الملف. راجع ما فيه خارج النصوص."))
  }
}

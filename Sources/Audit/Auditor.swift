package import AuditCore

/// The product on one screen: a source becomes a document, segments, matches, findings.
///
/// Built once from rules and settings, then only read; each worker brings an `AuditWorker` with its buffers.
/// Start reading here, then follow the stages by their folders:
/// Intake → Reading → Segmenting → Matching (Validating) → Judging → Assessing → Rendering → Delivery.
package final class Auditor: Sendable {
  package let rules: RuleSet
  package let settings: AuditSettings
  let scanner: Scanner
  let judge: Judge
  private let reader: Reader

  package init(rules: RuleSet, settings: AuditSettings = AuditSettings()) throws(Scanner.Failure) {
    let rules = (settings.listsEverything ? rules.lifted : rules).needed(for: settings.selection)
    self.rules = rules
    self.settings = settings
    reader = Reader(fields: settings.fields, limits: settings.limits)
    scanner = try Scanner(
      rules: rules, engine: settings.engine, literals: settings.literals,
      validator: Validators.named)
    judge = Judge(
      rules: rules, scanner: scanner, isReported: settings.selection.runs,
      minimumConfidence: settings.minimumConfidence, reportsSilentRules: settings.reportsSilentRules,
      keepsRivals: settings.listsEverything, wantsSpans: settings.wantsSpans,
      // A copy loses all that is found, however much it is.
      findingLimit: settings.wantsSpans ? nil : settings.limits.findings, key: settings.key)
  }

  /// Audits one document.
  package func audit(_ document: Document, with worker: AuditWorker) throws(Scanner.Failure) -> DocumentAudit
  {
    var segmenter = Segmenter(
      wanted: scanner.wanted, wantedFolded: scanner.wantedFolded, given: settings.language)
    var judgement = judge.begin(document)
    let (structural, structuralProblems) = StructureScan(scanner: scanner).matches(in: document)
    judgement.foresee(structural)
    var checks = DocumentChecks(wanted: judge.checks, forDirectory: worker.comparesDocuments)
    worker.scratch.path = Array(document.path.utf8)
    var failure: Scanner.Failure?
    var isLate = false
    let (facts, problems) = reader.read(document) { blocks in
      guard failure == nil, !isLate else { return }
      isLate = worker.deadline?.isOver ?? false
      segmenter.segments(of: blocks, in: document, into: &worker.segments)
      do throws(Scanner.Failure) {
        try scanner.scan(worker.segments, format: document.format, scratch: worker.scratch)
      } catch {
        failure = error
      }
      judgement.take(
        worker.scratch.matches, checks: checks.take(worker.segments, names: blocks.names),
        in: worker.segments, names: blocks.names)
    }
    if failure == nil, try scanner.readsSource(of: document, scratch: worker.scratch) {
      for stretch in BlockBatch.sourceStretches(of: document.bytes) {
        let blocks = BlockBatch(source: stretch)
        segmenter.segments(of: blocks, in: document, into: &worker.segments)
        try scanner.scan(
          worker.segments, format: document.format, scratch: worker.scratch)
        judgement.take(worker.scratch.matches, in: worker.segments, names: blocks.names)
      }
    }
    if let failure { throw failure }
    let language = segmenter.documentLanguage
    judgement.take(structural: structural, language: language)
    judgement.take(facts.evasions, language: language)
    let title = judgement.title
    let drafts = worker.comparesDocuments ? judgement.drafts() : nil
    let findings = judgement.findings(
      statistics: segmenter.statistics, facts: facts, language: language,
      wantsLineHashes: settings.wantsLineHashes, settled: checks.settled(in: document))
    let late =
      isLate ? [Problem.timeIsOver(document.path, seconds: settings.limits.documentSeconds ?? 0)] : []
    let all =
      problems + late + structuralProblems + limitProblems(worker.scratch.takeLimited(), path: document.path)
    return DocumentAudit(
      findings: findings, unlisted: judgement.unlisted(besides: findings), problems: all, language: language,
      wordCount: segmenter.statistics.words,
      title: title,
      sketch: drafts.map { checks.sketch(of: document, facts: facts, drafts: $0) },
      spans: judgement.spans)
  }

  /// The patterns that gave up on a document: not examined, never "no match".
  private func limitProblems(_ units: [Int32], path: String) -> [Problem] {
    Set(units.map { scanner.units[Int($0)].rule }).sorted().map { rule in
      let id = rules.rules[rule].card.id
      return Problem(
        .ruleLimit, path: path,
        message: LocalizedText(
          en: "the rule '\(id)' reached its step limit and was not run to the end; simplify its pattern",
          ar: "بلغت القاعدة '\(id)' حدّ الخطوات ولم تكتمل؛ يُستحسن تبسيط نمطها"))
    }
  }
}

/// What one audited document gave.
package struct DocumentAudit: Sendable {
  package let findings: [Finding]
  /// What is counted and not listed, by rule.
  package let unlisted: [UnlistedFindings]
  package let problems: [Problem]
  package let language: Language
  package let wordCount: Int
  package let title: Redacted?
  /// For the comparison with other documents; nil unless the worker asks for it.
  package var sketch: DocumentSketch?
  /// Says of each rule in `unlisted` that it has more; not among `problems`, because a document that is read in windows says it once.
  package var listingProblems: [Problem] { unlisted.map { .unlisted($0) } }
  /// In step with `findings` when the settings want them, else empty; nil for what no text was matched for.
  var spans: [MatchedSpan?] = []
}

/// What decides how and what an auditor looks for.
package struct AuditSettings: Sendable {
  package var selection = Selection()
  package var minimumConfidence = Confidence.low
  /// `--min-confidence low`, asked for: also what has the form of an identifier and no label (`alone: low`), and every
  /// entity that claims a run of characters.
  package var listsEverything = false
  /// Stated by the user for all documents; nil: detected.
  package var language: Language?
  package var engine = Engine.windows
  package var literals = LiteralSetup()
  /// Key of the fingerprints: with a key of one's own nobody else can recompute them.
  package var key = Array("auditor".utf8)
  /// Findings of silent rules are reported too, for their tests.
  package var reportsSilentRules = false
  /// GitHub's line hashes, for SARIF.
  package var wantsLineHashes = false
  /// What was matched is kept with each finding; never written anywhere (see `Redacting`).
  package var wantsSpans = false
  /// JSON pointers, as globs, of what is text in records and tables; empty: by the names of their fields.
  package var fields: [String] = []
  package var limits = Limits()

  package init() {}

  /// `--select` and `--ignore`: rule ids or their prefixes at a dot or dash.
  package struct Selection: Hashable, Sendable {
    package var select: [String] = []
    package var ignore: [String] = []

    package init() {}

    /// True when findings of `rule` are reported.
    package func runs(_ rule: Rule) -> Bool {
      func names(_ list: [String]) -> Bool {
        list.contains { rule.card.id == $0 || rule.card.id.hasPrefix($0) }
      }
      return (select.isEmpty || names(select)) && !names(ignore)
    }
  }
}

extension RuleSet {
  /// The rules that have a part in what `selection` reports: those that it names, those that mask what stands in
  /// excerpts or claim characters for an entity, and those that count for others.
  fileprivate func needed(for selection: AuditSettings.Selection) -> RuleSet {
    guard selection != AuditSettings.Selection() else { return self }
    return RuleSet(
      packs: packs,
      rules: rules.filter {
        selection.runs($0) || $0.redaction.masks || $0.card.entity != nil || $0.counts != nil
      }, pages: pages)
  }
}

/// The buffers of one worker, reused from document to document.
package final class AuditWorker {
  let scratch: ScannerScratch
  var segments = SegmentBatch()
  /// The bytes of the source being read.
  package var source: [UInt8] = []
  /// The documents are those of one directory and will be compared.
  package var comparesDocuments = false
  /// When the time of the document that is read is over; nil for no limit.
  package var deadline: Deadline?

  package init(for auditor: Auditor) throws(Scanner.Failure) {
    scratch = try ScannerScratch(for: auditor.scanner)
  }
}

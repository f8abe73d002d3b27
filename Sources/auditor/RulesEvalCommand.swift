import ArgumentParser
import Audit
import AuditCore
import Foundation

extension RulesCommand {
  /// `auditor rules eval DATA.jsonl`
  struct Eval: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Measure rules on labelled or clean texts.",
      discussion: """
        DATA: one JSON object a line with "text" or "html", and for precision and recall a "label".
        A text counts as hit once, however often a rule fires in it. Without labels only the hits per 1,000 are told.
        """)

    @Argument(help: ArgumentHelp("JSON Lines files.", valueName: "data.jsonl")) var data: [String]
    @Option(
      name: .customLong("rules"),
      help: ArgumentHelp("Only rules with these ids or prefixes, with commas between.", valueName: "prefix,…")
    )
    var prefixes: String?
    @Flag(help: "Each text is a headline without a text below it.") var headline = false
    @Option(help: ArgumentHelp("The key that holds the label.", valueName: "key")) var label = "label"
    @Option(help: ArgumentHelp("The label that rules should find.", valueName: "value")) var positive = "1"
    @Option(
      name: [.customLong("groups"), .customLong("group")],
      help: ArgumentHelp("Tell the hit rates by the values of this key, and their ratio.", valueName: "key"))
    var group: String?
    @Flag(help: "Put a measured: block into each rule that was asked for with --rules; needs --date.")
    var write = false
    @Option(help: ArgumentHelp("The day of the measurement, as 2026-01-31.", valueName: "date")) var date:
      String?
    @Option(
      name: .customLong("set"),
      help: ArgumentHelp("Name of the texts in measured:; else from the path of the data.", valueName: "name")
    )
    var setName: String?
    @OptionGroup(title: "Rules") var ruleOptions: RuleOptions
    @OptionGroup(title: "Configuration") var configurationOptions: ConfigurationOptions
    @OptionGroup(title: "Reading and judging") var judging: JudgingOptions

    func validate() throws {
      guard !data.isEmpty else { throw ValidationError("no data; give a JSON Lines file") }
      guard write else { return }
      guard prefixes != nil else { throw ValidationError("--write changes rules; name them with --rules") }
      guard let date, date.wholeMatch(of: /\d{4}-\d{2}-\d{2}/) != nil else {
        throw ValidationError("--write needs the day of the measurement; add --date as in 2026-01-31")
      }
    }

    func run() async throws {
      var options = ruleOptions
      options.select += (prefixes ?? "").split(separator: ",").map(String.init)
      let catalog = try Catalog(options, packsOf: configurationOptions)
      let auditor = try catalog.auditor(judging)
      let worker = try AuditWorker(for: auditor)
      let rules = catalog.rules.rules.filter(auditor.settings.selection.runs)
      var rows: [RuleEvaluation.Row] = []
      for path in data { try read(path, auditor, worker, into: &rows) }
      let evaluation = RuleEvaluation(of: rows, rules: rules.map(\.card.id))
      Terminal.write(Array(evaluation.text().utf8))
      if write { try writeBlocks(evaluation, rules) }
    }

    /// A row that cannot be read ends the command: figures over part of a set would mislead.
    private func read(
      _ path: String, _ auditor: Auditor, _ worker: AuditWorker, into rows: inout [RuleEvaluation.Row]
    ) throws {
      guard let bytes = FileManager.default.contents(atPath: path) else {
        Terminal.complain("auditor: \(path): cannot be read; give a JSON Lines file")
        throw ExitCode.configuration
      }
      for (index, line) in bytes.split(separator: 0x0A, omittingEmptySubsequences: false).enumerated() {
        guard !line.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) else { continue }
        func fail(_ reason: String) -> ExitCode {
          Terminal.complain("\(path):\(index + 1):1: \(reason)")
          return ExitCode.configuration
        }
        guard var object = (try? JSONSerialization.jsonObject(with: line)) as? [String: Any] else {
          throw fail("the line is not a JSON object; write one object a line")
        }
        if headline { object["headline"] = object["text"] }
        let record: StreamRecord
        do {
          record = try StreamRecord(object)
        } catch {
          throw fail("\(error)")
        }
        guard let document = record.document else {
          throw fail("the text cannot be read; give UTF-8 in 'text'")
        }
        let audit = try auditor.audit(document, with: worker)
        rows.append(
          RuleEvaluation.Row(
            isPositive: object[label].map { "\($0)" == positive }, rules: Set(audit.findings.map(\.rule)),
            group: group.map { key in object[key].map { "\(key) \($0)" } ?? "no \(key)" }))
      }
    }

    private func writeBlocks(_ evaluation: RuleEvaluation, _ rules: [Rule]) throws {
      let name = setName ?? Self.name(of: data)
      for rule in rules {
        guard let counts = evaluation.byRule[rule.card.id] else { continue }
        let path = rule.place.file
        do {
          guard let bytes = FileManager.default.contents(atPath: path),
            let text = String(data: bytes, encoding: .utf8)
          else { throw MeasuredBlock.Failure(description: "cannot be read; check its permissions") }
          let line = MeasuredBlock.line(counts, set: name, date: date ?? "")
          try FileWriter().write(try MeasuredBlock.set(line, ofRule: rule.card.id, in: text), to: path)
        } catch {
          Terminal.complain("\(path): \(error)")
          throw ExitCode.configuration
        }
        Terminal.complain("\(path): measured: written to \(rule.card.id)")
      }
    }

    /// "corpus/train" for a file `corpus/train.jsonl`; several with " + " between.
    private static func name(of paths: [String]) -> String {
      paths.map { path in
        var parts = path.split(separator: "/").map(String.init)
        if let last = parts.popLast() { parts.append(String(last.prefix { $0 != "." })) }
        return parts.suffix(2).joined(separator: "/")
      }.joined(separator: " + ")
    }
  }
}

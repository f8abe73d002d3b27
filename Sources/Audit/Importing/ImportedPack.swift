/// A pack made from rules of another tool, as files to write, with the report on how it was made.
package struct ImportedPack: Sendable {
  package let name: String
  /// Paths below the directory of the pack, and texts.
  package let files: [(path: String, text: String)]
  package let report: ImportReport
}

/// One rule on its way into a pack.
struct RuleDraft: Sendable {
  /// As the source calls it.
  let source: String
  let file: String
  let mark: YAMLMark
  /// The documents that it becomes, each with its id; empty when it cannot be said in our schema.
  var rules: [(id: String, fields: [PackField])] = []
  /// What differs, or why there is no rule.
  var notes: [String] = []
}

/// Puts drafts together: checks that each loads, splits files, writes the report.
struct PackAssembly {
  /// Rule files stay well below `RuleLoader.fileLimitInBytes`.
  static let fileSizeInBytes = 400_000

  let format: String
  let name: String
  let title: String
  /// `defaults:` of the pack.
  let defaults: [PackField]
  let loader: RuleLoader

  private var manifest: String {
    PackText.document([
      PackField("pack", .text(name)), PackField("version", .text("1.0.0")),
      PackField("schema", .bare("auditor.rules/v1")),
      PackField("title", .map([PackField("en", .text(title))])), PackField("defaults", .map(defaults)),
    ])
  }

  func pack(_ drafts: [RuleDraft], notes: [String]) throws(ImportProblem) -> ImportedPack {
    var report = ImportReport(format: format)
    report.notes = notes
    try checkManifest()
    var files: [(path: String, text: String)] = [("pack.yaml", manifest)]
    var text = ""
    func close() {
      guard !text.isEmpty else { return }
      files.append(("\(format)-\(files.count).yaml", text))
      text = ""
    }
    for draft in drafts {
      var kept: [String] = []
      var notes = draft.notes
      for rule in draft.rules {
        let document = PackText.document(rule.fields)
        if let problem = problem(in: document) {
          if !notes.contains(problem) { notes.append(problem) }
          continue
        }
        kept.append(rule.id)
        if text.utf8.count + document.utf8.count > Self.fileSizeInBytes { close() }
        text += (text.isEmpty ? "" : "---\n") + document
      }
      let outcome: ImportReport.Outcome = kept.isEmpty ? .skipped : notes.isEmpty ? .imported : .approximated
      report.entries.append(
        .init(
          source: draft.source, rules: kept, outcome: outcome, notes: notes, file: draft.file,
          mark: draft.mark))
    }
    close()
    return ImportedPack(name: name, files: files, report: report)
  }

  private func checkManifest() throws(ImportProblem) {
    do throws(RuleErrors) {
      _ = try load(nil)
    } catch {
      throw ImportProblem(
        file: "pack.yaml", mark: YAMLMark(line: 1, column: 1),
        text: error.problems.first?.reason.text ?? "the pack does not load")
    }
  }

  private func load(_ document: String?) throws(RuleErrors) -> RuleSet {
    var files = [(path: "pack.yaml", bytes: Array(manifest.utf8))]
    if let document { files.append((path: "rule.yaml", bytes: Array(document.utf8))) }
    return try loader.load(packs: [PackFiles(name: name, files: files)])
  }

  /// Why a rule does not load, or may not run; nil when all is well.
  private func problem(in document: String) -> String? {
    do throws(RuleErrors) {
      for rule in try load(document).rules {
        for matcher in rule.matchers {
          if case .pattern(let pattern) = matcher.kind, let problem = PatternProbe.problem(of: pattern) {
            return problem
          }
        }
      }
      return nil
    } catch {
      return error.problems.map(\.reason.text).joined(separator: "; ")
    }
  }
}

/// Ids of imported rules.
struct RuleNames {
  private var taken: Set<String> = []

  /// `area.name` of letters, digits and hyphens, made from any texts; not given twice.
  mutating func id(_ area: String, _ name: String) -> String {
    let base = "\(Self.word(area, hyphens: false)).\(Self.word(name, hyphens: true))"
    var id = base
    var count = 2
    while !taken.insert(id).inserted {
      id = "\(base)-\(count)"
      count += 1
    }
    return id
  }

  private static func word(_ text: String, hyphens: Bool) -> String {
    var word = ""
    for scalar in text.lowercased().unicodeScalars {
      let isGood = ("a"..."z").contains(scalar) || ("0"..."9").contains(scalar)
      if isGood {
        word.unicodeScalars.append(scalar)
      } else if hyphens, !word.isEmpty, !word.hasSuffix("-") {
        word += "-"
      }
    }
    while word.hasSuffix("-") { word.removeLast() }
    if word.isEmpty { return "rule" }
    return hyphens || word.first?.isLetter == true ? word : "p" + word
  }
}

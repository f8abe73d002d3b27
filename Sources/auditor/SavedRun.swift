import ArgumentParser
import Audit
import AuditCore
import Foundation

/// A run that was written as JSON Lines, read back so that it can be rendered or compared again.
enum SavedRun {
  struct Failure: Error, CustomStringConvertible {
    let description: String
    init(_ path: String, line: Int, _ what: String) {
      description = "\(path):\(line): \(what)"
    }
  }

  /// The report of the run at `path`.
  static func report(at path: String) throws -> Report {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw Failure(path, line: 1, "cannot be read; give the .jsonl of an audit")
    }
    return try report(of: data, path: path)
  }

  /// For `--since`: the run and what to call it.
  static func earlier(_ path: String) throws -> Comparison.Earlier {
    do {
      return ((path as NSString).lastPathComponent, try report(at: path))
    } catch {
      Terminal.complain("auditor: \(error)")
      throw ExitCode.configuration
    }
  }

  static func report(of data: Data, path: String) throws -> Report {
    let decoder = JSONDecoder()
    var header: HeaderLine?
    var findings: [Finding] = []
    var rules: [RuleCard] = []
    var problems: [Problem] = []
    var coverage: [CoverageEntry] = []
    var citations: [String: Risk.Citation] = [:]
    var risks: [RiskLine] = []
    var aside: [AsideFinding] = []
    var unlisted: [UnlistedFindings] = []
    var isWhole = false
    var context = SavedContext()
    for (index, line) in data.split(separator: 0x0A).enumerated() {
      let number = index + 1
      do {
        switch try decoder.decode(TypeLine.self, from: line).type {
        case "header":
          let own = try decoder.decode(HeaderLine.self, from: line)
          guard own.schema == JSONLinesRenderer.schema else {
            throw Failure(
              path, line: number,
              "the schema is '\(own.schema)'; this version reads '\(JSONLinesRenderer.schema)'")
          }
          header = own
        case "rule": rules.append(try decoder.decode(RuleLine.self, from: line).card())
        case "finding", "claim": findings.append(try decoder.decode(FindingLine.self, from: line).finding())
        case "aside":
          aside.append(
            AsideFinding(
              finding: try decoder.decode(FindingLine.self, from: line).finding(),
              reason: try decoder.decode(DecisionLine.self, from: line).decision.asideReason()))
        case "unlisted": unlisted.append(try decoder.decode(UnlistedLine.self, from: line).unlisted())
        case "problem": problems.append(try decoder.decode(ProblemLine.self, from: line).problem())
        case "coverage": coverage.append(try decoder.decode(CoverageLine.self, from: line).entry())
        case "citation":
          let own = try decoder.decode(CitationLine.self, from: line)
          citations[own.id] = try own.citation()
        case "risk": risks.append(try decoder.decode(RiskLine.self, from: line))
        case "profile", "decision", "suppression", "trend": try context.take(line, decoder)
        case "trailer": isWhole = true
        default: throw Failure(path, line: number, "is no line of an audit")
        }
      } catch let failure as Failure {
        throw failure
      } catch {
        throw Failure(
          path, line: number, "is no line of an audit; give the .jsonl that 'auditor audit -o' wrote")
      }
    }
    guard let header, isWhole else {
      throw Failure(path, line: 1, "is not whole: the first or last line of the audit is missing")
    }
    return Report(
      header: header.header, findings: findings, risks: try risks.map { try $0.risk(citations) },
      problems: problems, coverage: coverage, rules: rules, aside: aside, unlisted: unlisted,
      context: context.context)
  }
}

/// A word of a closed list that is not in it.
struct UnknownWord: Error {}

func knownValue<Value>(_ value: Value?) throws -> Value {
  guard let value else { throw UnknownWord() }
  return value
}

struct TypeLine: Decodable { let type: String }

private struct HeaderLine: Decodable {
  struct Pack: Decodable {
    let name: String
    let version: String
    let sha256: String
    let rules: Int
  }
  let schema: String
  let version: String
  let target: String
  let base: String?
  let date: String?
  let options: [String]
  let packs: [Pack]

  var header: Report.Header {
    Report.Header(
      version: version, target: target, base: base ?? "",
      packs: packs.map {
        Report.PackStamp(name: $0.name, version: $0.version, hash: $0.sha256, ruleCount: $0.rules)
      }, date: date, options: options)
  }
}

private struct RuleLine: Decodable {
  let id: String
  let pack: String
  let status: String
  let category: String
  let entity: String?
  let severity: String
  let confidence: String
  let title: [String: String]
  let message: [String: String]
  let why: [String: String]
  let fix: [String: String]
  let maps: [String: [String]]
  let risks: [String: String]
  let measured: String?

  func card() throws -> RuleCard {
    RuleCard(
      id: id, title: LocalizedText(title), message: LocalizedText(message), why: LocalizedText(why),
      fix: LocalizedText(fix), severity: try knownValue(Severity(name: severity)),
      confidence: try knownValue(Confidence(name: confidence)), category: category, entity: entity,
      status: status,
      pack: pack, maps: maps, risks: try risks.mapValues { try knownValue(EvidenceClass(rawValue: $0)) },
      measured: measured)
  }
}

private struct FindingLine: Decodable {
  struct Words: Decodable {
    let before: String
    let match: String
    let after: String
  }
  let fingerprint: String
  let rule: String
  let entity: String?
  let category: String
  let severity: String
  let confidence: String
  let path: String
  let line: Int
  let column: Int
  let end_line: Int
  let end_column: Int
  let start: Int
  let end: Int
  let byte_start: Int
  let byte_end: Int
  let role: String
  let channel: String
  let region: String
  let visibility: String
  let language: String
  let structure_path: String?
  let about_document: Bool?
  let excerpt: Words
  let values: [String: String]?
  let reasons: [String]?
  let value_tag: String?
  let line_hash: String?

  func finding() throws -> Finding {
    guard start <= end, byte_start <= byte_end else { throw UnknownWord() }
    return Finding(
      fingerprint: fingerprint, rule: rule, entity: entity, category: category,
      severity: try knownValue(Severity(name: severity)),
      confidence: try knownValue(Confidence(name: confidence)),
      path: path,
      location: Location(
        source: SourceRange(bytes: byte_start..<byte_end), codePoints: start..<end, startLine: line,
        startColumn: column, endLine: end_line, endColumn: end_column),
      role: try knownValue(Role.allCases.first { $0.name == role }),
      channel: try knownValue(Channel.allCases.first { $0.name == channel }),
      region: try knownValue(Region.allCases.first { $0.name == region }),
      visibility: try knownValue(Visibility.allCases.first { $0.name == visibility }),
      language: Language(language), structurePath: structure_path,
      // The run holds masked text only: what is read back was masked when it was written.
      excerpt: Excerpt(
        before: Redacted(alreadyMasked: excerpt.before), match: Redacted(alreadyMasked: excerpt.match),
        after: Redacted(alreadyMasked: excerpt.after)),
      values: values ?? [:], reasons: reasons ?? [], isAboutDocument: about_document ?? false,
      valueTag: value_tag ?? "", lineHash: line_hash)
  }
}

private struct DecisionLine: Decodable {
  struct Decision: Decodable {
    let kind: String
    let reason: String?
    let author: String?
    let expires: String?

    func asideReason() throws -> AsideFinding.Reason {
      switch kind {
      case "baseline": return .known
      case "suppression": return .suppressed(reason: try knownValue(reason), author: author, expires: expires)
      default: throw UnknownWord()
      }
    }
  }
  let decision: Decision
}

private struct UnlistedLine: Decodable {
  let path: String
  let rule: String
  let category: String
  let listed: Int
  let by_severity: [String: Int]

  /// A count in a run that was changed by hand must not overflow a sum.
  private static let most = 1 << 40

  func unlisted() throws -> UnlistedFindings {
    UnlistedFindings(
      path: path, rule: rule, category: category, listed: listed,
      counts: Dictionary(
        try by_severity.map { (try knownValue(Severity(name: $0)), max(0, min($1, Self.most))) },
        uniquingKeysWith: max))
  }
}

private struct ProblemLine: Decodable {
  let kind: String
  let path: String
  let message: [String: String]
  let leaves_gap: Bool

  func problem() throws -> Problem {
    Problem(
      try knownValue(Problem.Kind(rawValue: kind)), path: path, message: LocalizedText(message),
      leavesGap: leaves_gap)
  }
}

private struct CoverageLine: Decodable {
  let path: String
  let status: String
  let bytes: Int
  let format: String?
  let encoding: String?
  let language: String
  let words: Int
  let title: String?

  func entry() throws -> CoverageEntry {
    CoverageEntry(
      path: path, status: try knownValue(CoverageEntry.Status(rawValue: status)), byteCount: bytes,
      format: try format.map { try knownValue(Format(rawValue: $0)) }, encoding: encoding,
      language: Language(language), wordCount: words, title: title.map { Redacted(alreadyMasked: $0) })
  }
}

private struct CitationLine: Decodable {
  let id: String
  let framework_id: String
  let framework: [String: String]
  let kind: String
  let title: [String: String]
  let summary: String
  let verified: String
  let applies_from: String?
  let may_be_relevant_if: [String: String]?
  let url: String?
  let applicability: String?

  func citation() throws -> Risk.Citation {
    Risk.Citation(
      id: id, framework: LocalizedText(framework), title: LocalizedText(title), summary: summary,
      verified: verified, appliesFrom: applies_from, appliesIf: may_be_relevant_if.map(LocalizedText.init),
      url: url, frameworkID: framework_id, kind: kind,
      applicability: try applicability.map { try knownValue(.init(rawValue: $0)) } ?? .notAssessed)
  }
}

private struct RiskLine: Decodable {
  struct EvidenceEntry: Decodable {
    let rule: String
    let `class`: String
    let findings: Int
    let documents: Int
  }
  let id: String
  let title: [String: String]
  let definition: [String: String]
  let who_is_harmed: [String: String]
  let remediation: [String: String]
  let likelihood: Int
  let impact: Int
  let band: String
  let confidence: String
  let evidence: [EvidenceEntry]
  let citations: [String]
  let withheld: [String]
  let impact_raised_by: [String]?

  func risk(_ known: [String: Risk.Citation]) throws -> Risk {
    Risk(
      id: id, title: LocalizedText(title), definition: LocalizedText(definition),
      whoIsHarmed: LocalizedText(who_is_harmed), remediation: LocalizedText(remediation),
      evidence: try evidence.map {
        Risk.Evidence(
          rule: $0.rule, evidenceClass: try knownValue(EvidenceClass(rawValue: $0.class)),
          findingCount: $0.findings, documentCount: $0.documents)
      }, likelihood: likelihood, impact: impact, band: try knownValue(Risk.Band(rawValue: band)),
      confidence: try knownValue(Confidence(name: confidence)),
      citations: try citations.map { try knownValue(known[$0]) }, withheld: withheld,
      impactRaisedBy: impact_raised_by ?? [])
  }
}

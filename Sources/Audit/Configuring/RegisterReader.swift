package import AuditCore

/// `register.yaml`: what people decided on each risk. Strict, every problem at once, each with its place.
package enum RegisterReader {
  static let keys = ["status", "owner", "due", "residual", "measure", "note", "decided_by", "decided_on"]

  /// Decisions in the order of the file.
  ///
  /// - Parameters:
  ///   - path: how the file is named in messages.
  ///   - risks: the ids of the closed list.
  package static func read(
    _ bytes: [UInt8], path: String, risks: [String]
  ) throws(RuleErrors) -> [RiskDecision] {
    let (documents, found) = YAMLParser.parse(bytes)
    var reader = RuleReader(
      file: path, manifest: PackManifest(name: "register"), loader: RuleLoader(hash: { _ in "" }))
    reader.problems = found.map {
      RuleError(.syntax($0.text), at: SourcePlace(file: path, line: $0.mark.line, column: $0.mark.column))
    }
    var decisions: [RiskDecision] = []
    for node in documents {
      if case .scalar("", isPlain: true) = node.content { continue }
      let fields = reader.fields(of: node, owner: "the register", known: ["risks"])
      for entry in reader.entries(fields["risks"]) {
        if let decision = reader.decision(entry, risks) { decisions.append(decision) }
      }
    }
    guard reader.problems.isEmpty else { throw RuleErrors(reader.problems) }
    return decisions
  }
}

extension RuleReader {
  fileprivate mutating func decision(_ entry: YAMLNode.Entry, _ risks: [String]) -> RiskDecision? {
    guard risks.contains(entry.key) else {
      note(.unknownWord(entry.key, kind: "risk", known: risks), at: entry.mark)
      return nil
    }
    // An entry that is still to be filled in says nothing yet.
    if case .scalar("", isPlain: true) = entry.value.content { return nil }
    let fields = fields(of: entry.value, owner: "the decision on '\(entry.key)'", known: RegisterReader.keys)
    let known = RiskDecision.Status.allCases.map(\.rawValue)
    let status = word(given(fields["status"]), kind: "status", known: known)
    let bands = Risk.Band.allCases.map(\.rawValue)
    return RiskDecision(
      risk: entry.key, status: status.flatMap(RiskDecision.Status.init(rawValue:)) ?? .open,
      owner: text(given(fields["owner"])), due: day(fields["due"]),
      residual: word(given(fields["residual"]), kind: "residual", known: bands).flatMap(
        Risk.Band.init(rawValue:)),
      measure: text(given(fields["measure"])), note: text(given(fields["note"])),
      decidedBy: text(given(fields["decided_by"])), decidedOn: day(fields["decided_on"]))
  }

  /// nil for a key that is there and empty: what a person has not filled in yet.
  private func given(_ entry: YAMLNode.Entry?) -> YAMLNode.Entry? {
    if case .scalar("", isPlain: true)? = entry?.value.content { return nil }
    return entry
  }

  private mutating func day(_ entry: YAMLNode.Entry?) -> String? {
    guard let entry = given(entry), let text = text(entry) else { return nil }
    guard ConfigurationReader.isDay(text) else {
      note(
        .outOfRange(entry.key, value: "'\(text)'", expected: "a date such as 2027-06-30"),
        at: entry.value.mark)
      return nil
    }
    return text
  }
}

extension ConfigurationReader {
  static func isDay(_ text: String) -> Bool { RuleReader.isDate(text) }
}

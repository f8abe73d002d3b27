import AuditCore

/// Gives every file a path without the values that were found, in its name or elsewhere in the directory.
struct PathRedaction {
  let auditor: Auditor
  let worker: AuditWorker
  let selection: RedactionSelection
  let settings: RedactionSettings

  /// Shorter values stand in too many names by chance; in letters and digits.
  private static let leastLength = 6

  /// What the rules find in the names of one path, one list for each of them.
  struct Found: Sendable {
    /// Names between "/", as bytes.
    var components: [[UInt8]]
    /// By component: ranges of its bytes and what stands there.
    var groups: [[RedactionPlan.Group]]
  }

  /// Each name is read without its extension, as it is and with spaces for "_"; then whole: ".com" may end an address.
  func found(in path: String) throws(Scanner.Failure) -> Found {
    let components = path.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }
    var groups: [[RedactionPlan.Group]] = []
    for component in components {
      let stem = Array(component.prefix(Self.stemLength(of: component)))
      var plan = RedactionPlan()
      for text in [stem, stem.map { $0 == 0x5F ? 0x20 : $0 }, component] where plan.groups.isEmpty {
        let document = Document(
          path: "name", format: .text, encoding: Encoding(name: "utf-8", evidence: .transport), bytes: text)
        worker.deadline = nil
        let audit = try auditor.audit(document, with: worker)
        let found = FoundGroups(selection: selection, document: document).groups(of: audit)
        _ = plan.add(found)
      }
      groups.append(plan.groups)
    }
    return Found(components: components, groups: groups)
  }

  /// Bytes before the last extension of one to five letters and digits.
  static func stemLength(of name: [UInt8]) -> Int {
    guard let dot = name.lastIndex(of: 0x2E), dot > 0, (1...5).contains(name.count - dot - 1),
      name[(dot + 1)...].allSatisfy(\.isASCIIAlphanumeric),
      !name[(dot + 1)...].allSatisfy(\.isASCIIDigit)
    else { return name.count }
    return dot
  }

  /// New paths in step with `found`: no two are the same, also where case does not count.
  func paths(
    _ found: [Found], values: [[UInt8]: RedactionPlan.Name], numbers: PseudonymTable
  ) -> (paths: [String], groups: [[RedactionPlan.Group]]) {
    let lengths = Set(values.keys.map(\.count)).filter { $0 >= Self.leastLength }.sorted(by: >)
    var taken: Set<String> = []
    var directories: [String: String] = [:]
    var result: [String] = []
    var all: [[RedactionPlan.Group]] = []
    for entry in found {
      var old = ""
      var new = ""
      var groups: [RedactionPlan.Group] = []
      for (index, component) in entry.components.enumerated() {
        let isFile = index == entry.components.count - 1
        old += "/" + String(decoding: component, as: UTF8.self)
        var plan = RedactionPlan()
        _ = plan.add(entry.groups[index] + known(in: component, values, lengths))
        let own = plan.groups
        groups += own
        if !isFile, let directory = directories[old] {
          new = directory
          continue
        }
        let name = own.isEmpty ? component : redacted(component, own, numbers)
        new = Self.free(new + "/", name, isFile: isFile, &taken)
        if !isFile { directories[old] = new }
      }
      result.append(String(new.dropFirst()))
      all.append(groups)
    }
    return (result, all)
  }

  private func redacted(_ name: [UInt8], _ groups: [RedactionPlan.Group], _ numbers: PseudonymTable)
    -> [UInt8]
  {
    var plan = RedactionPlan()
    _ = plan.add(groups)
    return RedactedBytes(name, plan, encoding: "utf-8") { group, _ in
      settings.form(of: group, at: .fileName, number: numbers[group.name.key]).text
    }.bytes
  }

  /// Values of the directory that stand in `name`, whatever separates their letters there.
  private func known(in name: [UInt8], _ values: [[UInt8]: RedactionPlan.Name], _ lengths: [Int])
    -> [RedactionPlan.Group]
  {
    guard !values.isEmpty else { return [] }
    let stem = Self.stemLength(of: name)
    let places = (0..<stem).filter { name[$0].isASCIIAlphanumeric || name[$0] >= 0x80 }
    let letters = places.map { name[$0].asciiLower }
    var groups: [RedactionPlan.Group] = []
    for length in lengths where length <= letters.count {
      for start in 0...letters.count - length {
        guard let found = values[Array(letters[start..<start + length])] else { continue }
        let range = places[start]..<places[start + length - 1] + 1
        groups.append(
          RedactionPlan.Group(
            name: found, pieces: [.init(range: range, place: .fileName)], rules: [found.rule]))
      }
    }
    return groups
  }

  /// `name` below `folder`, with "~2", "~3" … before its extension when that is taken.
  private static func free(_ folder: String, _ name: [UInt8], isFile: Bool, _ taken: inout Set<String>)
    -> String
  {
    let text = String(decoding: name, as: UTF8.self)
    var path = folder + text
    var number = 2
    while !taken.insert(path.lowercased()).inserted {
      let stem = isFile ? stemLength(of: name) : name.count
      path =
        folder + String(decoding: name.prefix(stem), as: UTF8.self) + "~\(number)"
        + String(decoding: name.dropFirst(stem), as: UTF8.self)
      number += 1
    }
    return path
  }
}

/// `auditor.lock`: the packs of a project, as they were when somebody looked at them.
package struct PackLock: Hashable, Sendable {
  package static let fileName = "auditor.lock"
  static let schema = "auditor.lock/v1"

  package struct Entry: Hashable, Sendable {
    package var name: String
    package var version: String
    /// Of the directory, relative to the lock.
    package var path: String
    /// `PackContent.hash`.
    package var hash: String
    /// Where `packs add` took it from, relative to the lock; nil when it stands where it was written.
    package var source: String?
    /// Who signed it.
    package var keys: [PackKey]

    package init(
      name: String, version: String, path: String, hash: String, source: String? = nil, keys: [PackKey] = []
    ) {
      self.name = name
      self.version = version
      self.path = path
      self.hash = hash
      self.source = source
      self.keys = keys
    }
  }

  /// Sorted by path.
  package var entries: [Entry]

  package init(_ entries: [Entry] = []) { self.entries = entries.sorted { $0.path < $1.path } }

  /// - Parameter path: how the file is named in messages.
  package init(_ bytes: [UInt8], path: String) throws(PackError) {
    let (documents, problems) = YAMLParser.parse(bytes)
    func bad(_ mark: YAMLMark, _ text: String) -> PackError {
      PackError(.badLock(line: mark.line, column: mark.column, text), at: path)
    }
    if let problem = problems.first { throw bad(problem.mark, problem.text) }
    let start = YAMLMark(line: 1, column: 1)
    guard documents.count == 1, documents[0]["schema"]?.text == Self.schema else {
      throw bad(start, "no 'schema: \(Self.schema)'; run 'auditor packs lock' to write the file anew")
    }
    var entries: [Entry] = []
    for item in documents[0]["packs"]?.items ?? [] {
      guard let name = item["pack"]?.text, let place = item["path"]?.text, let hash = item["sha256"]?.text,
        hash.utf8.count == 64
      else {
        throw bad(
          item.mark,
          "an entry needs 'pack', 'path' and 'sha256'; run 'auditor packs lock' to write the file anew"
        )
      }
      let keys = item["keys"]?.items ?? []
      let known = keys.compactMap { $0.text.flatMap { PackKey($0) } }
      guard known.count == keys.count else {
        throw bad(item.mark, "a key that is no 'ed25519:…'; run 'auditor packs lock' to write the file anew")
      }
      entries.append(
        Entry(
          name: name, version: item["version"]?.text ?? "", path: place, hash: hash,
          source: item["source"]?.text, keys: known))
    }
    self.init(entries)
  }

  package var text: String {
    "# Written by 'auditor packs'; commit it. A scan refuses packs that differ from what stands here.\n"
      + PackText.document([
        PackField("schema", .bare(Self.schema)), PackField("packs", .list(entries.map { .map($0.fields) })),
      ])
  }
}

extension PackLock.Entry {
  fileprivate var fields: [PackField] {
    var fields = [
      PackField("pack", .text(name)), PackField("version", .text(version)), PackField("path", .text(path)),
      PackField("sha256", .text(hash)),
    ]
    if let source { fields.append(PackField("source", .text(source))) }
    if !keys.isEmpty { fields.append(PackField("keys", .texts(keys.map(\.description)))) }
    return fields
  }
}

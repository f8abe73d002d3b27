/// `pack.sig`: who says that a pack is as they made it.
///
/// Signed is the hash of all files of the pack under a text of its own (`message`), computed from the files that are
/// there: nothing that the signature file says about them is believed. Its list of files only serves to say which changed.
package struct PackSignature: Sendable {
  package struct Entry: Sendable {
    package let key: PackKey
    let value: [UInt8]
  }

  static let schema = "auditor.signature/v1"
  package private(set) var entries: [Entry]
  /// As when it was signed, by path.
  private let files: [String: String]

  /// What is signed, so that a signature for one use is good for no other.
  static func message(hash: String) -> [UInt8] { Array("\(schema) sha256:\(hash)\n".utf8) }

  /// - Parameter path: how the pack is named in messages.
  package init(_ bytes: [UInt8], path: String) throws(PackError) {
    func bad(_ why: String) -> PackError { PackError(.badSignature(why), at: path) }
    guard bytes.count <= RuleLoader.fileLimitInBytes else { throw bad("it is too large") }
    let (documents, problems) = YAMLParser.parse(bytes)
    if let problem = problems.first { throw bad("line \(problem.mark.line): \(problem.text)") }
    guard documents.count == 1, documents[0]["schema"]?.text == Self.schema else {
      throw bad("it does not begin with 'schema: \(Self.schema)'")
    }
    var entries: [Entry] = []
    for item in documents[0]["signatures"]?.items ?? [] {
      guard let key = item["key"]?.text.flatMap({ PackKey($0) }) else {
        throw bad("line \(item.mark.line): 'key' is no 'ed25519:…'")
      }
      guard let value = item["value"]?.text.flatMap(PackBase64.decoded), value.count == 64 else {
        throw bad("line \(item.mark.line): 'value' is no signature of 64 bytes in Base64")
      }
      entries.append(Entry(key: key, value: value))
    }
    guard !entries.isEmpty else { throw bad("it holds no signature") }
    self.entries = entries
    files = Dictionary(
      (documents[0]["files"]?.entries ?? []).map { ($0.key, $0.value.text ?? "") }, uniquingKeysWith: { $1 })
  }

  /// The signature file of `pack` with that of `key`; signatures of others that still hold stay.
  package static func text(
    for pack: PackContent, by key: PackSigningKey, path: String
  ) throws(PackError) -> String {
    let message = message(hash: pack.hash)
    var signatures: [(String, String)] = []
    if let bytes = pack.signature, let old = try? PackSignature(bytes, path: path) {
      for entry in old.entries
      where entry.key != key.publicKey && entry.key.accepts(entry.value, for: message) {
        signatures.append((entry.key.description, SecureHash.base64(entry.value)))
      }
    }
    signatures.append(
      (key.publicKey.description, SecureHash.base64(try key.signature(for: message))))
    return
      "# Who stands for this pack. 'auditor packs verify' checks it, 'auditor packs sign' makes it anew.\n"
      + PackText.document([
        PackField("schema", .bare(schema)),
        PackField(
          "signatures",
          .list(
            signatures.map { .map([PackField("key", .text($0.0)), PackField("value", .text($0.1))]) })),
        PackField("files", .map(pack.fileHashes.map { PackField($0.path, .text($0.hash)) })),
      ])
  }

  /// The keys whose signatures fit `pack`.
  ///
  /// - Throws: when any does not: a pack that was changed after it was signed is refused, whatever the policy.
  package func keys(for pack: PackContent, path: String) throws(PackError) -> [PackKey] {
    let message = Self.message(hash: pack.hash)
    for entry in entries where !entry.key.accepts(entry.value, for: message) {
      let found = Dictionary(pack.fileHashes.map { ($0.path, $0.hash) }, uniquingKeysWith: { $1 })
      let changed = found.filter { path, hash in files[path].map { $0 != hash } ?? false }.keys.sorted()
      let added = found.keys.filter { files[$0] == nil }.sorted()
      let missing = files.keys.filter { found[$0] == nil }.sorted()
      if changed.isEmpty, added.isEmpty, missing.isEmpty {
        throw PackError(.wrongSignature(key: entry.key.description), at: path)
      }
      throw PackError(.tampered(changed: changed, added: added, missing: missing), at: path)
    }
    return entries.map(\.key)
  }
}

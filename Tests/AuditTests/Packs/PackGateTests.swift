@testable import Audit
import Testing

/// The lock, and what a scan refuses because of it.
struct PackGateTests {
  static func lock(_ pack: PackFiles, name: String = "house", path: String = "packs/p") -> PackLock {
    PackLock([.init(name: name, version: "1.0.0", path: path, hash: PackContent(pack).hash)])
  }

  /// What the gate says; empty when it lets the packs through.
  static func refusals(
    configured: [(path: String, pack: PackFiles)] = [], given: [PackFiles] = [], lock: PackLock? = nil,
    _ change: (inout PackTrust) -> Void = { _ in }
  ) -> [String] {
    var gate = PackGate()
    gate.lock = lock
    change(&gate.trust)
    do throws(PackErrors) {
      try gate.check(configured: configured, given: given)
      return []
    } catch {
      return error.problems.map(\.description)
    }
  }

  static let pack = PackSignatureTests.pack()
  static let changed = PackSignatureTests.pack([
    PackSignatureTests.files[0], ("rules.yaml", "{rule: house.one, message: m, match: other}"),
  ])

  @Test func `the pack that was locked passes, any other is refused`() {
    let lock = Self.lock(Self.pack)
    #expect(Self.refusals(configured: [("packs/p", Self.pack)], lock: lock) == [])
    let refusals = Self.refusals(configured: [("packs/p", Self.changed)], lock: lock)
    #expect(refusals.count == 1 && refusals[0].hasPrefix("p: is not the pack that was locked: sha256 "))
    #expect(
      Self.refusals(configured: [("packs/q", Self.pack)], lock: lock) == [
        "p: is not in auditor.lock; look at it, then run 'auditor packs lock'",
        "auditor.lock: locks packs/p, which auditor.yaml does not name; name it, or run 'auditor packs lock'",
      ])
    #expect(
      Self.refusals(configured: [("packs/p", Self.pack)], lock: Self.lock(Self.pack, name: "other")).count
        == 1)
    #expect(Self.refusals(lock: lock).count == 1)
  }

  @Test func `without a lock and a policy nothing is asked`() {
    #expect(Self.refusals(configured: [("packs/p", Self.pack)], given: [Self.changed]) == [])
  }

  @Test func `a policy that asks for a lock fails closed, for packs of the command line too`() {
    let lock = Self.lock(Self.pack)
    #expect(
      Self.refusals(configured: [("packs/p", Self.pack)]) { $0.requiresLock = true } == [
        "auditor.lock: 'require_locked' is set and there is no auditor.lock; look at the packs, then run 'auditor packs lock'"
      ])
    #expect(Self.refusals(given: [Self.pack]) { $0.requiresLock = true }.count == 1)
    let own = [(path: "packs/p", pack: Self.pack)]
    #expect(Self.refusals(configured: own, given: [Self.pack], lock: lock) { $0.requiresLock = true } == [])
    #expect(
      Self.refusals(configured: own, given: [Self.changed], lock: lock) { $0.requiresLock = true }.count == 1)
    #expect(Self.refusals(configured: own, given: [Self.changed], lock: lock) == [])
  }

  @Test func `everything that is wrong is told at once`() {
    let signed = { (trust: inout PackTrust) in
      trust.requiresSignature = true
      trust.keys = [.init(key: PackSigningKey().publicKey, name: nil, packs: [])]
    }
    let refusals = Self.refusals(
      configured: [("packs/p", Self.pack), ("packs/q", Self.changed)], given: [Self.pack], signed)
    #expect(refusals.count == 3 && refusals.allSatisfy { $0.contains("has no signature") })
  }

  @Test func `a lock is written as it is read`() throws {
    let key = PackSigningKey().publicKey
    let lock = PackLock([
      .init(
        name: "b", version: "1.0.0", path: "packs/b", hash: String(repeating: "a", count: 64), keys: [key]),
      .init(
        name: "a", version: "2.0.0-beta.1", path: "packs/a", hash: String(repeating: "b", count: 64),
        source: "../a b/it's.tar.gz"),
    ])
    #expect(lock.entries.map(\.name) == ["a", "b"])
    #expect(try PackLock(Array(lock.text.utf8), path: "auditor.lock") == lock)
    #expect(try PackLock(Array(PackLock().text.utf8), path: "auditor.lock") == PackLock())
  }

  @Test(arguments: [
    "", "packs: []", "schema: auditor.lock/v2", "{schema: auditor.lock/v1, packs: [{pack: a}]}",
    "{schema: auditor.lock/v1, packs: [{pack: a, path: b, sha256: c}]}", "a: [",
    "schema: auditor.lock/v1\npacks: &a []",
  ])
  func `a lock that cannot be read is refused with its place`(_ text: String) {
    #expect {
      try PackLock(Array(text.utf8), path: "auditor.lock")
    } throws: { error in
      "\(error)".hasPrefix("auditor.lock: line ")
    }
  }

  @Test(arguments: [
    ("1.0.0", "1.0.1", true), ("1.9.0", "1.10.0", true), ("1.0", "1.0.0", false),
    ("1.0.0-beta", "1.0.0", true),
    ("2.0.0", "1.9.9", false), ("1.0.0", "1.0.0", false), ("main", "1.0.0", false),
    ("1.0.0+b", "1.0.0", false),
  ])
  func `versions have an order where their numbers have one`(_ one: String, _ other: String, _ precedes: Bool)
  {
    #expect(PackVersion.precedes(one, other) == precedes)
  }

  @Test(arguments: [
    ("", "packs:\n  - 'packs/p'\n"),
    ("# head\nfail_on: low\n", "# head\nfail_on: low\npacks:\n  - 'packs/p'\n"),
    ("packs: []\nfail_on: low\n", "packs: ['packs/p']\nfail_on: low\n"),
    ("packs: [a]  # ours\n", "packs: [a, 'packs/p']  # ours\n"),
    (
      "packs:\n  - a\n  # more\n  - b\n\nfail_on: low\n",
      "packs:\n  - a\n  # more\n  - b\n  - 'packs/p'\n\nfail_on: low\n"
    ),
    ("packs:\n- a\nfail_on: low", "packs:\n- a\n- 'packs/p'\nfail_on: low"),
  ])
  func `a pack is named in the configuration without touching the rest`(_ old: String, _ new: String) {
    #expect(ConfigurationEdit.adding(pack: "packs/p", to: old) == new)
  }

  @Test(arguments: ["packs: [a,\n  b]\n", "packs: a\n", "packs: [\n", "pack: []\n"])
  func `what cannot be edited safely is left to its author`(_ old: String) {
    #expect(ConfigurationEdit.adding(pack: "packs/p", to: old) == nil)
  }

  @Test func `the policy is read, and one that trusts nobody is an error`() throws {
    let key = PackSigningKey().publicKey
    func trust(_ text: String) throws -> PackTrust {
      try ConfigurationReader.read(Array("trust: \(text)".utf8), path: "auditor.yaml").trust
    }
    #expect(try trust("{keys: ['\(key)']}").requiresSignature)
    #expect(try !trust("{keys: ['\(key)'], require_signed: false}").requiresSignature)
    let named = try trust("{require_locked: true, keys: [{key: '\(key)', name: Desk, packs: [house]}]}")
    #expect(named.requiresLock && named.keys == [.init(key: key, name: "Desk", packs: ["house"])])
    for bad in [
      "{require_signed: true}", "{keys: ['ed25519:x']}", "{keys: x}", "{require_sign: true}",
      "{keys: [{name: x}]}",
    ] {
      #expect(throws: RuleErrors.self) { try trust(bad) }
    }
  }
}

@testable import Audit
import Foundation
import Testing

/// Keys, signatures and the policy over them. Every key is made for its test.
struct PackSignatureTests {
  static let files = [
    ("pack.yaml", "{pack: house, version: 1.0.0, schema: auditor.rules/v1}"),
    ("rules.yaml", "{rule: house.one, message: m, match: one}"),
  ]

  static func pack(_ files: [(String, String)] = files, signature: String? = nil, at root: String = "p/")
    -> PackFiles
  {
    PackFiles(
      name: String(root.dropLast()),
      files: (files + (signature.map { [("pack.sig", $0)] } ?? [])).map { (root + $0.0, Array($0.1.utf8)) })
  }

  static func signed(by key: PackSigningKey) throws -> String {
    try PackSignature.text(for: PackContent(pack()), by: key, path: "p")
  }

  /// What the policy says against a pack; "" when nothing.
  static func refusal(_ pack: PackFiles, _ change: (inout PackTrust) -> Void = { _ in }) -> String {
    var trust = PackTrust()
    change(&trust)
    do throws(PackError) {
      _ = try trust.signers(of: PackContent(pack), path: "p")
      return ""
    } catch {
      return error.description
    }
  }

  @Test func `a signature says whose pack it is, wherever the pack stands`() throws {
    let key = PackSigningKey()
    let text = try Self.signed(by: key)
    let signature = try PackSignature(Array(text.utf8), path: "p")
    for root in ["p/", "/elsewhere/of/it/", ""] {
      let pack = PackContent(Self.pack(signature: text, at: root))
      #expect(try signature.keys(for: pack, path: "p") == [key.publicKey])
    }
  }

  @Test(arguments: [
    (0, "pack.yaml", "{pack: house, version: 1.0.1, schema: auditor.rules/v1}", "changed 'pack.yaml'"),
    (1, "rules.yaml", "{rule: house.one, message: m, match: two}", "changed 'rules.yaml'"),
    (1, "rule.yaml", "{rule: house.one, message: m, match: one}", "added 'rule.yaml', missing 'rules.yaml'"),
  ])
  func `a changed, renamed or moved file is refused whatever the policy`(
    _ index: Int, _ name: String, _ text: String, _ told: String
  ) throws {
    var files = Self.files
    files[index] = (name, text)
    let pack = Self.pack(files, signature: try Self.signed(by: PackSigningKey()))
    #expect(Self.refusal(pack).contains(told), "\(Self.refusal(pack))")
  }

  @Test func `a file that comes on top of a signed pack is refused`() throws {
    let pack = Self.pack(
      Self.files + [("more.yaml", "{rule: house.two, message: m, match: two}")],
      signature: try Self.signed(by: PackSigningKey()))
    #expect(Self.refusal(pack).contains("added 'more.yaml'"))
  }

  @Test func `a list of files that was changed along with them deceives nobody`() throws {
    let key = PackSigningKey()
    var files = Self.files
    files[1].1 = "{rule: house.one, message: m, match: two}"
    let other = try PackSignature.text(
      for: PackContent(Self.pack(files)), by: PackSigningKey(), path: "p")
    // The hashes of the changed files under the value of the true signature.
    let list = try #require(other.range(of: "files:")).lowerBound
    let own = try Self.signed(by: key)
    let forged = own[..<(try #require(own.range(of: "files:")).lowerBound)] + other[list...]
    let refusal = Self.refusal(Self.pack(files, signature: String(forged)))
    #expect(refusal.contains("does not fit the pack") && refusal.contains(key.publicKey.description))
  }

  @Test func `a policy that asks for a signature fails closed`() throws {
    let (mine, other) = (PackSigningKey(), PackSigningKey())
    let signed = Self.pack(signature: try Self.signed(by: mine))
    func trusting(_ key: PackSigningKey, packs: [String] = []) -> (inout PackTrust) -> Void {
      { trust in
        trust.requiresSignature = true
        trust.keys = [.init(key: key.publicKey, name: nil, packs: packs)]
      }
    }
    #expect(Self.refusal(Self.pack()) == "")
    #expect(Self.refusal(signed) == "")
    #expect(Self.refusal(signed, trusting(mine)) == "")
    #expect(Self.refusal(signed, trusting(mine, packs: ["house"])) == "")
    #expect(Self.refusal(signed, trusting(mine, packs: ["other"])).contains("does not name"))
    #expect(Self.refusal(signed, trusting(other)).contains("does not name"))
    #expect(Self.refusal(Self.pack(), trusting(mine)).contains("has no signature"))
    // Asked for, but nobody to trust: not a pass.
    #expect(Self.refusal(signed) { $0.requiresSignature = true }.contains("without a key to trust"))
    #expect(Self.refusal(Self.pack()) { $0.requiresSignature = true }.contains("without a key to trust"))
  }

  @Test(arguments: [
    "", "{}", "schema: auditor.signature/v2", "schema: auditor.signature/v1",
    "{schema: auditor.signature/v1, signatures: []}",
    "{schema: auditor.signature/v1, signatures: [{key: x, value: y}]}", "a: &b [*b]",
    "{schema: auditor.signature/v1, signatures: [{key: 'ed25519:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=', value: 'AAAA'}]}",
  ])
  func `a signature that cannot be read is refused, not passed by`(_ text: String) {
    #expect(Self.refusal(Self.pack(signature: text)).contains("cannot be read"))
  }

  @Test func `several may sign, and a signature that no longer fits is dropped when signing anew`() throws {
    let (one, two) = (PackSigningKey(), PackSigningKey())
    let first = try Self.signed(by: one)
    let both = try PackSignature.text(
      for: PackContent(Self.pack(signature: first)), by: two, path: "p")
    let pack = PackContent(Self.pack(signature: both))
    #expect(
      try PackSignature(Array(both.utf8), path: "p").keys(for: pack, path: "p") == [
        one.publicKey, two.publicKey,
      ])
    var files = Self.files
    files[1].1 += "\n"
    let again = try PackSignature.text(
      for: PackContent(Self.pack(files, signature: both)), by: two, path: "p")
    #expect(try PackSignature(Array(again.utf8), path: "p").entries.map(\.key) == [two.publicKey])
  }

  @Test func `keys travel as texts and files`() throws {
    let key = PackSigningKey()
    #expect(PackKey(key.publicKey.description) == key.publicKey)
    let again = try PackSigningKey(pem: Array(key.pem.utf8), path: "k")
    #expect(again.publicKey == key.publicKey)
    let windows = key.pem.replacing("\n", with: "\r\n")
    #expect(try PackSigningKey(pem: Array(windows.utf8), path: "k").publicKey == key.publicKey)
    for text in ["", "ed25519:", "ed25519:AAAA", "rsa:AAAA", key.publicKey.description + "A"] {
      #expect(PackKey(text) == nil, "\(text)")
    }
    for text in ["", "key", key.pem.replacing("MC4CAQAwBQYDK2VwBCIE", with: "MC4CAQAwBQYDK2VuBCIE")] {
      #expect(throws: PackError.self) { try PackSigningKey(pem: Array(text.utf8), path: "k") }
    }
  }

  /// RFC 8032, 7.1, test 2: the key, and its signature over one byte.
  @Test func `the vector of RFC 8032 holds`() throws {
    func bytes(_ hex: String) -> [UInt8] {
      stride(from: 0, to: hex.count, by: 2).compactMap { UInt8(hex.dropFirst($0).prefix(2), radix: 16) }
    }
    let key = PackKey(bytes: bytes("3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c"))
    let signature = bytes(
      "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
        + "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")
    #expect(key.accepts(signature, for: [0x72]))
    #expect(!key.accepts(signature, for: [0x73]))
    #expect(!key.accepts(signature.reversed(), for: [0x72]))
  }
}

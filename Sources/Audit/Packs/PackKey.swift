internal import Crypto

/// Whom a signature is from: an Ed25519 public key (RFC 8032), written `ed25519:` and its 32 bytes in Base64.
package struct PackKey: Hashable, Sendable, CustomStringConvertible {
  private static let prefix = "ed25519:"
  /// 32 bytes.
  let bytes: [UInt8]

  init(bytes: [UInt8]) { self.bytes = bytes }

  /// nil when `text` is no such key.
  package init?(_ text: String) {
    guard text.hasPrefix(Self.prefix),
      let bytes = PackBase64.decoded(String(text.dropFirst(Self.prefix.count))),
      bytes.count == 32, (try? Curve25519.Signing.PublicKey(rawRepresentation: bytes)) != nil
    else { return nil }
    self.bytes = bytes
  }

  package var description: String { Self.prefix + SecureHash.base64(bytes) }

  /// True when `signature` was made with the other half of this key over `message`.
  func accepts(_ signature: [UInt8], for message: [UInt8]) -> Bool {
    guard let key = try? Curve25519.Signing.PublicKey(rawRepresentation: bytes) else { return false }
    return key.isValidSignature(signature, for: message)
  }
}

/// The secret half of a key. Printed nowhere; a file of it is for its owner only.
package struct PackSigningKey: Sendable {
  private let key: Curve25519.Signing.PrivateKey

  /// A new key, from the random source of the system.
  package init() { key = Curve25519.Signing.PrivateKey() }

  /// A PKCS #8 file, as `openssl genpkey -algorithm ed25519` writes it (RFC 8410, section 7).
  package init(pem: [UInt8], path: String) throws(PackError) {
    guard let der = PackPEM.bytes(of: String(decoding: pem, as: UTF8.self), label: "PRIVATE KEY") else {
      throw PackError(.badKey("the file is no PEM file with a PRIVATE KEY"), at: path)
    }
    guard der.count == 48, der.starts(with: PackPEM.privatePrefix),
      let key = try? Curve25519.Signing.PrivateKey(rawRepresentation: der.suffix(32))
    else { throw PackError(.badKey("the PRIVATE KEY is not one of Ed25519"), at: path) }
    self.key = key
  }

  package var publicKey: PackKey { PackKey(bytes: Array(key.publicKey.rawRepresentation)) }

  package var pem: String {
    PackPEM.text(PackPEM.privatePrefix + Array(key.rawRepresentation), label: "PRIVATE KEY")
  }

  func signature(for message: [UInt8]) throws(PackError) -> [UInt8] {
    do {
      return Array(try key.signature(for: message))
    } catch {
      throw PackError(.badKey("it does not sign"), at: publicKey.description)
    }
  }
}

/// Standard Base64 that is read strictly: one text, one value.
enum PackBase64 {
  static func decoded(_ text: String) -> [UInt8]? {
    let (bytes, isWhole) = TransferCoding.base64(Array(text.utf8)[...])
    return isWhole && SecureHash.base64(bytes) == text ? bytes : nil
  }
}

/// PEM files (RFC 7468) of Ed25519 keys.
enum PackPEM {
  /// OneAsymmetricKey, version 0, with the algorithm id-Ed25519, ahead of the 32 bytes (RFC 8410, section 7).
  static let privatePrefix: [UInt8] = [
    0x30, 0x2E, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
  ]

  static func text(_ der: [UInt8], label: String) -> String {
    "-----BEGIN \(label)-----\n\(SecureHash.base64(der))\n-----END \(label)-----\n"
  }

  static func bytes(of pem: String, label: String) -> [UInt8]? {
    let lines = pem.split(whereSeparator: \.isNewline).map { $0.filter { !$0.isWhitespace } }
    let name = label.filter { !$0.isWhitespace }
    guard let start = lines.firstIndex(of: "-----BEGIN\(name)-----"),
      let end = lines.firstIndex(of: "-----END\(name)-----"), start < end
    else { return nil }
    return PackBase64.decoded(lines[(start + 1)..<end].joined())
  }
}

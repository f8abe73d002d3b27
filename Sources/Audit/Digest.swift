import Crypto

/// Hashes, through swift-crypto.
package enum Digest {
  /// SHA-256 of `bytes`, 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// SHA-256 as 64 lower-case hexadecimal digits.
  package static func hexSHA256(_ bytes: [UInt8]) -> String { hex(sha256(bytes)) }

  /// The first `count` bytes of HMAC-SHA-256 as hexadecimal digits.
  package static func keyed(_ bytes: [UInt8], key: [UInt8], count: Int = 16) -> String {
    hex(Array(HMAC<SHA256>.authenticationCode(for: bytes, using: SymmetricKey(data: key)).prefix(count)))
  }

  package static func hex(_ bytes: [UInt8]) -> String {
    let digits = Array("0123456789abcdef".utf8)
    var text: [UInt8] = []
    text.reserveCapacity(2 * bytes.count)
    for byte in bytes {
      text.append(digits[Int(byte >> 4)])
      text.append(digits[Int(byte & 15)])
    }
    return String(decoding: text, as: UTF8.self)
  }
}

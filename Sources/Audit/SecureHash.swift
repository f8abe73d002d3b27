import Crypto

/// Hashes, through swift-crypto.
package enum SecureHash {
  /// SHA-256 of `bytes`, 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// SHA-256 as 64 lower-case hexadecimal digits.
  package static func hexSHA256(_ bytes: [UInt8]) -> String { hex(sha256(bytes)) }

  /// HMAC-SHA-256 with a key that is prepared once.
  package struct Keyed: Sendable {
    private let start: HMAC<SHA256>

    package init(key: [UInt8]) { start = HMAC<SHA256>(key: SymmetricKey(data: key)) }

    /// The first `count` bytes of the code of `bytes`, as hexadecimal digits.
    package func hex(_ bytes: [UInt8], count: Int = 16) -> String {
      var code = start
      code.update(data: bytes)
      return SecureHash.hex(Array(code.finalize().prefix(count)))
    }
  }

  /// Standard Base64 with padding (RFC 4648, section 4).
  package static func base64(_ bytes: [UInt8]) -> String {
    let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let group = bytes[start..<min(start + 3, bytes.count)]
      var bits: UInt32 = 0
      for index in 0..<3 { bits = bits << 8 | (index < group.count ? UInt32(group[start + index]) : 0) }
      for index in 0..<4 {
        text.append(
          index <= group.count ? alphabet[Int(bits >> UInt32(18 - 6 * index) & 63)] : UInt8(ascii: "="))
      }
    }
    return String(decoding: text, as: UTF8.self)
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

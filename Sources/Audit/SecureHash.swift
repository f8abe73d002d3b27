import Crypto

/// Hashes, through swift-crypto.
package enum SecureHash {
  /// SHA-256 of `bytes`, 32 bytes.
  package static func sha256(_ bytes: [UInt8]) -> [UInt8] { Array(SHA256.hash(data: bytes)) }

  /// SHA-256 as 64 lower-case hexadecimal digits.
  package static func hexSHA256(_ bytes: [UInt8]) -> String { hex(sha256(bytes)) }

  /// HMAC-SHA-256 (RFC 2104) with a key that is prepared once.
  package struct Keyed: Sendable {
    /// The key in a block of SHA-256, with the inner and the outer pad of RFC 2104, section 2.
    private let inner: [UInt8]
    private let outer: [UInt8]
    private static let blockLength = 64

    package init(key: [UInt8]) {
      var block = key.count > Self.blockLength ? SecureHash.sha256(key) : key
      block += [UInt8](repeating: 0, count: Self.blockLength - block.count)
      inner = block.map { $0 ^ 0x36 }
      outer = block.map { $0 ^ 0x5C }
    }

    /// The first `count` bytes of the code of `bytes`, as hexadecimal digits.
    package func hex(_ bytes: [UInt8], count: Int = 16) -> String {
      // Called for every finding: the generic code of swift-crypto takes longer than the hash itself.
      var hash = SHA256()
      inner.withUnsafeBytes { hash.update(bufferPointer: $0) }
      bytes.withUnsafeBytes { hash.update(bufferPointer: $0) }
      let digest = hash.finalize()
      hash = SHA256()
      outer.withUnsafeBytes { hash.update(bufferPointer: $0) }
      digest.withUnsafeBytes { hash.update(bufferPointer: $0) }
      return hash.finalize().withUnsafeBytes { SecureHash.hex($0, count: count) }
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
    bytes.withUnsafeBytes { hex($0, count: bytes.count) }
  }

  private static func hex(_ bytes: UnsafeRawBufferPointer, count: Int) -> String {
    String(unsafeUninitializedCapacity: 2 * count) { text in
      for place in 0..<2 * count {
        let digit = place & 1 == 0 ? bytes[place / 2] >> 4 : bytes[place / 2] & 15
        text[place] = digit < 10 ? 0x30 + digit : 0x57 + digit
      }
      return 2 * count
    }
  }
}

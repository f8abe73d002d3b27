/// Addresses of crypto-currency wallets.
extension Validators {
  static let wallets: [Validator] = [bitcoin, ethereum]

  /// Bitcoin address: base58check (versions 0 and 5), or bech32 and bech32m (`bc1`).
  ///
  /// Sources: Bitcoin developer guide, Base58Check; BIP 173; BIP 350.
  static let bitcoin = Validator(name: "bitcoin", source: "Base58Check; BIP 173; BIP 350") { value in
    guard (14...90).contains(value.count) else { return .invalid }
    if Bytes.hasPrefix(value[...], "bc1") || Bytes.hasPrefix(value[...], "BC1") {
      return Validator.Verdict(Bech32.isSegWitAddress(value))
    }
    guard let bytes = Base58.decode(value, count: 25), bytes[0] == 0 || bytes[0] == 5 else { return .invalid }
    let digest = SecureHash.sha256(SecureHash.sha256(Array(bytes[..<21])))
    return Validator.Verdict(digest[..<4] == bytes[21...])
  }

  /// Ethereum address: 0x and forty hexadecimal digits. The mixed-case checksum of EIP-55 is not computed.
  ///
  /// Source: Ethereum yellow paper, 4; EIP-55.
  static let ethereum = Validator(name: "ethereum", source: "Ethereum yellow paper, 4") { value in
    guard value.count == 42, Bytes.hasPrefix(value[...], "0x") else { return .invalid }
    var isZero = true
    for byte in value[2...] {
      guard let digit = Bytes.hex(byte) else { return .invalid }
      if digit != 0 { isZero = false }
    }
    return isZero ? .invalid : .possible
  }
}

/// The base58 alphabet of Bitcoin: no 0, O, I and l.
enum Base58 {
  private static let alphabet = Array("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz".utf8)

  /// The number that `text` writes, in exactly `count` bytes; nil when it does not fit or is not base58.
  static func decode(_ text: [UInt8], count: Int) -> [UInt8]? {
    var bytes = [UInt8](repeating: 0, count: count)
    for character in text {
      guard var carry = alphabet.firstIndex(of: character) else { return nil }
      for index in stride(from: count - 1, through: 0, by: -1) {
        carry += 58 * Int(bytes[index])
        bytes[index] = UInt8(truncatingIfNeeded: carry)
        carry >>= 8
      }
      guard carry == 0 else { return nil }
    }
    // Each leading 1 stands for one zero byte, no more and no less.
    let zeros = bytes.prefix { $0 == 0 }.count
    return zeros == text.prefix { $0 == 0x31 }.count ? bytes : nil
  }
}

/// BIP 173 and BIP 350 addresses.
enum Bech32 {
  private static let alphabet = Array("qpzry9x8gf2tvdw0s3jn54khce6mua7l".utf8)

  /// `value` begins with "bc1"; letters of one case. Addresses of version 1 and above that were made before
  /// BIP 350 carry the older checksum; both are accepted.
  static func isSegWitAddress(_ value: [UInt8]) -> Bool {
    let hasUpper = value.contains { $0 &- 0x41 < 26 }
    let hasLower = value.contains { $0 &- 0x61 < 26 }
    guard !(hasUpper && hasLower), (14...74).contains(value.count) else { return false }
    // Human-readable part "bc" expanded (BIP 173): 3, 3, 0, 2, 3.
    var checksum: UInt32 = 1
    for number: UInt32 in [3, 3, 0, 2, 3] { checksum = next(checksum, number) }
    var version: UInt32 = 0
    for (index, byte) in value[3...].enumerated() {
      let lower = byte &- 0x41 < 26 ? byte | 0x20 : byte
      guard let number = alphabet.firstIndex(of: lower) else { return false }
      if index == 0 { version = UInt32(number) }
      checksum = next(checksum, UInt32(number))
    }
    return version <= 16 && (checksum == 1 || version > 0 && checksum == 0x2BC8_30A3)
  }

  private static func next(_ checksum: UInt32, _ number: UInt32) -> UInt32 {
    let generators: [UInt32] = [0x3B6A_57B2, 0x2650_8E6D, 0x1EA1_19FA, 0x3D42_33DD, 0x2A14_62B3]
    let top = checksum >> 25
    var result = (checksum & 0x1FF_FFFF) << 5 ^ number
    for index in 0..<5 where top >> UInt32(index) & 1 == 1 { result ^= generators[index] }
    return result
  }
}

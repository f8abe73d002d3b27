/// Credentials: tokens, keys and passwords in URLs.
extension Validators {
  static let secrets: [Validator] = [jwt, awsAccessKey, privateKey, urlCredentials]

  /// JSON Web Token: three base64url parts, the first of which decodes to a JSON object with "alg".
  ///
  /// Sources: RFC 7519, 3; RFC 7515, 4.1.1 and 7.1; RFC 4648, 5.
  static let jwt = Validator(name: "jwt", source: "RFC 7515, 7.1; RFC 7519") { value in
    var dots = 0
    var headerEnd = 0
    for (index, byte) in value.enumerated() {
      if byte == 0x2E {
        if dots == 0 { headerEnd = index }
        dots += 1
      } else if Base64URL.number(byte) == nil {
        return .invalid
      }
    }
    guard dots == 2 || dots == 4, let header = Base64URL.decode(value[..<headerEnd]) else { return .invalid }
    guard header.first == 0x7B, header.last == 0x7D, Bytes.contains(header, "\"alg\"") else {
      return .invalid
    }
    return .valid
  }

  /// AWS access key id: a four-letter prefix of a resource kind and sixteen or more base32 characters.
  ///
  /// `possible` when it holds EXAMPLE, as in AWS documentation. Source: AWS IAM User Guide, unique
  /// identifiers.
  static let awsAccessKey = Validator(name: "aws-access-key", source: "AWS IAM User Guide, unique IDs") {
    value in
    guard (20...24).contains(value.count), awsPrefixes.contains(where: { Bytes.hasPrefix(value[...], $0) })
    else {
      return .invalid
    }
    for byte in value[4...] where !(byte &- 0x41 < 26 || (0x32...0x37).contains(byte)) { return .invalid }
    return Bytes.contains(value, "EXAMPLE") ? .possible : .valid
  }

  private static let awsPrefixes: [StaticString] = [
    "AKIA", "ASIA", "ABIA", "ACCA", "AGPA", "AIDA", "AIPA", "ANPA", "ANVA", "APKA", "AROA", "ASCA",
  ]

  /// A PEM private key: its BEGIN line, and base64 after it when anything follows.
  ///
  /// Sources: RFC 7468, 2 and 10-11; OpenSSH PROTOCOL.key.
  static let privateKey = Validator(name: "private-key", source: "RFC 7468, sections 2, 10, 11") { value in
    guard Bytes.contains(value, "-----BEGIN "), Bytes.contains(value, "PRIVATE KEY") else { return .invalid }
    return Bytes.contains(value, "EXAMPLE") || Bytes.contains(value, "...") ? .possible : .valid
  }

  /// A URL with a user and a password before its host.
  ///
  /// `invalid` for templates (`${…}`, `<…>`, `{{…}}`), `possible` for the words that documentation uses.
  /// Source: RFC 3986, 3.2.1.
  static let urlCredentials = Validator(name: "url-credentials", source: "RFC 3986, 3.2.1") { value in
    guard let scheme = value.firstIndex(of: 0x3A), Bytes.hasPrefix(value[scheme...], "://") else {
      return .invalid
    }
    let authority = value[(scheme + 3)...].prefix { $0 != 0x2F && $0 != 0x3F && $0 != 0x23 }
    guard let at = authority.lastIndex(of: 0x40), let colon = authority[..<at].firstIndex(of: 0x3A) else {
      return .invalid
    }
    let user = authority[..<colon]
    let password = authority[(colon + 1)..<at]
    guard !password.isEmpty, at + 1 < authority.endIndex else { return .invalid }
    for byte in authority[..<at] {
      switch byte {
      case 0x24, 0x3C, 0x3E, 0x7B, 0x7D, 0x5B, 0x5D, 0x20, 0x22: return .invalid  // $ < > { } [ ] space "
      default: break
      }
    }
    if password.allSatisfy({ $0 == 0x2A || $0 == 0x78 || $0 == 0x58 || $0 == 0x2E }) { return .invalid }
    for word in placeholderPasswords where password.count == word.utf8CodeUnitCount {
      if Bytes.hasSuffix(password, word) { return .possible }
    }
    let host = authority[(at + 1)...]
    let isLocal = Bytes.hasPrefix(host, "localhost") || Bytes.hasPrefix(host, "127.")
    return user.isEmpty || isLocal ? .possible : .valid
  }

  private static let placeholderPasswords: [StaticString] = [
    "password", "pass", "passwd", "pwd", "secret", "changeme", "example", "test", "pw", "user", "username",
    "token",
    "guest", "mypassword", "your_password", "yourpassword", "your-password",
  ]
}

/// Base64 with the URL and file name safe alphabet, without padding (RFC 4648, 5).
enum Base64URL {
  static func number(_ byte: UInt8) -> UInt32? {
    switch byte {
    case 0x41...0x5A: UInt32(byte) - 0x41
    case 0x61...0x7A: UInt32(byte) - 0x61 + 26
    case 0x30...0x39: UInt32(byte) - 0x30 + 52
    case 0x2D: 62
    case 0x5F: 63
    default: nil
    }
  }

  /// nil when a byte is not of the alphabet or the length cannot be.
  static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
    guard text.count % 4 != 1 else { return nil }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(text.count * 3 / 4)
    var bits: UInt32 = 0
    var width = 0
    for byte in text {
      guard let number = number(byte) else { return nil }
      bits = bits << 6 | number
      width += 6
      if width >= 8 {
        width -= 8
        bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(width)))
      }
    }
    return bytes
  }
}

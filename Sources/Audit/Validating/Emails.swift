/// E-mail addresses and the domains that they name.
extension Validators {
  static let emails: [Validator] = [email, emailInBase64, emailOfCloudflare]

  /// An e-mail address: local part, host of at least two labels, plausible top-level domain. Non-ASCII
  /// letters are accepted on both sides.
  ///
  /// `invalid` where the last label is an extension of files (`logo@2x.png`). `possible` for reserved domains
  /// (example.com, .test, .invalid) and for addresses of a role rather than a person (info@, support@).
  /// Sources: RFC 5321, 4.1.2 and 4.5.3.1; RFC 6531; RFC 1123, 2.1; RFC 2606; RFC 6761; RFC 2142 for role
  /// names.
  static let email = Validator(name: "email", source: "RFC 5321, 4.1.2; RFC 6531; RFC 2606") { value in
    let local: ArraySlice<UInt8>
    let host: ArraySlice<UInt8>
    if let at = value.lastIndex(of: 0x40) {
      local = value[..<at]
      host = value[(at + 1)...]
    } else if let at = value.indices.first(where: { Bytes.hasPrefix(value[$0...], "\u{FF20}") }) {
      // The full-width form of @ (U+FF20), which hides an address from plain searches.
      local = value[..<at]
      host = value[(at + 3)...]
    } else {
      return .invalid
    }
    guard isLocalPart(local), isHost(host) else { return .invalid }
    return isReserved(host) || isRole(local) ? .possible : .valid
  }

  /// The base64 of an address and nothing else, in either alphabet, with or without padding.
  static let emailInBase64 = Validator(name: "email.base64", source: "RFC 4648, 4 and 5; RFC 5321, 4.1.2") {
    value in
    let plain = value.map { $0 == 0x2B ? 0x2D : $0 == 0x2F ? 0x5F : $0 }
    let end = plain.lastIndex { $0 != 0x3D }.map { $0 + 1 } ?? 0
    guard let decoded = Base64URL.decode(plain[..<end]), decoded.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
      return .invalid
    }
    return email.validate(decoded)
  }

  /// The hexadecimal digits of a protected address: the first byte is combined by XOR with each that follows.
  /// Source: Cloudflare's `email-decode.min.js`, which every protected page loads.
  static let emailOfCloudflare = Validator(
    name: "email.cloudflare", source: "Cloudflare, email-decode.min.js"
  ) {
    value in
    let digits = value.compactMap(\.hexValue)
    guard digits.count == value.count, digits.count >= 14, digits.count % 2 == 0 else { return .invalid }
    let bytes = stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    let decoded = bytes.dropFirst().map { $0 ^ bytes[0] }
    guard decoded.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { return .invalid }
    return email.validate(decoded)
  }

  private static func isLocalPart(_ local: ArraySlice<UInt8>) -> Bool {
    guard (1...64).contains(local.count) else { return false }
    var previous: UInt8 = 0x2E
    for byte in local {
      if byte == 0x2E {
        guard previous != 0x2E else { return false }
      } else if !isAtomText(byte) {
        return false
      }
      previous = byte
    }
    return previous != 0x2E
  }

  /// RFC 5322 `atext`, and every byte of a non-ASCII scalar.
  private static func isAtomText(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x80...0xFF: true
    case 0x21, 0x23, 0x24, 0x25, 0x26, 0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E, 0x5F, 0x60,
      0x7B...0x7E:
      true
    default: false
    }
  }

  private static func isHost(_ host: ArraySlice<UInt8>) -> Bool {
    guard (4...253).contains(host.count) else { return false }
    var labelStart = host.startIndex
    var labels = 0
    var index = host.startIndex
    while index <= host.endIndex {
      if index == host.endIndex || host[index] == 0x2E {
        let label = host[labelStart..<index]
        guard (1...63).contains(label.count), label.first != 0x2D, label.last != 0x2D else { return false }
        labels += 1
        if index == host.endIndex { return labels > 1 && isTopLevel(label) }
        labelStart = index + 1
      } else if !(Bytes.isAlphanumeric(host[index]) || host[index] == 0x2D || host[index] >= 0x80) {
        return false
      }
      index += 1
    }
    return false
  }

  /// 2...24 letters, an A-label, or non-ASCII letters; no file extension.
  private static func isTopLevel(_ label: ArraySlice<UInt8>) -> Bool {
    if label.count > 4, Bytes.upper(label[label.startIndex]) == 0x58, Bytes.hasSuffix(label.prefix(4), "xn--")
    {
      return true
    }
    guard label.count >= 2, label.allSatisfy({ Bytes.isLetter($0) || $0 >= 0x80 }) else { return false }
    if label.allSatisfy({ $0 < 0x80 }), label.count > 24 { return false }
    for name in fileExtensions where label.count == name.utf8CodeUnitCount && Bytes.hasSuffix(label, name) {
      return false
    }
    return true
  }

  private static let fileExtensions: [StaticString] = [
    "png", "jpg", "jpeg", "gif", "svg", "webp", "avif", "bmp", "tiff", "css", "js", "mjs", "ts", "tsx", "jsx",
    "json",
    "xml", "html", "htm", "php", "asp", "aspx", "jsp", "pdf", "txt", "woff", "ttf", "eot", "otf", "scss",
    "less", "map", "yaml", "yml", "exe", "dll", "swf", "tmp", "bak", "log", "csv", "ini", "cfg", "conf",
    "lock",
  ]

  /// RFC 2606 and RFC 6761 names.
  private static func isReserved(_ host: ArraySlice<UInt8>) -> Bool {
    for name in reservedHosts {
      let length = name.utf8CodeUnitCount
      guard Bytes.hasSuffix(host, name) else { continue }
      if host.count == length || host[host.endIndex - length - 1] == 0x2E { return true }
    }
    return false
  }

  private static let reservedHosts: [StaticString] = [
    "example.com", "example.org", "example.net", "example.edu", "example", "test", "invalid", "localhost",
    "local",
    "domain.com", "yourdomain.com", "email.com", "mysite.com", "site.com",
  ]

  /// RFC 2142 mailbox names and the names that organisations use in the same way.
  private static func isRole(_ local: ArraySlice<UInt8>) -> Bool {
    for name in roleNames where local.count == name.utf8CodeUnitCount && Bytes.hasSuffix(local, name) {
      return true
    }
    return false
  }

  private static let roleNames: [StaticString] = [
    "info", "support", "contact", "contactus", "contact-us", "hello", "help", "helpdesk", "sales", "admin",
    "administrator", "webmaster", "postmaster", "hostmaster", "abuse", "security", "noc", "noreply",
    "no-reply",
    "donotreply", "do-not-reply", "marketing", "press", "media", "pr", "news", "newsletter", "editor",
    "editorial",
    "office", "mail", "team", "jobs", "careers", "hr", "billing", "accounts", "privacy", "dpo", "legal",
    "feedback",
    "enquiries", "inquiries", "service", "customerservice", "customercare", "orders", "subscribe",
    "unsubscribe",
    "root", "www", "ftp", "dmca", "copyright", "advertising", "ads", "partners", "events", "reception",
  ]
}

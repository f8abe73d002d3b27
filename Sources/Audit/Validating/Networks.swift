/// Addresses of hosts and network interfaces.
extension Validators {
  static let networks: [Validator] = [ipv4, ipv6, ip, mac]

  /// IPv4 address in dotted decimal, with an optional prefix length.
  ///
  /// `possible` for addresses that identify nobody: private, loopback, link-local, shared, documentation,
  /// benchmark, multicast and reserved. Sources: RFC 791; RFC 6943, 3.1.1; RFC 6890 with the IANA
  /// special-purpose registry.
  static let ipv4 = Validator(name: "ipv4", source: "RFC 791; RFC 6890") { value in
    IPAddress.verdict(ofV4: value[...])
  }

  /// IPv6 address with `::`, an embedded IPv4 address, a zone and a prefix length where it has them.
  ///
  /// `possible` for addresses that identify nobody: unspecified, loopback, link-local, unique local,
  /// documentation, multicast. Sources: RFC 4291, 2.2; RFC 4007, 11; RFC 6890; RFC 3849.
  static let ipv6 = Validator(name: "ipv6", source: "RFC 4291, 2.2; RFC 6890") { value in
    IPAddress.verdict(ofV6: value[...])
  }

  static let ip = Validator(name: "ip", source: "RFC 791; RFC 4291") { value in
    value.contains(0x3A) ? IPAddress.verdict(ofV6: value[...]) : IPAddress.verdict(ofV4: value[...])
  }

  /// MAC address: six pairs with one kind of separator, or three groups of four with dots; not 00… and not
  /// ff….
  ///
  /// `possible` when the locally administered bit is set (randomised addresses). Source: IEEE 802-2014, 8.
  static let mac = Validator(name: "mac", source: "IEEE 802-2014, clause 8") { value in
    guard value.count == 17 || value.count == 14 else { return .invalid }
    let group = value.count == 17 ? 2 : 4
    var number: UInt64 = 0
    for (index, byte) in value.enumerated() {
      if index % (group + 1) == group {
        guard byte == value[group], byte == (group == 4 ? 0x2E : byte),
          byte == 0x3A || byte == 0x2D || byte == 0x2E
        else { return .invalid }
      } else {
        guard let digit = Bytes.hex(byte) else { return .invalid }
        number = number << 4 | UInt64(digit)
      }
    }
    guard number != 0, number != 0xFFFF_FFFF_FFFF else { return .invalid }
    return number >> 41 & 1 == 1 ? .possible : .valid
  }
}

enum IPAddress {
  static func verdict(ofV4 value: ArraySlice<UInt8>) -> Validator.Verdict {
    guard let (address, end) = parseV4(value), isPrefixLength(value[end...], limit: 32) else {
      return .invalid
    }
    return isSpecial(address) || end != value.endIndex ? .possible : .valid
  }

  static func verdict(ofV6 value: ArraySlice<UInt8>) -> Validator.Verdict {
    var end = value.startIndex
    while end < value.endIndex, Bytes.hex(value[end]) != nil || value[end] == 0x3A || value[end] == 0x2E {
      end += 1
    }
    var rest = value[end...]
    if rest.first == 0x25 {
      let zone = rest.dropFirst().prefix {
        Bytes.isAlphanumeric($0) || $0 == 0x2D || $0 == 0x5F || $0 == 0x2E
      }
      guard !zone.isEmpty else { return .invalid }
      rest = rest[zone.endIndex...]
    }
    guard isPrefixLength(rest, limit: 128), let groups = parseV6(value[..<end]) else { return .invalid }
    return isSpecial(groups) || !rest.isEmpty ? .possible : .valid
  }

  /// The address and the index after it. Octets have no leading zero (RFC 6943, 3.1.1).
  private static func parseV4(_ value: ArraySlice<UInt8>) -> (address: UInt32, end: Int)? {
    var address: UInt32 = 0
    var index = value.startIndex
    for octet in 0..<4 {
      if octet > 0 {
        guard index < value.endIndex, value[index] == 0x2E else { return nil }
        index += 1
      }
      let start = index
      var number: UInt32 = 0
      while index < value.endIndex, let digit = Bytes.digit(value[index]), index - start < 3 {
        number = number * 10 + UInt32(digit)
        index += 1
      }
      guard index > start, number < 256, index - start == 1 || value[start] != 0x30 else { return nil }
      address = address << 8 | number
    }
    return (address, index)
  }

  /// The address as a number; nil when it is none.
  private static func parseV6(_ value: ArraySlice<UInt8>) -> UInt128? {
    var before: UInt128 = 0
    var beforeCount = 0
    var after: UInt128 = 0
    var afterCount = 0
    var isCompressed = false
    var index = value.startIndex
    guard value.count >= 2 else { return nil }
    if value[index] == 0x3A {
      guard value[index + 1] == 0x3A else { return nil }
      isCompressed = true
      index += 2
    }
    while index < value.endIndex {
      var number: UInt128 = 0
      var bits: UInt128 = 16
      let start = index
      while index < value.endIndex, let digit = Bytes.hex(value[index]) {
        number = number << 4 | UInt128(digit)
        index += 1
        if index - start > 4 { return nil }
      }
      guard index > start else { return nil }
      if index < value.endIndex, value[index] == 0x2E {
        guard let (address, end) = parseV4(value[start...]), end == value.endIndex else { return nil }
        number = UInt128(address)
        bits = 32
        index = end
      }
      if isCompressed {
        after = after << bits | number
        afterCount += Int(bits / 16)
      } else {
        before = before << bits | number
        beforeCount += Int(bits / 16)
      }
      guard beforeCount + afterCount <= 8 else { return nil }
      guard index < value.endIndex else { break }
      guard value[index] == 0x3A else { return nil }
      index += 1
      guard index < value.endIndex else { return nil }
      if value[index] == 0x3A {
        guard !isCompressed else { return nil }
        isCompressed = true
        index += 1
      }
    }
    let count = beforeCount + afterCount
    guard isCompressed ? count < 8 : count == 8 else { return nil }
    guard isCompressed, beforeCount > 0 else { return isCompressed ? after : before }
    return before << UInt128(16 * (8 - beforeCount)) | after
  }

  /// Empty, or a slash and a number of at most `limit` without a leading zero.
  private static func isPrefixLength(_ value: ArraySlice<UInt8>, limit: Int) -> Bool {
    guard let slash = value.first else { return true }
    guard slash == 0x2F, (2...4).contains(value.count) else { return false }
    var number = 0
    for byte in value.dropFirst() {
      guard let digit = Bytes.digit(byte) else { return false }
      number = number * 10 + digit
    }
    return number <= limit
  }

  /// IANA IPv4 special-purpose address registry (RFC 6890), multicast (RFC 5771), reserved (RFC 1112).
  private static func isSpecial(_ address: UInt32) -> Bool {
    for (network, length) in specialV4 where address >> (32 - length) == network >> (32 - length) {
      return true
    }
    return address >> 29 == 7
  }

  private static let specialV4: [(network: UInt32, length: UInt32)] = [
    (0x0000_0000, 8), (0x0A00_0000, 8), (0x6440_0000, 10), (0x7F00_0000, 8), (0xA9FE_0000, 16),
    (0xAC10_0000, 12),
    (0xC000_0000, 24), (0xC000_0200, 24), (0xC0A8_0000, 16), (0xC612_0000, 15), (0xC633_6400, 24),
    (0xCB00_7100, 24),
  ]

  /// Anything below ::1:0:0:0 (loopback, mapped and compatible), fc00::/7, fe80::/10, ff00::/8,
  /// 2001:db8::/32.
  private static func isSpecial(_ address: UInt128) -> Bool {
    address >> 48 == 0 || address >> 121 == 0x7E || address >> 118 == 0x3FA || address >> 120 == 0xFF
      || address >> 96 == 0x2001_0DB8
  }
}

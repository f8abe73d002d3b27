import AuditCore

/// The places that blocks name, written into `BlockBatch.names` once each: "p", "a/@href",
/// "meta[og:title]/@content".
struct HTMLPaths {
  /// Distinct names of one document; a hostile page that invents more gets the general name.
  static let limit = 2_048
  /// Bytes of an element or attribute name that a path shows.
  private static let shownBytes = 64

  /// An open-addressed table, twice as large as the limit; a key of 0 is an empty place.
  private var keys = [UInt64](repeating: 0, count: 4_096)
  private var indexes = [Int32](repeating: -1, count: 4_096)
  private var ofElement = [Int32](repeating: -1, count: 256)
  private var languages: [String: Int32] = [:]

  /// The place of `key` and the index that stands there, -1 when it is free.
  @inline(__always) private func find(_ key: UInt64) -> (slot: Int, index: Int32) {
    let key = key == 0 ? 1 : key
    var slot = Int(truncatingIfNeeded: (key &* 0x9E37_79B9_7F4A_7C15) &>> 52)
    while keys[slot] != 0 {
      if keys[slot] == key { return (slot, indexes[slot]) }
      slot = (slot &+ 1) & 4_095
    }
    return (slot, -1)
  }

  private mutating func keep(_ key: UInt64, _ index: Int32, at slot: Int) {
    keys[slot] = key == 0 ? 1 : key
    indexes[slot] = index
  }

  mutating func element(_ element: HTMLElement, _ names: inout [String]) -> Int32 {
    let known = ofElement[Int(element.rawValue)]
    if known >= 0 { return known }
    let index = Self.append(HTMLVocabulary.standard.name(of: element), &names)
    ofElement[Int(element.rawValue)] = index
    return index
  }

  /// "a/@href"
  mutating func attribute(
    _ attribute: HTMLAttribute, of tag: HTMLToken, in bytes: HTMLBytes, _ names: inout [String]
  ) -> Int32 {
    let key = (tag.key.word &* 0x9E37_79B9_7F4A_7C15) ^ (attribute.key.word &* 0xC2B2_AE3D_27D4_EB4F)
    let (slot, index) = find(key)
    if index >= 0 { return index }
    guard names.count < Self.limit else { return general("*/@*", &names) }
    let made = Self.append(
      "\(Self.shown(tag.content, bytes))/@\(Self.shown(attribute.name, bytes))", &names)
    keep(key, made, at: slot)
    return made
  }

  /// "meta[og:title]/@content"
  mutating func meta(_ name: Range<Int>, in bytes: HTMLBytes, _ names: inout [String]) -> Int32 {
    let key =
      HTMLNameKey(in: bytes, start: name.lowerBound, end: name.upperBound).word &* 0x1656_67B1_9E37_79F9
    let (slot, index) = find(key)
    if index >= 0 { return index }
    guard names.count < Self.limit else { return general("meta/@content", &names) }
    let made = Self.append("meta[\(Self.shown(name, bytes))]/@content", &names)
    keep(key, made, at: slot)
    return made
  }

  /// "ld+json/author/name"; `key` stands for the path, `write` spells it.
  mutating func json(key: UInt64, _ names: inout [String], write: () -> String) -> Int32 {
    let (slot, index) = find(key)
    if index >= 0 { return index }
    guard names.count < Self.limit else { return general("ld+json", &names) }
    let made = Self.append(write(), &names)
    keep(key, made, at: slot)
    return made
  }

  mutating func language(_ tag: String, _ names: inout [String]) -> Int32 {
    if let index = languages[tag] { return index }
    guard languages.count < 256 else { return -1 }
    let index = Self.append(tag, &names)
    languages[tag] = index
    return index
  }

  mutating func general(_ name: String, _ names: inout [String]) -> Int32 {
    if let index = languages[name] { return index }
    let index = Self.append(name, &names)
    languages[name] = index
    return index
  }

  static func shown(_ range: Range<Int>, _ bytes: HTMLBytes) -> String {
    let cut = range.lowerBound..<min(range.upperBound, range.lowerBound + shownBytes)
    return bytes.string(in: cut).lowercased()
  }

  private static func append(_ name: String, _ names: inout [String]) -> Int32 {
    names.append(name)
    return Int32(names.count - 1)
  }
}

import AuditCore

/// The places that blocks name, written into `BlockBatch.names` once each: "p", "a/@href", "meta[og:title]/@content".
struct HTMLPaths {
  /// Distinct names of one document; a hostile page that invents more gets the general name.
  static let limit = 2_048
  /// Bytes of an element or attribute name that a path shows.
  private static let shownBytes = 64

  private var indexes: [UInt64: Int32] = [:]
  private var ofElement = [Int32](repeating: -1, count: 256)
  private var languages: [String: Int32] = [:]

  mutating func element(_ element: HTMLElement, _ names: inout [String]) -> Int32 {
    let known = ofElement[Int(element.rawValue)]
    if known >= 0 { return known }
    let index = Self.append(element.name, &names)
    ofElement[Int(element.rawValue)] = index
    return index
  }

  /// "a/@href"
  mutating func attribute(
    _ attribute: HTMLAttribute, of tag: HTMLToken, in bytes: HTMLBytes, _ names: inout [String]
  ) -> Int32 {
    let key = (tag.key.word &* 0x9E37_79B9_7F4A_7C15) ^ (attribute.key.word &* 0xC2B2_AE3D_27D4_EB4F)
    if let index = indexes[key] { return index }
    guard names.count < Self.limit else { return general("*/@*", &names) }
    let index = Self.append(
      "\(Self.shown(tag.content, bytes))/@\(Self.shown(attribute.name, bytes))", &names)
    indexes[key] = index
    return index
  }

  /// "meta[og:title]/@content"
  mutating func meta(_ name: Range<Int>, in bytes: HTMLBytes, _ names: inout [String]) -> Int32 {
    let key = HTMLNameKey(in: bytes, start: name.lowerBound, end: name.upperBound).word &* 0x1656_67B1_9E37_79F9
    if let index = indexes[key] { return index }
    guard names.count < Self.limit else { return general("meta/@content", &names) }
    let index = Self.append("meta[\(Self.shown(name, bytes))]/@content", &names)
    indexes[key] = index
    return index
  }

  /// "ld+json/author/name"; `key` stands for the path, `write` spells it.
  mutating func json(key: UInt64, _ names: inout [String], write: () -> String) -> Int32 {
    if let index = indexes[key] { return index }
    guard names.count < Self.limit else { return general("ld+json", &names) }
    let index = Self.append(write(), &names)
    indexes[key] = index
    return index
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

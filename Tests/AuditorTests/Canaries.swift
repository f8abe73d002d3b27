import Foundation

/// Values that no person has, made from a seed: valid in form and check digits, from reserved ranges where there are
/// some. Secrets are put together here, so that no file of this repository holds one.
struct Canaries {
  struct Canary {
    let kind: String
    /// As it is planted.
    let text: String
    /// Words around it that give it its meaning, English and Arabic; `%` is the place.
    let english: String
    let arabic: String
  }

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  /// SplitMix64 (Steele, Lea, Flood, OOPSLA 2014).
  private mutating func random(_ limit: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((z ^ (z >> 31)) % UInt64(limit))
  }

  private mutating func digits(_ count: Int) -> String {
    var text = "\(1 + random(9))"
    for _ in 1..<count { text += "\(random(10))" }
    return text
  }

  private mutating func letters(_ count: Int, _ alphabet: String = "abcdefghijkmnpqrstuvwxyz") -> String {
    let all = Array(alphabet)
    return String((0..<count).map { _ in all[random(all.count)] })
  }

  private mutating func name() -> String {
    let starts = ["Ka", "Ve", "Lo", "Mi", "Zo", "Ra", "Te", "Bu", "Sha", "Dri"]
    let ends = ["rim", "lora", "dran", "vell", "mond", "zari", "tesh", "quin", "bel", "foss"]
    return starts[random(10)] + ends[random(10)] + letters(2) + " " + starts[random(10)] + letters(3)
      + ends[random(10)]
  }

  static func luhn(_ body: String) -> String {
    var sum = 0
    for (index, digit) in body.reversed().enumerated() {
      let value = (digit.wholeNumberValue ?? 0) * (index % 2 == 0 ? 2 : 1)
      sum += value > 9 ? value - 9 : value
    }
    return body + "\((10 - sum % 10) % 10)"
  }

  /// ISO 13616: the check digits of a country code and a rest.
  static func iban(_ country: String, _ rest: String) -> String {
    var remainder = 0
    for scalar in (rest + country + "00").unicodeScalars {
      let value = scalar.value < 58 ? Int(scalar.value) - 48 : Int(scalar.value) - 55
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
    }
    let check = 98 - remainder
    return country + (check < 10 ? "0" : "") + "\(check)" + rest
  }

  static let kinds = [
    "email", "phone", "card", "iban", "national-id", "token", "ip", "mac", "url-password", "name",
    "coordinates",
    "password", "passport", "birth-date",
  ]

  /// The `index`-th canary, of a kind that goes round.
  mutating func next(_ index: Int) -> Canary {
    let kind = Self.kinds[index % Self.kinds.count]
    switch kind {
    case "email":
      let text = "canary.\(letters(6))\(index)@mail\(index).example.org"
      return Canary(kind: kind, text: text, english: "Write to % today.", arabic: "اكتب إلى % اليوم.")
    case "phone":
      // Ofcom and the Bundesnetzagentur keep these for drama.
      let text =
        index % 2 == 0 ? "+44 7700 900\(100 + random(900))" : "+49 30 23125 \(100 + random(900))"
      return Canary(kind: kind, text: text, english: "Call % now.", arabic: "الهاتف: % للتواصل.")
    case "card":
      let number = Self.luhn("400000" + digits(9))
      let groups = stride(from: 0, to: 16, by: 4).map { start in
        String(number.dropFirst(start).prefix(4))
      }
      let text = groups.joined(separator: ["", " ", "-"][random(3)])
      return Canary(kind: kind, text: text, english: "Card number: %.", arabic: "رقم البطاقة: %.")
    case "iban":
      let text =
        index % 2 == 0
        ? Self.iban("GB", "TEST" + digits(14)) : Self.iban("SA", "99" + digits(18))
      return Canary(kind: kind, text: text, english: "IBAN: % for rent.", arabic: "رقم الآيبان: % للإيجار.")
    case "national-id":
      let text = Self.luhn("1" + digits(8))
      return Canary(kind: kind, text: text, english: "National ID: %.", arabic: "رقم الهوية الوطنية: %.")
    case "token":
      let text = "gh" + "p_" + letters(36, "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789")
      return Canary(kind: kind, text: text, english: "token: % here", arabic: "الرمز: % هنا")
    case "ip":
      let text =
        "2001:db8:\(String(1 + random(65534), radix: 16)):\(String(1 + random(65534), radix: 16))::\(String(4096 + random(60000), radix: 16))"
      return Canary(kind: kind, text: text, english: "from address % at noon", arabic: "من العنوان % ظهرا")
    case "mac":
      let text = "02:00:5e:" + (0..<3).map { _ in letters(2, "0123456789abcdef") }.joined(separator: ":")
      return Canary(kind: kind, text: text, english: "MAC address %.", arabic: "عنوان الجهاز MAC: %.")
    case "url-password":
      let text =
        "https://user\(index):\(letters(10, "ABCDEFGHJKLMNPQRSTUVWXYZ23456789abcdef"))@host.example.org/x"
      return Canary(kind: kind, text: text, english: "see % there", arabic: "انظر % هناك")
    case "name":
      return Canary(kind: kind, text: name(), english: "Full name: %", arabic: "Full name: %")
    case "coordinates":
      let text = "\(20 + random(10)).\(digits(6)), \(40 + random(10)).\(digits(6))"
      return Canary(kind: kind, text: text, english: "GPS coordinates: %.", arabic: "الموقع: %.")
    case "password":
      let text = letters(4, "ABCDEFGHJKLMNPQRSTUVWXYZ") + digits(3) + letters(6) + digits(2)
      return Canary(kind: kind, text: text, english: "password: %", arabic: "كلمة المرور: %")
    case "passport":
      let text = letters(1, "KLMNPRTX") + digits(8)
      return Canary(kind: kind, text: text, english: "Passport number: %.", arabic: "رقم جواز السفر: %.")
    default:
      let text = "19\(50 + random(49))-0\(1 + random(9))-1\(random(10))"
      return Canary(kind: kind, text: text, english: "Date of birth: %.", arabic: "تاريخ الميلاد: %.")
    }
  }
}

/// Looks for many texts in many files: in clear and as they are coded.
struct CanarySearch {
  private struct Needle {
    let bytes: [UInt8]
    let canary: Int
    let form: String
  }

  private var byHead: [UInt64: [Needle]] = [:]
  private var digitNeedles: [UInt64: [Needle]] = [:]
  private var heads = [Bool](repeating: false, count: 1 << 16)

  /// - Parameter texts: the canaries, by their numbers.
  init(_ texts: [String]) {
    for (index, text) in texts.enumerated() {
      for (form, needle) in Self.forms(of: text) { add(Array(needle.utf8), index, form) }
      let digits = text.filter(\.isNumber)
      if digits.count >= 12 {
        let bytes = Array(digits.utf8)
        digitNeedles[Self.word(bytes, 0), default: []].append(
          Needle(bytes: bytes, canary: index, form: "digits apart"))
      }
    }
  }

  private mutating func add(_ bytes: [UInt8], _ canary: Int, _ form: String) {
    guard bytes.count >= 8 else { return }
    heads[Int(bytes[0]) << 8 | Int(bytes[1])] = true
    byHead[Self.word(bytes, 0), default: []].append(Needle(bytes: bytes, canary: canary, form: form))
  }

  private static func word(_ bytes: [UInt8], _ at: Int) -> UInt64 {
    bytes[at..<at + 8].reduce(0) { $0 << 8 | UInt64($1) }
  }

  /// Every way in which `text` could stand in a file.
  static func forms(of text: String) -> [(String, String)] {
    let bytes = Array(text.utf8)
    func each(_ write: (UInt8) -> String) -> String { bytes.map(write).joined() }
    func isWord(_ byte: UInt8) -> Bool {
      byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26 || [0x2D, 0x2E, 0x5F, 0x7E].contains(byte)
    }
    func hex(_ byte: UInt8) -> String { (byte < 16 ? "0" : "") + String(byte, radix: 16) }
    var forms: [(String, String)] = [
      ("clear", text), ("lower case", text.lowercased()), ("upper case", text.uppercased()),
      ("percent", each { isWord($0) ? String(UnicodeScalar($0)) : "%" + hex($0).uppercased() }),
      ("percent lower", each { isWord($0) ? String(UnicodeScalar($0)) : "%" + hex($0) }),
      ("percent all", each { "%" + hex($0).uppercased() }),
      ("entities", each { "&#\($0);" }), ("entities hex", each { "&#x" + hex($0) + ";" }),
      ("json", each { "\\u00" + hex($0) }), ("hex", each(hex)),
      (
        "entity marks",
        text.replacing("@", with: "&#64;").replacing(":", with: "&#58;").replacing("+", with: "&#43;")
      ),
      ("json marks", text.replacing("/", with: "\\/").replacing("@", with: "\\u0040")),
      ("no separators", text.filter { $0.isLetter || $0.isNumber }),
    ]
    let digits = text.filter(\.isNumber)
    if digits.count >= 9 { forms.append(("digits", digits)) }
    for shift in 0..<3 {
      let padded = [UInt8](repeating: 0x20, count: shift) + bytes
      let coded = Data(padded).base64EncodedString().filter { $0 != "=" }
      // Letters that the neighbours of the text decide are left out.
      let head = shift == 0 ? 0 : shift + 1
      let tail = padded.count % 3 == 0 ? 0 : 1
      let core = String(coded.dropFirst(head).dropLast(tail))
      forms.append(("base64", core))
      forms.append(("base64url", core.replacing("+", with: "-").replacing("/", with: "_")))
    }
    var seen: Set<String> = []
    return forms.filter { seen.insert($0.1).inserted }
  }

  /// Canaries that stand in `bytes`, each with its form.
  func found(in bytes: [UInt8]) -> [(canary: Int, form: String)] {
    var result: [(Int, String)] = []
    var seen: Set<Int> = []
    func look(_ bytes: [UInt8], _ table: [UInt64: [Needle]], _ usesHeads: Bool) {
      guard bytes.count >= 8 else { return }
      bytes.withUnsafeBufferPointer { buffer in
        heads.withUnsafeBufferPointer { heads in
          var word: UInt64 = 0
          var at = 0
          let end = buffer.count
          while at < end {
            word = word << 8 | UInt64(buffer[at])
            at += 1
            if at < 8 { continue }
            if usesHeads, !heads[Int(word >> 48)] { continue }
            guard let needles = table[word] else { continue }
            for needle in needles where at - 8 + needle.bytes.count <= end {
              if buffer[(at - 8)..<(at - 8 + needle.bytes.count)].elementsEqual(needle.bytes),
                seen.insert(needle.canary).inserted
              {
                result.append((needle.canary, needle.form))
              }
            }
          }
        }
      }
    }
    look(bytes, byHead, true)
    look(bytes.filter { $0 &- 0x30 < 10 }, digitNeedles, false)
    return result
  }
}

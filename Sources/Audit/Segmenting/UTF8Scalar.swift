/// One scalar decoded from UTF-8, with the number of bytes that it took.
struct UTF8Scalar {
  let value: UInt32
  let length: Int
  /// False for a byte that begins no valid sequence; `length` is then the maximal subpart (WHATWG, Unicode 3.9).
  let isValid: Bool

  /// Decodes at `index` of `bytes`; `index` must be below `end`.
  @inline(__always)
  init(_ bytes: UnsafePointer<UInt8>, at index: Int, end: Int) {
    let first = UInt32(bytes[index])
    if first < 0x80 {
      self.init(value: first, length: 1, isValid: true)
      return
    }
    if first < 0xE0 {
      if first >= 0xC2, index + 1 < end, bytes[index + 1] & 0xC0 == 0x80 {
        self.init(value: (first & 0x1F) << 6 | UInt32(bytes[index + 1] & 0x3F), length: 2, isValid: true)
      } else {
        self.init(value: 0xFFFD, length: 1, isValid: false)
      }
      return
    }
    if first < 0xF0 {
      guard index + 1 < end else { self.init(value: 0xFFFD, length: 1, isValid: false); return }
      let second = bytes[index + 1]
      let low: UInt8 = first == 0xE0 ? 0xA0 : 0x80
      let high: UInt8 = first == 0xED ? 0x9F : 0xBF
      guard second >= low, second <= high else { self.init(value: 0xFFFD, length: 1, isValid: false); return }
      guard index + 2 < end, bytes[index + 2] & 0xC0 == 0x80 else {
        self.init(value: 0xFFFD, length: 2, isValid: false)
        return
      }
      let value = (first & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(bytes[index + 2] & 0x3F)
      self.init(value: value, length: 3, isValid: true)
      return
    }
    guard first <= 0xF4, index + 1 < end else { self.init(value: 0xFFFD, length: 1, isValid: false); return }
    let second = bytes[index + 1]
    let low: UInt8 = first == 0xF0 ? 0x90 : 0x80
    let high: UInt8 = first == 0xF4 ? 0x8F : 0xBF
    guard second >= low, second <= high else { self.init(value: 0xFFFD, length: 1, isValid: false); return }
    guard index + 2 < end, bytes[index + 2] & 0xC0 == 0x80 else {
      self.init(value: 0xFFFD, length: 2, isValid: false)
      return
    }
    guard index + 3 < end, bytes[index + 3] & 0xC0 == 0x80 else {
      self.init(value: 0xFFFD, length: 3, isValid: false)
      return
    }
    let value =
      (first & 0x07) << 18 | UInt32(second & 0x3F) << 12 | UInt32(bytes[index + 2] & 0x3F) << 6
      | UInt32(bytes[index + 3] & 0x3F)
    self.init(value: value, length: 4, isValid: true)
  }

  @inline(__always)
  private init(value: UInt32, length: Int, isValid: Bool) {
    self.value = value
    self.length = length
    self.isValid = isValid
  }

  /// The number of bytes of `scalar` in UTF-8.
  @inline(__always)
  static func length(of scalar: UInt32) -> Int {
    scalar < 0x80 ? 1 : scalar < 0x800 ? 2 : scalar < 0x10000 ? 3 : 4
  }
}

extension [UInt8] {
  /// Appends `scalar` in UTF-8.
  mutating func append(utf8 scalar: UInt32) {
    switch scalar {
    case 0..<0x80:
      append(UInt8(scalar))
    case 0x80..<0x800:
      append(UInt8(0xC0 | scalar >> 6))
      append(UInt8(0x80 | scalar & 0x3F))
    case 0x800..<0x10000:
      append(UInt8(0xE0 | scalar >> 12))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    default:
      append(UInt8(0xF0 | scalar >> 18 & 0x07))
      append(UInt8(0x80 | scalar >> 12 & 0x3F))
      append(UInt8(0x80 | scalar >> 6 & 0x3F))
      append(UInt8(0x80 | scalar & 0x3F))
    }
  }
}

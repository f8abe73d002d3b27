/// Numbering plans, read once from `PhonePlanTable`.
struct PhonePlan: Sendable {
  let callingCode: Int
  /// ISO 3166-1 alpha-2 codes, the main one first; empty for codes that belong to no country.
  let regions: [String]
  /// What is dialled before a national number inside the country; empty where nothing is.
  let trunkPrefix: [UInt8]
  private let groups: [Group]

  fileprivate struct Group: Sendable {
    /// Bit n: numbers of n digits.
    let lengths: UInt32
    /// Bit n: numbers that begin with the two digits n.
    let leading: UInt128
  }

  enum Fit: Comparable {
    case none, length, number
  }

  /// How far the digits from `start` on are a national number of this plan.
  func fit(_ digits: Digits, from start: Int) -> Fit {
    let count = digits.count - start
    guard (2...17).contains(count) else { return .none }
    if callingCode == 1, count == 10, digits[start + 3] < 2 || digits[start] < 2 { return .length }
    let leading = digits.number(start..<(start + 2))
    var fit = Fit.none
    for group in groups where group.lengths >> UInt32(count) & 1 == 1 {
      if group.leading >> UInt128(leading) & 1 == 1 { return .number }
      fit = .length
    }
    return fit
  }

  /// How far all digits are a number as dialled inside the country, with or without the trunk prefix.
  func nationalFit(_ digits: Digits) -> Fit {
    max(fit(digits, from: 0), trunkFit(digits))
  }

  /// How far the digits after the trunk prefix are a national number; `none` without the prefix.
  func trunkFit(_ digits: Digits, from start: Int = 0) -> Fit {
    guard !trunkPrefix.isEmpty, digits.count - start > trunkPrefix.count else { return .none }
    for (index, byte) in trunkPrefix.enumerated() where digits[start + index] != Int(byte) - 0x30 {
      return .none
    }
    return fit(digits, from: start + trunkPrefix.count)
  }

  /// By calling code; about 215.
  static let byCallingCode: [Int: PhonePlan] = {
    var plans: [Int: PhonePlan] = [:]
    for line in PhonePlanTable.text.utf8.split(separator: 0x0A) {
      let plan = PhonePlan(line: line)
      plans[plan.callingCode] = plan
    }
    return plans
  }()

  /// Plans in the order of their codes, for numbers without one.
  static let all: [PhonePlan] = byCallingCode.values.sorted { $0.callingCode < $1.callingCode }

  private init(line: Substring.UTF8View) {
    var code = 0
    var regions: [String] = []
    var trunk: [UInt8] = []
    var groups: [Group] = []
    for (index, field) in line.split(separator: 0x20).enumerated() {
      switch index {
      case 0: code = field.reduce(0) { $0 * 10 + (Bytes.digit($1) ?? 0) }
      case 1: regions = field.split(separator: 0x2C).map { String(Substring($0)) }.filter { $0 != "-" }
      case 2: trunk = field.filter { Bytes.digit($0) != nil }
      default: groups.append(Group(field: field))
      }
    }
    callingCode = code
    self.regions = regions
    trunkPrefix = trunk
    self.groups = groups
  }
}

extension PhonePlan.Group {
  /// `7/8:15,30-39`.
  fileprivate init(field: Substring.UTF8View) {
    var lengths: UInt32 = 0
    var leading: UInt128 = 0
    var number = 0
    var rangeStart: Int?
    var isLeading = false
    func mark() {
      if isLeading {
        for value in (rangeStart ?? number)...max(rangeStart ?? number, number) {
          leading |= 1 << UInt128(value)
        }
      } else {
        lengths |= 1 << UInt32(number)
      }
      number = 0
      rangeStart = nil
    }
    for byte in field {
      switch byte {
      case 0x2F, 0x2C: mark()
      case 0x3A:
        mark()
        isLeading = true
      case 0x2D:
        rangeStart = number
        number = 0
      default: number = number * 10 + (Bytes.digit(byte) ?? 0)
      }
    }
    mark()
    self.init(lengths: lengths, leading: leading)
  }
}

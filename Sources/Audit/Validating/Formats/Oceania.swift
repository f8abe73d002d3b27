/// Australia and New Zealand.
extension NumberFormats {
  static let oceania: [NumberFormat] = [
    NumberFormat(
      "au.abn", "Australian business number (ABN)", source: "Australian Business Register, Format of the ABN",
      drop: " ", shape: "1[1-9]10n",
      finish: { number in
        let sum = number.weighted([10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10
        return sum % 89 == 0 ? nil : .checksum
      }),
    NumberFormat(
      "au.acn", "Australian company number (ACN)", source: "ASIC, Australian Company Number digit check",
      drop: " ", shape: "9n",
      formula: .weights([8, 7, 6, 5, 4, 3, 2, 1], letters: "0987654321")),
    NumberFormat(
      "au.tfn", "Australian tax file number (TFN)",
      source: "Australian Taxation Office; Wikipedia, Tax file number", drop: " ", shape: "8n|9n",
      formula: .zero([1, 4, 3, 7, 5, 8, 6, 9, 10], modulus: 11)),
    NumberFormat(
      "nz.ird", "New Zealand tax number (IRD)",
      source: "Inland Revenue, RWT and NRWT certificate specification, IRD number validation", prefix: "NZ",
      shape: "8n|9n",
      finish: { number in
        let value = number.number(0..<number.count)
        guard value > 10_000_000, value < 150_000_000 else { return .component }
        var padded = number
        padded.pad(to: 9)
        var check = (11 - padded.weighted([3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11
        if check == 10 { check = (11 - padded.weighted([7, 4, 3, 2, 5, 2, 7, 6]) % 11) % 11 }
        return check == padded.value(8) ? nil : .checksum
      }),
    NumberFormat(
      "nz.bankaccount", "New Zealand bank account number",
      source: "Payments NZ, Bank Branch Register; Inland Revenue, bank account number validation",
      drop: "", shape: "16n", prepare: { joinNewZealandAccount(&$0) }, finish: { newZealandAccountFlaw($0) }),
  ]

  /// Bank 2, branch 4, base 7, suffix 2 or 3 digits; canonical with a suffix of three.
  private static func joinNewZealandAccount(_ number: inout Characters) {
    let parts = number.bytes.split { $0 == 0x2D || $0 == 0x20 }
    if parts.count == 4 {
      number.bytes = []
      for (part, width) in zip(parts, [2, 4, 7, 3]) {
        var padded = Characters(Array(part))
        padded.pad(to: width)
        number.bytes += padded.bytes
      }
    } else {
      number.bytes.removeAll { $0 == 0x2D || $0 == 0x20 }
    }
    if number.count == 15 { number.insert("0", at: 13) }
  }

  private static func newZealandAccountFlaw(_ number: Characters) -> NumberFlaw? {
    let bank = number.number(0..<2)
    guard let branches = newZealandBranches[bank] else { return .component }
    let (branch, base) = (number.number(2..<6), number.number(6..<13))
    guard branches.contains(where: { $0.contains(branch) }) else { return .component }
    switch bank {
    case 8: return number.weighted([7, 6, 5, 4, 3, 2, 1], from: 6) % 11 == 0 ? nil : .checksum
    case 9: return crossSum(number, [0, 5, 4, 3, 2, 0, 0, 0, 1], from: 7) % 11 == 0 ? nil : .checksum
    case 25, 33: return number.weighted([1, 7, 3, 1, 7, 3, 1], from: 6) % 10 == 0 ? nil : .checksum
    case 26, 28, 29:
      return crossSum(number, [1, 3, 7, 1, 3, 7, 1, 3, 7, 1], from: 6) % 10 == 0 ? nil : .checksum
    case 31: return nil
    default:
      // Base numbers from 990000 on leave the branch out.
      let bankWeights =
        base < 990_000 ? [6, 3, 7, 9, 0, 10, 5, 8, 4, 2, 1] : [0, 0, 0, 0, 0, 10, 5, 8, 4, 2, 1]
      return number.weighted(bankWeights, from: 2) % 11 == 0 ? nil : .checksum
    }
  }

  /// Products are reduced to one digit before they are added.
  private static func crossSum(_ number: Characters, _ weights: [Int], from start: Int) -> Int {
    var sum = 0
    for (index, weight) in weights.enumerated() {
      var product = weight * number.value(start + index)
      while product > 9 { product = product / 10 + product % 10 }
      sum += product
    }
    return sum
  }

  /// Ranges of branches by bank.
  private static let newZealandBranches: [Int: [ClosedRange<Int>]] = [
    1: [1...999, 1100...1199, 1800...1899], 2: [1...999, 1200...1299],
    3: [1...999, 1300...1399, 1500...1599, 1700...1799, 1900...1999, 7350...7399], 4: [2014...2024],
    6: [1...999, 1400...1499], 8: [6500...6599], 9: [0...0], 10: [5165...5169],
    11: [5000...6499, 6600...8999],
    12: [3000...3299, 3400...3499, 3600...3699], 13: [4900...4999], 14: [4700...4799], 15: [3900...3999],
    16: [4400...4499], 17: [3300...3399], 18: [3500...3599], 19: [4600...4649], 20: [4100...4199],
    21: [4800...4899],
    22: [4000...4049], 23: [3700...3799], 24: [4300...4349], 25: [2500...2599], 26: [2600...2699],
    27: [3800...3849],
    28: [2100...2149], 29: [2150...2299], 30: [2900...2949], 31: [2800...2849], 33: [6700...6799],
    35: [2400...2499],
    38: [9000...9499], 88: [8800...8899],
  ]
}

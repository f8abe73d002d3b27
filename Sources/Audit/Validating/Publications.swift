/// Identifiers of publications and of their authors.
extension Validators {
  static let publications: [Validator] = [isbn, issn, orcid, isni, doi, arXiv, pubMed]

  /// ISBN of ten or thirteen digits, or SBN of nine, with its check digit.
  ///
  /// Source: ISO 2108:2017, annex A; International ISBN Agency, Users' Manual, 7th edition, 5.
  static let isbn = Validator(name: "isbn", source: "ISO 2108:2017") { value in
    if let digits = Digits(value), digits.count == 13 {
      let prefix = digits.number(0..<3)
      guard prefix == 978 || prefix == 979 else { return .invalid }
      return Validator.Verdict(isEAN(digits))
    }
    // The standard book number of 1967 has no leading zero, which adds nothing to the sum.
    return weightedWithX(value, length: value.lazy.filter { !Bytes.isSeparator($0) }.count == 9 ? 9 : 10)
  }

  /// ISSN: seven digits and a check digit or X.
  ///
  /// Source: ISO 3297:2022, annex A.
  static let issn = Validator(name: "issn", source: "ISO 3297:2022") { value in
    weightedWithX(value, length: 8)
  }

  /// ORCID iD: sixteen characters, ISO 7064 mod 11-2, in the ORCID block of ISNI.
  ///
  /// `possible` for the example of ORCID's documentation. Source: ORCID, Structure of the ORCID Identifier.
  static let orcid = Validator(name: "orcid", source: "ORCID identifier structure; ISO 7064:2003") { value in
    let tail = sixteen(value)
    guard let tail, CheckDigits.mod11And2(value[tail...]) else { return .invalid }
    var number = 0
    for byte in value[tail...] {
      if let digit = Bytes.digit(byte), number < 1 << 55 { number = number * 10 + digit }
    }
    return number == 0 ? .invalid : number == 218_250_097 ? .possible : .valid
  }

  /// ISNI: sixteen characters, ISO 7064 mod 11-2.
  ///
  /// Source: ISO 27729:2012.
  static let isni = Validator(name: "isni", source: "ISO 27729:2012") { value in
    guard let tail = sixteen(value) else { return .invalid }
    return Validator.Verdict(CheckDigits.mod11And2(value[tail...]))
  }

  /// DOI: 10. and a registrant of 4...9 digits, a slash and a suffix.
  ///
  /// Source: ISO 26324:2022; Crossref, DOI matching patterns.
  static let doi = Validator(name: "doi", source: "ISO 26324:2022") { value in
    guard let start = start(of: "10.", in: value) else { return .invalid }
    var index = start + 3
    var digits = 0
    while index < value.count, Bytes.digit(value[index]) != nil || (value[index] == 0x2E && digits > 3) {
      if value[index] != 0x2E { digits += 1 }
      index += 1
    }
    guard digits >= 4, index + 1 < value.count, value[index] == 0x2F else { return .invalid }
    for byte in value[(index + 1)...] where byte <= 0x20 { return .invalid }
    return .possible
  }

  /// arXiv identifier: YYMM.NNNNN with an optional version, or archive/YYMMNNN of before April 2007.
  ///
  /// Source: arXiv, Understanding the arXiv identifier (four digits of number until 2014, five since 2015).
  static let arXiv = Validator(name: "arxiv", source: "arXiv identifier scheme") { value in
    var numbers: [(value: Int, length: Int)] = []
    var hasSlash = false
    var index = 0
    while index < value.count {
      if value[index] == 0x2F { hasSlash = true }
      if Bytes.digit(value[index]) != nil {
        var number = (value: 0, length: 0)
        while index < value.count, let digit = Bytes.digit(value[index]) {
          number = (min(number.value * 10 + digit, 100_000_000), number.length + 1)
          index += 1
        }
        numbers.append(number)
      } else {
        index += 1
      }
    }
    guard let first = numbers.first else { return .invalid }
    if hasSlash, first.length == 7 {
      let yearMonth = first.value / 1000
      return Validator.Verdict((1...12).contains(yearMonth % 100) && (yearMonth >= 9107 || yearMonth <= 703))
    }
    guard first.length == 4, numbers.count >= 2, (1...12).contains(first.value % 100), first.value >= 704
    else {
      return .invalid
    }
    return Validator.Verdict(numbers[1].value > 0 && numbers[1].length == (first.value < 1501 ? 4 : 5))
  }

  /// PubMed identifier: 1...8 digits that do not begin with 0.
  ///
  /// Source: National Library of Medicine, MEDLINE/PubMed data element descriptions.
  static let pubMed = Validator(digits: "pmid", source: "NLM data element descriptions") { digits in
    (1...8).contains(digits.count) && digits[0] != 0 ? .possible : .invalid
  }

  /// EAN-13 and ISBN-13: weights 1 and 3, mod 10.
  static func isEAN(_ digits: Digits) -> Bool {
    var sum = 0
    for index in 0..<digits.count { sum += digits[index] * (index % 2 == 0 ? 1 : 3) }
    return sum % 10 == 0
  }

  /// Weights `length`...1 over digits of which the last may be X (10), mod 11.
  private static func weightedWithX(_ value: [UInt8], length: Int) -> Validator.Verdict {
    var sum = 0
    var count = 0
    for byte in value where !Bytes.isSeparator(byte) {
      let number: Int
      if let digit = Bytes.digit(byte) {
        number = digit
      } else if byte | 0x20 == 0x78, count == length - 1 {
        number = 10
      } else {
        return .invalid
      }
      sum += number * (length - count)
      count += 1
    }
    return Validator.Verdict(count == length && sum % 11 == 0)
  }

  /// Where the last sixteen digits (or fifteen and X) of `value` begin; nil when there are not exactly so
  /// many after an optional "https://orcid.org/".
  private static func sixteen(_ value: [UInt8]) -> Int? {
    var index = value.count
    while index > 0 {
      let byte = value[index - 1]
      guard Bytes.digit(byte) != nil || byte | 0x20 == 0x78 || byte == 0x2D || byte == 0x20 else { break }
      index -= 1
    }
    var count = 0
    for byte in value[index...] where byte != 0x2D && byte != 0x20 { count += 1 }
    return count == 16 ? index : nil
  }

  private static func start(of word: StaticString, in value: [UInt8]) -> Int? {
    for index in value.indices where Bytes.hasPrefix(value[index...], word) { return index }
    return nil
  }
}

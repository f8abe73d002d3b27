internal import AuditCore

/// Finds who wrote a text and when, in lines near its start.
enum Byline {
  private static let authorLabels: [StaticString] = [
    "by ", "author: ", "author:", "authors:", "written by ", "written by:", "by: ",
  ]
  private static let arabicAuthorLabels: [StaticString] = [
    "بقلم:", "بقلم :", "بقلم ", "كتب:", "كتب :", "كتبه:", "كتبت:", "كتبته:", "كتبه ", "الكاتب:", "الكاتبة:",
    "المؤلف:", "إعداد:",
    "تأليف:",
  ]
  private static let dateLabels: [StaticString] = [
    "published:", "published on ", "published ", "updated:", "last updated:", "date:", "posted on ",
    "posted:",
    "نشر في:", "نُشر في:", "نشر في ", "نُشر في ", "تاريخ النشر:", "التاريخ:", "بتاريخ:", "بتاريخ ", "تاريخ:",
  ]

  static func read(_ bytes: TextBytes, _ line: Range<Int>, into facts: inout DocumentFacts) {
    if let rest = afterLabel(bytes, line, authorLabels, ignoringCase: true)
      ?? afterLabel(bytes, line, arabicAuthorLabels, ignoringCase: false)
    {
      if let name = name(bytes, rest), facts.authors.isEmpty { facts.authors.append(name) }
    }
    guard facts.published == nil else { return }
    let labelled = afterLabel(bytes, line, dateLabels, ignoringCase: true)
    let rest = labelled ?? line
    guard let date = WrittenDate.range(in: rest, of: bytes) else { return }
    // A date in running text is not when it was published: the line holds little else.
    let others = bytes.codePointCount(line) - bytes.codePointCount(date)
    if labelled != nil && date.lowerBound - rest.lowerBound <= 24 || others <= 32 {
      facts.published = bytes.string(date)
    }
  }

  private static func afterLabel(
    _ bytes: TextBytes, _ line: Range<Int>, _ labels: [StaticString], ignoringCase: Bool
  ) -> Range<Int>? {
    for label in labels {
      let isHere =
        ignoringCase
        ? bytes.startsIgnoringCase(with: label, at: line.lowerBound, before: line.upperBound)
        : bytes.starts(with: label, at: line.lowerBound, before: line.upperBound)
      if isHere {
        let rest = bytes.trimmed((line.lowerBound + label.utf8CodeUnitCount)..<line.upperBound)
        return rest.isEmpty ? nil : rest
      }
    }
    return nil
  }

  /// One to six words without digits or the end of a sentence, up to a "|" or "," or "-"; in Latin letters,
  /// the first begins with a capital. "By the time we arrived." is none.
  private static func name(_ bytes: TextBytes, _ range: Range<Int>) -> String? {
    var end = range.lowerBound
    while end < range.upperBound {
      let byte = bytes[end]
      if byte == UInt8(ascii: "|") || byte == UInt8(ascii: ",") || byte == UInt8(ascii: ";") { break }
      if bytes.starts(with: "،", at: end, before: range.upperBound) { break }
      if byte == UInt8(ascii: "-") || bytes.starts(with: "–", at: end, before: range.upperBound),
        end > range.lowerBound, bytes[end - 1] == 0x20
      {
        break
      }
      if bytes.digitLength(end, before: range.upperBound) != nil { return nil }
      end += 1
    }
    let name = bytes.trimmed(range.lowerBound..<end)
    guard !name.isEmpty, bytes.codePointCount(name) <= 60 else { return nil }
    let words = bytes.string(name).split(separator: " ")
    guard (1...6).contains(words.count), !bytes.endsSentence(name) else { return nil }
    if let first = words.first?.utf8.first, first < 0x80, !ASCII.isUpper(first) { return nil }
    // "By Law everyone must ..." has no second capital.
    if words.count > 1, let last = words.last?.utf8.first, last < 0x80, !ASCII.isUpper(last) { return nil }
    return bytes.string(name)
  }
}

/// Finds a calendar date as people write it: 2026-03-05, 5 March 2026, March 5, 2026, ٥ مارس ٢٠٢٦.
enum WrittenDate {
  private static let months: [StaticString] = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
    "يناير", "فبراير", "مارس", "أبريل", "إبريل", "ابريل", "مايو", "يونيو", "يوليو", "أغسطس", "اغسطس",
    "سبتمبر", "أكتوبر", "اكتوبر",
    "نوفمبر", "ديسمبر", "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول",
    "تشرين الأول",
    "تشرين الثاني", "كانون الأول", "جانفي", "فيفري", "أفريل", "ماي", "جوان", "جويلية", "أوت",
    "محرم", "المحرم", "صفر", "ربيع الأول", "ربيع الآخر", "ربيع الثاني", "جمادى الأولى", "جمادى الآخرة", "رجب",
    "شعبان", "رمضان", "شوال",
    "ذو القعدة", "ذي القعدة", "ذو الحجة", "ذي الحجة",
  ]

  /// The first date in `line`; nil when there is none. A year has four digits and lies within 1000...2999.
  static func range(in line: Range<Int>, of bytes: TextBytes) -> Range<Int>? {
    guard holdsYear(line, of: bytes) else { return nil }
    var at = line.lowerBound
    var previous: UInt8 = 0x20
    while at < line.upperBound {
      let isStart = !ASCII.isDigit(previous) && !ASCII.isLetter(previous) && bytes[at] & 0xC0 != 0x80
      if isStart,
        let end = numeric(at, line.upperBound, bytes) ?? dayFirst(at, line.upperBound, bytes)
          ?? monthFirst(at, line.upperBound, bytes)
      {
        return at..<end
      }
      previous = bytes[at]
      at += 1
    }
    return nil
  }

  /// True when four digits stand in a row in `line`.
  private static func holdsYear(_ line: Range<Int>, of bytes: TextBytes) -> Bool {
    var at = line.lowerBound
    var count = 0
    while at < line.upperBound {
      if let length = bytes.digitLength(at, before: line.upperBound) {
        count += 1
        if count == 4 { return true }
        at += length
      } else {
        count = 0
        at += 1
      }
    }
    return false
  }

  /// A number of `digits` digits, and where it ends.
  private static func number(
    _ at: Int, _ end: Int, _ bytes: TextBytes, digits: ClosedRange<Int>
  ) -> (value: Int, end: Int)? {
    var at = at
    var value = 0
    var count = 0
    while count <= digits.upperBound, let length = bytes.digitLength(at, before: end) {
      value = value * 10 + Int(bytes[at + length - 1] & 0x0F)
      at += length
      count += 1
    }
    return digits.contains(count) ? (value, at) : nil
  }

  private static func year(_ at: Int, _ end: Int, _ bytes: TextBytes) -> Int? {
    guard let year = number(at, end, bytes, digits: 4...4), (1000...2999).contains(year.value) else {
      return nil
    }
    return year.end
  }

  /// 2026-03-05, 2026/3/5, 05/03/2026, 5.3.2026
  private static func numeric(_ at: Int, _ end: Int, _ bytes: TextBytes) -> Int? {
    func separator(_ at: Int) -> UInt8? {
      guard at < end, [0x2D, 0x2F, 0x2E].contains(bytes[at]) else { return nil }
      return bytes[at]
    }
    if let afterYear = year(at, end, bytes), let sign = separator(afterYear),
      let month = number(afterYear + 1, end, bytes, digits: 1...2), (1...12).contains(month.value),
      separator(month.end) == sign,
      let day = number(month.end + 1, end, bytes, digits: 1...2), (1...31).contains(day.value)
    {
      return day.end
    }
    if let day = number(at, end, bytes, digits: 1...2), (1...31).contains(day.value),
      let sign = separator(day.end),
      let month = number(day.end + 1, end, bytes, digits: 1...2), (1...31).contains(month.value),
      separator(month.end) == sign
    {
      return year(month.end + 1, end, bytes)
    }
    return nil
  }

  /// 5 March 2026, 5th of March, 2026, ٥ مارس ٢٠٢٦
  private static func dayFirst(_ at: Int, _ end: Int, _ bytes: TextBytes) -> Int? {
    guard let day = number(at, end, bytes, digits: 1...2), (1...31).contains(day.value) else { return nil }
    var next = day.end
    for suffix: StaticString in ["st", "nd", "rd", "th"]
    where bytes.startsIgnoringCase(with: suffix, at: next, before: end) {
      next += 2
      break
    }
    next = afterSpaces(next, end, bytes)
    if bytes.startsIgnoringCase(with: "of ", at: next, before: end) { next += 3 }
    if bytes.starts(with: "من ", at: next, before: end) { next += 5 }
    guard next > day.end, let month = month(next, end, bytes) else { return nil }
    return year(afterSpaces(month, end, bytes), end, bytes)
  }

  /// March 5, 2026
  private static func monthFirst(_ at: Int, _ end: Int, _ bytes: TextBytes) -> Int? {
    guard let month = month(at, end, bytes) else { return nil }
    let next = afterSpaces(month, end, bytes)
    guard next > month else { return nil }
    if let day = number(next, end, bytes, digits: 1...2), (1...31).contains(day.value) {
      var after = day.end
      for suffix: StaticString in ["st", "nd", "rd", "th"]
      where bytes.startsIgnoringCase(with: suffix, at: after, before: end) {
        after += 2
        break
      }
      return year(afterSpaces(after, end, bytes), end, bytes)
    }
    return year(next, end, bytes)
  }

  /// A bit for the low six bits of the first letter of each month; of its second byte beyond ASCII.
  private static let heads: UInt64 = months.reduce(0) { bits, month in
    let first = month.utf8Start[0]
    return bits | 1 << UInt64((first < 0x80 ? first : month.utf8Start[1]) & 0x3F)
  }

  private static func month(_ at: Int, _ end: Int, _ bytes: TextBytes) -> Int? {
    guard at + 1 < end else { return nil }
    let head = bytes[at] < 0x80 ? ASCII.lower(bytes[at]) : bytes[at + 1]
    guard heads >> UInt64(head & 0x3F) & 1 != 0 else { return nil }
    for month in months where bytes.startsIgnoringCase(with: month, at: at, before: end) {
      var after = at + month.utf8CodeUnitCount
      if after < end, ASCII.isLetter(bytes[after]) { continue }
      // ماي is the start of مايو.
      if after < end, bytes[after] == 0xD8 || bytes[after] == 0xD9,
        bytes.digitLength(after, before: end) == nil,
        !bytes.starts(with: "،", at: after, before: end)
      {
        continue
      }
      if after < end, bytes[after] == UInt8(ascii: "."), month.utf8CodeUnitCount <= 4 { after += 1 }
      // Levantine and Gulf pages give both names: شباط/فبراير.
      if after + 1 < end, bytes[after] == UInt8(ascii: "/"), let second = Self.month(after + 1, end, bytes) {
        return second
      }
      return after
    }
    return nil
  }

  private static func afterSpaces(_ at: Int, _ end: Int, _ bytes: TextBytes) -> Int {
    var at = at
    while at < end {
      if bytes[at] == 0x20 || bytes[at] == 0x09 || bytes[at] == UInt8(ascii: ",") {
        at += 1
      } else if bytes.starts(with: "،", at: at, before: end)
        || bytes.starts(with: "\u{A0}", at: at, before: end)
      {
        at += 2
      } else {
        break
      }
    }
    return at
  }
}

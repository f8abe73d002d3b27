/// Dates in words and digits: weekday against date, Hijri against Gregorian, 29 February of an ordinary year.
enum CheckDates {
  struct Found {
    var year: Int
    var month: Int
    var day: Int
    var range: Range<Int>
    /// The other reading of "3/4/2024".
    var isAmbiguous = false

    func stands(between one: Found, and other: Found) -> Bool {
      let first = min(one.range.upperBound, other.range.upperBound)
      let last = max(one.range.lowerBound, other.range.lowerBound)
      return range.lowerBound >= first && range.upperBound <= last
    }
  }

  /// Months in English and in the Arabic of the Levant, Egypt and the Maghreb. «تشرين» and «كانون» take a second word.
  static let months = KeyedWords<Int>([
    ("january", 1), ("jan", 1), ("february", 2), ("feb", 2), ("march", 3), ("mar", 3), ("april", 4),
    ("apr", 4), ("may", 5),
    ("june", 6), ("jun", 6), ("july", 7), ("jul", 7), ("august", 8), ("aug", 8), ("september", 9), ("sep", 9),
    ("sept", 9),
    ("october", 10), ("oct", 10), ("november", 11), ("nov", 11), ("december", 12), ("dec", 12), ("يناير", 1),
    ("كانون", 0),
    ("جانفي", 1), ("فبراير", 2), ("شباط", 2), ("فيفري", 2), ("مارس", 3), ("آذار", 3), ("أبريل", 4),
    ("إبريل", 4), ("نيسان", 4),
    ("أفريل", 4), ("مايو", 5), ("أيار", 5), ("ماي", 5), ("يونيو", 6), ("يونيه", 6), ("حزيران", 6),
    ("جوان", 6), ("يوليو", 7), ("يوليوز", 7),
    ("يوليه", 7), ("تموز", 7), ("جويلية", 7), ("أغسطس", 8), ("آب", 8), ("أوت", 8), ("غشت", 8), ("سبتمبر", 9),
    ("شتنبر", 9), ("أيلول", 9),
    ("أكتوبر", 10), ("تشرين", -1), ("نوفمبر", 11), ("نونبر", 11), ("ديسمبر", 12), ("دجنبر", 12),
  ])
  private static let second = KeyedWords<Int>([
    ("الأول", 1), ("الثاني", 2), ("أول", 1), ("ثاني", 2), ("ثان", 2),
  ])

  static let hijriMonths = KeyedWords<Int>([
    ("محرم", 1), ("المحرم", 1), ("صفر", 2), ("ربيع", 0), ("جمادى", -1), ("رجب", 7), ("شعبان", 8),
    ("رمضان", 9), ("شوال", 10), ("ذو", -2),
    ("ذي", -2), ("muharram", 1), ("safar", 2), ("rajab", 7), ("shaban", 8), ("ramadan", 9), ("shawwal", 10),
  ])
  private static let hijriSecond = KeyedWords<Int>([
    ("الأول", 1), ("الأولى", 1), ("الثاني", 2), ("الثانية", 2), ("الآخر", 2), ("الآخرة", 2), ("القعدة", 11),
    ("الحجة", 12),
  ])

  static let weekdays = KeyedWords<Int>([
    ("sunday", 0), ("monday", 1), ("tuesday", 2), ("wednesday", 3), ("thursday", 4), ("friday", 5),
    ("saturday", 6), ("sun", 0),
    ("mon", 1), ("tue", 2), ("tues", 2), ("wed", 3), ("thu", 4), ("thur", 4), ("thurs", 4), ("fri", 5),
    ("sat", 6), ("الأحد", 0),
    ("الاثنين", 1), ("الإثنين", 1), ("الثلاثاء", 2), ("الأربعاء", 3), ("الخميس", 4), ("الجمعة", 5),
    ("السبت", 6), ("والأحد", 0),
    ("والاثنين", 1), ("والثلاثاء", 2), ("والأربعاء", 3), ("والخميس", 4), ("والجمعة", 5), ("والسبت", 6),
  ])
  static let english = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]
  static let arabic = ["الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت"]

  private static let of = KeyedWords<Bool>.keys(["of", "من", "شهر"])
  private static let yearWords = KeyedWords<Bool>.keys(["عام", "سنة", "in", "من", "لعام"])

  private static func month(at index: Int, in text: CheckText) -> (month: Int, end: Int)? {
    guard let name = monthName(at: index, in: text) else { return nil }
    var end = name.end
    if text[end] == 0x2E { end += 1 }
    // «أيار/مايو», «يناير (كانون الثاني)»: both names of the month.
    let sign = text.skipSpaces(from: end)
    if text[sign] == 0x2F || text[sign] == 0x28, let other = monthName(at: sign + 1, in: text),
      other.month == name.month
    {
      end = text[other.end] == 0x29 ? other.end + 1 : other.end
    }
    return (name.month, end)
  }

  /// One name of a month, of one word or two.
  private static func monthName(at index: Int, in text: CheckText) -> (month: Int, end: Int)? {
    let word = text.word(from: index)
    guard !word.isEmpty, var month = months[text.key(word)] else { return nil }
    var end = word.upperBound
    if month < 1 {
      let next = text.word(from: end)
      guard !next.isEmpty, let which = second[text.key(next)] else { return nil }
      // كانون الأول is December, كانون الثاني January; تشرين الأول October, تشرين الثاني November.
      month = month == 0 ? (which == 1 ? 12 : 1) : 9 + which
      end = next.upperBound
    }
    return (month, end)
  }

  private static func hijriMonth(at index: Int, in text: CheckText) -> (month: Int, end: Int)? {
    let word = text.word(from: index)
    guard !word.isEmpty, var month = hijriMonths[text.key(word)] else { return nil }
    var end = word.upperBound
    if month < 1 {
      let next = text.word(from: end)
      guard !next.isEmpty, let which = hijriSecond[text.key(next)] else { return nil }
      switch month {
      case 0 where which <= 2: month = 2 + which
      case -1 where which <= 2: month = 4 + which
      case -2 where which > 2: month = which
      default: return nil
      }
      end = next.upperBound
    }
    return (month, end)
  }

  private static func year(from index: Int, in text: CheckText, hijri: Bool) -> (year: Int, end: Int)? {
    var at = text.skipSpaces(from: index)
    if text[at] == 0x2C {
      at = text.skipSpaces(from: at + 1)
    } else if text.holds("،", at: at) {
      at = text.skipSpaces(from: at + 2)
    }
    for _ in 0..<2 {
      let word = text.word(at: at)
      guard !word.isEmpty, yearWords.contains(text.key(word)) else { break }
      at = text.skipSpaces(from: word.upperBound)
    }
    guard let number = EmbeddedFacts.number(at: at, in: text), number.end == at + 4 else { return nil }
    let range = hijri ? 1250...1600 : 1700...2200
    return range.contains(number.value) ? (number.value, number.end) : nil
  }

  /// The Gregorian dates of `tokens` that have a year.
  static func gregorian(_ tokens: [NumberToken], in text: CheckText) -> [Found] {
    var found: [Found] = []
    var index = 0
    while index < tokens.count {
      let token = tokens[index]
      index += 1
      guard token.decimals == 0, !token.hasGroups, !token.isPercent, token.digitCount <= 4 else { continue }
      let number = Int(token.number)
      // 2026-11-24, 24/11/2026, 24-11-2026.
      let sign = text[token.digits.upperBound]
      if sign == 0x2D || sign == 0x2F,
        let next = EmbeddedFacts.number(at: token.digits.upperBound + 1, in: text), text[next.end] == sign,
        let last = EmbeddedFacts.number(at: next.end + 1, in: text),
        text[token.digits.lowerBound - 1] != sign,
        text[last.end] != sign, !CheckText.isDigit(text[last.end])
      {
        let range = token.digits.lowerBound..<last.end
        if token.digitCount == 4, (1700...2200).contains(number), (1...12).contains(next.value),
          (1...31).contains(last.value)
        {
          found.append(Found(year: number, month: next.value, day: last.value, range: range))
        } else if token.digitCount <= 2, (1700...2200).contains(last.value) {
          if (1...12).contains(next.value), (1...31).contains(number) {
            found.append(
              Found(
                year: last.value, month: next.value, day: number, range: range,
                isAmbiguous: number <= 12 && number != next.value))
          } else if (1...12).contains(number), (1...31).contains(next.value) {
            found.append(Found(year: last.value, month: number, day: next.value, range: range))
          }
        }
        continue
      }
      guard token.digitCount <= 2, (1...31).contains(number), token.scale == 1 else { continue }
      let tail = token.isOrdinal ? token.range.upperBound : token.digits.upperBound
      var at = tail
      for _ in 0..<2 {
        let word = text.word(from: at)
        if !word.isEmpty, of.contains(text.key(word)) { at = word.upperBound }
      }
      if let month = month(at: at, in: text) {
        if let year = year(from: month.end, in: text, hijri: false) {
          found.append(
            Found(year: year.year, month: month.month, day: number, range: token.digits.lowerBound..<year.end)
          )
        }
        continue
      }
      // "November 24, 2026"
      var word = text.word(before: token.digits.lowerBound)
      if word.isEmpty, text[text.skipSpaces(backFrom: token.digits.lowerBound) - 1] == 0x2E {
        word = text.word(endingAt: text.skipSpaces(backFrom: token.digits.lowerBound) - 1)
      }
      if !word.isEmpty, text[word.lowerBound] < 0x80, let month = months[text.key(word)], month > 0,
        let year = year(from: tail, in: text, hijri: false)
      {
        found.append(Found(year: year.year, month: month, day: number, range: word.lowerBound..<year.end))
      }
    }
    return found
  }

  static func hijri(_ tokens: [NumberToken], in text: CheckText) -> [Found] {
    var found: [Found] = []
    for token in tokens where token.decimals == 0 && token.digitCount <= 2 && (1...31).contains(token.number)
    {
      var at = token.isOrdinal ? token.range.upperBound : token.digits.upperBound
      for _ in 0..<2 {
        let word = text.word(from: at)
        if !word.isEmpty, of.contains(text.key(word)) { at = word.upperBound }
      }
      if let month = hijriMonth(at: at, in: text), let year = year(from: month.end, in: text, hijri: true) {
        found.append(
          Found(
            year: year.year, month: month.month, day: Int(token.number),
            range: token.digits.lowerBound..<year.end))
      }
    }
    return found
  }

  private static let bridge = KeyedWords<Bool>.keys([
    "الموافق", "الموافقة", "والموافق", "في", "يوم", "تاريخ", "بتاريخ", "المصادف", "the", "on", "of", "it",
    "was", "a", "is", "fell", "falls", "that", "وهو", "كان",
    "الذي", "صادف", "يصادف", "يوافق", "which",
  ])

  /// A weekday right before or after `date` that is not the one of its day: its place, and the weekday that the date has.
  static func weekday(of date: Found, in text: CheckText) -> (place: Range<Int>, stated: Int, real: Int)? {
    guard Calendar.isDay(year: date.year, month: date.month, day: date.day) else { return nil }
    let real = CheckCalendar.weekday(year: date.year, month: date.month, day: date.day)
    func agrees(_ day: Int) -> Bool {
      if day == real { return true }
      return date.isAmbiguous && Calendar.isDay(year: date.year, month: date.day, day: date.month)
        && day == CheckCalendar.weekday(year: date.year, month: date.day, day: date.month)
    }
    var place = date.range.lowerBound
    for _ in 0..<3 {
      var before = text.skipSpaces(backFrom: place)
      if text[before - 1] == 0x2C || text[before - 1] == 0x28 || text[before - 1] == 0x2E {
        before -= 1
      } else if text.holds("،", at: before - 2) {
        before -= 2
      }
      let word = text.word(before: before)
      guard !word.isEmpty else { break }
      let key = text.key(word)
      if let stated = weekdays[key] {
        return agrees(stated) ? nil : (word.lowerBound..<date.range.upperBound, stated, real)
      }
      guard bridge.contains(key) else { break }
      place = word.lowerBound
    }
    place = date.range.upperBound
    if text.word(at: place).count <= 2, !text.word(at: place).isEmpty {
      place = text.word(at: place).upperBound
    }
    for _ in 0..<4 {
      var after = text.skipSpaces(from: place)
      if text[after] == 0x28 || text[after] == 0x2C {
        after += 1
      } else if text.holds("،", at: after) {
        after += 2
      }
      let word = text.word(from: after)
      guard !word.isEmpty else { return nil }
      let key = text.key(word)
      if let stated = weekdays[key],
        text.word(at: word.lowerBound).count > 3 || text[text.skipSpaces(from: place)] == 0x28
      {
        return agrees(stated) ? nil : (date.range.lowerBound..<word.upperBound, stated, real)
      }
      guard bridge.contains(key) else { return nil }
      place = word.upperBound
    }
    return nil
  }

  private static let equals = KeyedWords<Bool>.keys([
    "الموافق", "الموافقة", "corresponding", "corresponds", "equivalent", "المصادف", "يوافق", "وافق", "ie",
    "أي", "والموافق", "الموافقين",
  ])

  /// A Hijri and a Gregorian date that are given as one day and lie more than two days apart.
  static func calendars(_ hijri: Found, _ gregorian: Found, in text: CheckText) -> (
    place: Range<Int>, days: Int
  )? {
    let (first, last) =
      hijri.range.lowerBound < gregorian.range.lowerBound
      ? (hijri.range, gregorian.range) : (gregorian.range, hijri.range)
    guard last.lowerBound >= first.upperBound, last.lowerBound - first.upperBound <= 60,
      isBridge(first.upperBound..<last.lowerBound, in: text),
      Calendar.isDay(year: gregorian.year, month: gregorian.month, day: gregorian.day),
      hijri.day <= 30
    else { return nil }
    let one = CheckCalendar.hijriDay(year: hijri.year, month: hijri.month, day: hijri.day)
    let other = CheckCalendar.day(year: gregorian.year, month: gregorian.month, day: gregorian.day)
    guard abs(one - other) > 2 else { return nil }
    return (first.lowerBound..<last.upperBound, abs(one - other))
  }

  /// "1446هـ الموافق 2019م", "1446 AH (2019)": a Hijri year with a Gregorian one that it does not touch.
  static func years(_ tokens: [NumberToken], in text: CheckText) -> (
    place: Range<Int>, years: ClosedRange<Int>
  )? {
    guard tokens.count >= 2 else { return nil }
    for index in 0..<tokens.count - 1 {
      let (first, second) = (tokens[index], tokens[index + 1])
      guard first.digitCount == 4, second.digitCount == 4, first.decimals == 0, second.decimals == 0,
        !first.hasGroups, !second.hasGroups
      else { continue }
      let gap = first.digits.upperBound..<second.digits.lowerBound
      guard gap.count <= 48 else { continue }
      let hijri: Int
      let gregorian: Int
      if (1250...1600).contains(first.number), (1800...2200).contains(second.number),
        isHijriMark(after: first.digits.upperBound, in: text)
      {
        (hijri, gregorian) = (Int(first.number), Int(second.number))
      } else if (1250...1600).contains(second.number), (1800...2200).contains(first.number),
        isHijriMark(after: second.digits.upperBound, in: text)
      {
        (hijri, gregorian) = (Int(second.number), Int(first.number))
      } else {
        continue
      }
      guard isBridge(gap, in: text) else { continue }
      let years = CheckCalendar.gregorianYears(ofHijri: hijri)
      if !years.contains(gregorian) { return (first.digits.lowerBound..<second.digits.upperBound, years) }
    }
    return nil
  }

  private static let hijriMarks = KeyedWords<Bool>.keys([
    "هـ", "ه", "هجرية", "هجري", "للهجرة", "الهجرية", "ah", "hijri",
  ])

  private static func isHijriMark(after index: Int, in text: CheckText) -> Bool {
    let word = text.word(from: index)
    return !word.isEmpty && hijriMarks.contains(text.key(word))
  }

  /// A bracket, a slash, an equals sign or a word such as «الموافق» joins the two.
  private static func isBridge(_ gap: Range<Int>, in text: CheckText) -> Bool {
    if gap.contains(where: { [0x28, 0x2F, 0x3D].contains(text[$0]) }) && gap.count <= 30 { return true }
    var at = gap.lowerBound
    while at < gap.upperBound {
      let word = text.word(at: at)
      if !word.isEmpty, equals.contains(text.key(word)) { return true }
      at = max(at + 1, word.upperBound)
    }
    return false
  }
}

/// Dates as people write them, in digits.
extension Validators {
  static let dates: [Validator] = [date, gregorianDate, hijriDate]

  /// A day of the Gregorian (1880...2099) or Hijri (1290...1499) calendar, in any usual order.
  static let date = Validator(name: "date", source: "ISO 8601-1:2019; lunar months of 29 or 30 days") {
    value in
    let numbers = DateNumbers(value)
    return Validator.Verdict(numbers.isGregorian || numbers.isHijri)
  }

  /// A day of the Gregorian calendar, 1880...2099 or with a two-digit year.
  static let gregorianDate = Validator(name: "date.gregorian", source: "ISO 8601-1:2019, 4.2") { value in
    Validator.Verdict(DateNumbers(value).isGregorian)
  }

  /// A day of the Hijri calendar, 1290...1499 (1873...2076 CE).
  ///
  /// Months have 29 or 30 days depending on sighting or table, so every day up to 30 is accepted.
  static let hijriDate = Validator(name: "date.hijri", source: "Umm al-Qura and tabular Hijri calendars") {
    value in
    Validator.Verdict(DateNumbers(value).isHijri)
  }
}

enum Calendar {
  /// Whether the Gregorian calendar has this day; any year.
  static func isDay(year: Int, month: Int, day: Int) -> Bool {
    guard (1...12).contains(month), day >= 1 else { return false }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    switch month {
    case 2: return day <= (isLeap ? 29 : 28)
    case 4, 6, 9, 11: return day <= 30
    default: return day <= 31
    }
  }
}

/// The first three runs of digits of a text, with their lengths.
private struct DateNumbers {
  private var first = (value: 0, length: 0)
  private var second = (value: 0, length: 0)
  private var third = (value: 0, length: 0)
  private var count = 0

  init(_ value: [UInt8]) {
    var isInside = false
    var current = (value: 0, length: 0)
    for byte in value {
      if let digit = Bytes.digit(byte) {
        if !isInside { count += 1 }
        isInside = true
        current = (min(current.value * 10 + digit, 100_000), current.length + 1)
        switch count {
        case 1: first = current
        case 2: second = current
        default: if count == 3 { third = current }
        }
      } else {
        isInside = false
        current = (0, 0)
      }
    }
  }

  var isGregorian: Bool {
    isDate(years: 1880...2099) { year, month, day in Calendar.isDay(year: year, month: month, day: day) }
  }

  var isHijri: Bool {
    isDate(years: 1290...1499, allowsShortYear: false) { _, month, day in
      (1...12).contains(month) && (1...30).contains(day)
    }
  }

  /// Two numbers are a day and a year, with a month in words; three are a date in one of the usual orders.
  /// More numbers are a time of day.
  private func isDate(
    years: ClosedRange<Int>, allowsShortYear: Bool = true,
    _ isDay: (_ year: Int, _ month: Int, _ day: Int) -> Bool
  ) -> Bool {
    func isYear(_ number: (value: Int, length: Int)) -> Bool {
      number.length == 4 ? years.contains(number.value) : allowsShortYear && number.length == 2
    }
    if count == 2 {
      return (1...31).contains(first.value) && first.length <= 2 && second.length == 4 && isYear(second)
    }
    guard count >= 3 else { return false }
    if first.length == 4 {
      return isYear(first) && second.length <= 2 && third.length <= 2
        && (isDay(first.value, second.value, third.value) || isDay(first.value, third.value, second.value))
    }
    guard first.length <= 2, second.length <= 2, isYear(third) else { return false }
    return isDay(third.value, second.value, first.value) || isDay(third.value, first.value, second.value)
  }
}

/// Days of the Gregorian and Hijri calendars as day numbers.
enum CheckCalendar {
  /// The last year that a cited work may carry: the year after the one of this release. A constant, because the result of
  /// an audit does not depend on the clock.
  static let lastYear = 2027

  /// Days since 1 January 1970 of a proleptic Gregorian date. Source: Fliegel and Van Flandern, CACM 11 (1968), 657.
  static func day(year: Int, month: Int, day: Int) -> Int {
    let shift = (month - 14) / 12
    return day - 32075 + 1461 * (year + 4800 + shift) / 4 + 367 * (month - 2 - shift * 12) / 12
      - 3 * ((year + 4900 + shift) / 100) / 4 - 2_440_588
  }

  /// 0 for Sunday.
  static func weekday(year: Int, month: Int, day: Int) -> Int {
    ((Self.day(year: year, month: month, day: day) + 4) % 7 + 7) % 7
  }

  /// The Gregorian year, month and day of a day number.
  static func date(ofDay day: Int) -> (year: Int, month: Int, day: Int) {
    var rest = day + 2_440_588 + 68569
    let century = 4 * rest / 146_097
    rest -= (146_097 * century + 3) / 4
    var year = 4000 * (rest + 1) / 1_461_001
    rest -= 1461 * year / 4 - 31
    var month = 80 * rest / 2447
    let result = rest - 2447 * month / 80
    let carry = month / 11
    month += 2 - 12 * carry
    year = 100 * (century - 49) + year + carry
    return (year, month, result)
  }

  /// Day number of a date in the tabular Islamic calendar with leap years 2, 5, 7, 10, 13, 16, 18, 21, 24, 26 and 29 of
  /// thirty (civil epoch, 16 July 622 Julian). Umm al-Qura and sighted months differ from it by two days at most.
  static func hijriDay(year: Int, month: Int, day: Int) -> Int {
    let months = 29 * (month - 1) + month / 2
    // 1,948,440 is the Julian day number of 1 Muharram 1.
    return day + months + 354 * (year - 1) + (3 + 11 * year) / 30 + 1_948_439 - 2_440_588
  }

  /// The Gregorian years that a Hijri year touches.
  static func gregorianYears(ofHijri year: Int) -> ClosedRange<Int> {
    let first = date(ofDay: hijriDay(year: year, month: 1, day: 1) - 2).year
    let last = date(ofDay: hijriDay(year: year, month: 12, day: 29) + 3).year
    return first...max(first, last)
  }
}

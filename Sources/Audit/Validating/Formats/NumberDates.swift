/// Dates inside numbers.
enum NumberDates {
  /// No number carries a later date of birth or registration. The auditor has no clock (same input, same
  /// output), so this is a year of the calendar and moves with releases.
  static let latestYear = 2026

  /// nil when the calendar has the day.
  static func flaw(_ year: Int, _ month: Int, _ day: Int) -> NumberFlaw? {
    Calendar.isDay(year: year, month: month, day: day) ? nil : .component
  }

  /// nil when the six digits from `start` on, YYMMDD, are a day of this century or of the last one.
  static func flawOfYMD(_ number: Characters, from start: Int = 0) -> NumberFlaw? {
    let (year, month, day) = (
      number.number(start..<start + 2), number.number(start + 2..<start + 4),
      number.number(start + 4..<start + 6)
    )
    let isDay = [1900, 2000].contains { Calendar.isDay(year: $0 + year, month: month, day: day) }
    return isDay ? nil : .component
  }
}

@testable import Audit
import AuditCore
import Testing

/// Arithmetic and calendar inside one document, each sentence with and without its contradiction.
struct NumberCheckTests {
  @Test(arguments: [
    ("The farm keeps 40 goats, 35 sheep and 20 cows, a total of 120 animals.", ["sum-mismatch: 120"]),
    ("The farm keeps 40 goats, 35 sheep and 20 cows, a total of 95 animals.", []),
    ("It sold 40 goats and 35 sheep, bringing the total to 120.", []),
    ("تضم المزرعة ٤٠ عنزة و٣٥ شاة و٢٠ بقرة، بمجموع ١٢٠ رأسًا.", ["sum-mismatch: ١٢٠"]),
    ("تضم المزرعة ٤٠ عنزة و٣٥ شاة و٢٠ بقرة، بمجموع ٩٥ رأسًا.", []),
    ("Of 3.5 tonnes and 2.25 tonnes, a total of 5.75 tonnes was sold.", []),
    ("Wheat takes 45% of the land, barley 30%, and the rest (35%) lies fallow.", ["share-sum: 35%"]),
    ("Wheat takes 45% of the land, barley 30%, and the rest (25%) lies fallow.", []),
    ("Inspectors passed 45 of 60 lifts (80%).", ["ratio-mismatch: 80%"]),
    ("Inspectors passed 45 of 60 lifts (75%).", []),
    ("Get $30 off 1 month of the 7-item plan or 50% off.", []),
    ("The road is 100 km (90 miles) long.", ["magnitude-mismatch: 100 km (90"]),
    ("The park covers 75 sq mi (194 sq km).", []),
  ])
  func `sums, shares and units are compared`(_ text: String, _ expected: [String]) throws {
    #expect(try CheckEngine.found(text) == expected)
  }

  @Test(arguments: [
    ("Sales rose by 40%, from 200 to 250.", ["change-mismatch: 40%"]),
    ("Sales rose by 25%, from 200 to 250.", []),
    ("Support rose by 5 points from 40% to 45%.", []), ("Support rose 12.5%, from 40% to 45%.", []),
    ("Sales rose from 250 to 200.", ["change-direction: 250 to 200"]),
    ("The team rose from 5th to 2nd place.", []),
    ("Sales rose from 900 thousand to 1.2 million.", []), ("The shop is open from 9 am to 5 pm.", []),
    ("ارتفعت المبيعات من ٢٥٠ إلى ٢٠٠ وحدة.", ["change-direction: ٢٥٠ إلى ٢٠٠"]),
    ("ارتفعت المبيعات من ٢٠٠ إلى ٢٥٠ وحدة.", []),
    ("The herd doubled from 10 to 15 head.", ["change-mismatch: doubled from 10 to 15"]),
    ("The herd more than doubled from 10 to 24 head.", []),
    ("Sales rose by 50 percent, from 200 units in 2021 to 240 in 2022.", ["change-mismatch: 50 percent"]),
    ("Sales rose by 20 percent, from 200 units in 2021 to 240 in 2022.", []),
    ("Sales rose from 200 to 250, an increase of 40 percent.", ["change-mismatch: 40 percent"]),
    ("ارتفع العدد من ٢٠٠ عام ٢٠٢١ إلى ٢٤٠ عام ٢٠٢٢ بزيادة قدرها ٥٠٪.", ["change-mismatch: ٥٠٪"]),
    ("ارتفع العدد من ٢٠٠ عام ٢٠٢١ إلى ٢٤٠ عام ٢٠٢٢ بزيادة قدرها ٢٠٪.", []),
  ])
  func `a stated change is compared with its two ends`(_ text: String, _ expected: [String]) throws {
    #expect(try CheckEngine.found(text) == expected)
  }

  @Test(arguments: [
    ("It met on Monday, 6 May 2025.", ["weekday-mismatch: Monday, 6 May 2025"]),
    ("It met on Tuesday, May 6th, 2025.", []),
    ("اجتمع يوم الاثنين ٦ أيار/مايو ٢٠٢٥.", ["weekday-mismatch: الاثنين ٦ أيار/مايو ٢٠٢٥"]),
    ("اجتمع يوم الثلاثاء الموافق 6 ماي 2025.", []), ("It met on Tuesday 06/05/2025.", []),
    ("It closed on 29 February 2023.", ["leap-day: 29 February 2023"]),
    ("It closed on 29 February 2024.", []),
    ("صدر في 15 رمضان 1445هـ الموافق 25 مارس 2024م.", []),
    ("صدر في 14 رمضان 1445هـ الموافق 25 مارس 2024م.", []),
    (
      "صدر في 10 رمضان 1445هـ الموافق 25 مارس 2024م.",
      ["hijri-mismatch: 10 رمضان 1445هـ الموافق 25 مارس 2024"]
    ),
    ("صدر في 15 رمضان 1445هـ الموافق 25 مارس 2024م، وينتهي في 30 مارس 2024م.", []),
    ("Dated 15 Ramadan 1445 AH, corresponding to 25 March 2024, and in force from 3 May 2024.", []),
    (
      "أُغلقت يوم الجمعة 10 يناير/كانون الثاني 2022.",
      ["weekday-mismatch: الجمعة 10 يناير/كانون الثاني 2022"]
    ),
    ("أُغلقت يوم الاثنين 10 يناير (كانون الثاني) 2022.", []),
    ("صدر عام 1446هـ الموافق 2019م.", ["hijri-year-mismatch: 1446هـ الموافق 2019"]),
    ("صدر عام 1446هـ الموافق 2025م.", []),
  ])
  func `dates are compared with weekdays and with each other`(_ text: String, _ expected: [String]) throws {
    #expect(try CheckEngine.found(text) == expected)
  }

  @Test(arguments: [(1970, 1, 1, 4), (2000, 2, 29, 2), (2026, 11, 24, 2), (1900, 3, 1, 4), (2100, 2, 28, 0)])
  func `weekdays follow the Gregorian calendar`(_ year: Int, _ month: Int, _ day: Int, _ weekday: Int) {
    #expect(CheckCalendar.weekday(year: year, month: month, day: day) == weekday)
    let number = CheckCalendar.day(year: year, month: month, day: day)
    #expect(CheckCalendar.date(ofDay: number) == (year, month, day))
  }

  /// Published beginnings of Hijri years in the Umm al-Qura calendar.
  @Test(arguments: [
    (1400, 1979, 11, 20), (1420, 1999, 4, 17), (1440, 2018, 9, 11), (1445, 2023, 7, 19), (1446, 2024, 7, 7),
  ])
  func `Hijri years begin within two days of the official calendar`(
    _ hijri: Int, _ year: Int, _ month: Int, _ day: Int
  ) {
    let ours = CheckCalendar.hijriDay(year: hijri, month: 1, day: 1)
    #expect(abs(ours - CheckCalendar.day(year: year, month: month, day: day)) <= 2)
  }

  @Test func `both engines and every split of a document find the same`() throws {
    let text =
      "The farm keeps 40 goats, 35 sheep and 20 cows, a total of 120 animals.\n\nSales rose from 250 to 200.\n"
    #expect(try CheckEngine.found(text) == CheckEngine.found(text, engine: .exhaustive))
    #expect(try CheckEngine.found(text).count == 2)
  }

  @Test func `a quantity with two values is found once, in prose only`() throws {
    let one = "The Aldersey paint plant employs 4,200 workers."
    let other = "The paint plant in Aldersey employs 2,400 workers."
    #expect(
      try CheckEngine.found("A title here\n\n\(one)\n\n\(other)") == ["quantity-two-values: 2,400 workers"])
    #expect(try CheckEngine.found("A title here\n\n- \(one)\n- \(other)") == [])
    #expect(
      try CheckEngine.found("A title here\n\n\(one)\n\nThe Birchwood paint plant employs 2,400 workers.")
        == [])
  }

  /// A run without white space was read again from each of its digits.
  @Test(arguments: [Format.text, .html])
  func `a long run of letters and digits costs no more than its length`(format: Format) throws {
    var state: UInt64 = 7
    let run = String(
      decoding: (0..<400_000).map { _ -> UInt8 in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return Array("0123456789abcdef".utf8)[Int(state >> 60)]
      }, as: UTF8.self)
    let start = ContinuousClock.now
    #expect(try CheckEngine.found(run + " 40 goats.", format) == [])
    #expect(ContinuousClock.now - start < .seconds(20))
  }
}

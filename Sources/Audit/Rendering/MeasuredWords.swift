/// What was measured of a rule, as sentences: `measured:` of a rule is a line of keys and figures.
///
/// The forms are those that `rules eval --write` and the project's scripts write. A line of another form stands as it is.
enum MeasuredWords {
  /// nil: the line has a form that is not known here.
  static func words(_ line: String) -> Words? {
    evaluated(line) ?? people(line) ?? references(line) ?? labelled(line)
  }

  /// `set NAME, n N, precision P, recall R, hits_per_1000 H, date D`
  private static func evaluated(_ line: String) -> Words? {
    guard
      let found = line.wholeMatch(
        of:
          #/set (.+), n (\d+)(?:, precision ([\d.]+), recall ([\d.]+))?, hits_per_1000 ([\d.]+), date (\d{4}-\d{2}-\d{2})/#
      ), let count = Int(found.2)
    else { return nil }
    let texts = CountedWords.grouped(count)
    let set = name(of: String(found.1))
    let words: Words
    if let precision = found.3.flatMap(percent), let recall = found.4.flatMap(percent) {
      words = Words(
        "Right in {p} % of its findings; found {r} % of what was labelled. {s}: {n} texts, {d}.",
        "أصابت في {p} % من نتائجها، ورصدت {r} % مما وُسم. {s}: عدد النصوص {n}، {d}."
      ).filled(["p": precision, "r": recall])
    } else {
      words = Words(
        "{h} findings in 1,000 texts. {s}: {n} texts, {d}.",
        "النتائج في كل 1,000 نص: {h}. {s}: عدد النصوص {n}، {d}."
      ).filled(["h": String(found.5)])
    }
    return words.filledBoth("s", set).filled(["n": texts, "d": String(found.6)])
  }

  /// `human-texts 42,885 English and Arabic texts written by people: no finding`
  private static func people(_ line: String) -> Words? {
    guard
      let found = line.wholeMatch(
        of: #/human-texts ([\d,]+) English and Arabic texts written by people: (no|[\d,]+) findings?/#)
    else { return nil }
    let count = found.2 == "no" ? "0" : String(found.2)
    return Words(
      "{c} findings in {n} English and Arabic texts written by people.",
      "النتائج في {n} من النصوص الإنجليزية والعربية التي كتبها بشر: {c}."
    ).filled(["c": count, "n": String(found.1)])
  }

  /// `hallmark training part: 3 of 606 altered and 0 of 513 real references have a finding`
  private static func references(_ line: String) -> Words? {
    guard
      let found = line.wholeMatch(
        of: #/(\S+) training part: (\d+) of (\d+) altered and (\d+) of (\d+) real references have a finding/#)
    else { return nil }
    return Words(
      "A finding in {a} of {b} altered references and in {c} of {e} real ones ({s}).",
      "لها نتيجة: {a} من {b} من المراجع المحرَّفة، و{c} من {e} من المراجع الحقيقية ({s})."
    ).filled([
      "a": String(found.2), "b": String(found.3), "c": String(found.4), "e": String(found.5),
      "s": String(found.1),
    ])
  }

  /// `NAME training part, 4950 texts: 17 with the label and 0 without have a finding`, once or more, with commas between.
  private static func labelled(_ line: String) -> Words? {
    let part =
      #/(\S+) training part, (\d+) (?:texts|headlines): (\d+) with the label and (\d+) without have a finding(?:, |$)/#
    var rest = Substring(line)
    var english: [String] = []
    var arabic: [String] = []
    while !rest.isEmpty {
      guard let found = rest.prefixMatch(of: part), let count = Int(found.2) else { return nil }
      rest = rest[found.range.upperBound...]
      let words = Words(
        "{a} texts with the label and {b} without have a finding ({s}: {n} texts).",
        "نصوص لها نتيجة: {a} موسومة و{b} غير موسومة ({s}: عدد النصوص {n})."
      ).filled([
        "a": String(found.3), "b": String(found.4), "s": String(found.1), "n": CountedWords.grouped(count),
      ])
      english.append(words.en)
      arabic.append(words.ar)
    }
    return english.isEmpty ? nil : Words(english.joined(separator: " "), arabic.joined(separator: " "))
  }

  /// "0.857" as "85.7".
  private static func percent(_ share: Substring) -> String? {
    guard let value = Double(share), (0...1).contains(value) else { return nil }
    let tenths = Int((value * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }

  private static func name(of set: String) -> Words {
    switch set {
    case "web pages of the trafilatura and wcxb sets":
      return Words(
        "Web pages of the sets trafilatura and wcxb",
        "صفحات ويب من مجموعتي \u{2066}trafilatura\u{2069} و\u{2066}wcxb\u{2069}")
    case _ where set.hasPrefix("human texts without the trait, English "):
      guard let found = set.wholeMatch(of: #/.*English ([\d,]+) and Arabic ([\d,]+)/#) else { break }
      return Words(
        "Texts of people without the trait, {e} English and {a} Arabic",
        "نصوص لبشر ليست فيها السمة، {e} إنجليزية و{a} عربية"
      ).filled(["e": String(found.1), "a": String(found.2)])
    default: break
    }
    return Words(set, "\u{2066}\(set)\u{2069}")
  }
}

extension HTMLReport {
  /// How often a rule was right: a sentence, or the line as its author wrote it.
  func measured(_ line: String, _ page: inout Page) {
    if let words = MeasuredWords.words(line) { return page.span(words) }
    page.add("<bdi translate=\"no\" dir=\"ltr\">")
    page.audited(Marks.shortened(line, to: 400))
    page.add("</bdi>")
  }
}

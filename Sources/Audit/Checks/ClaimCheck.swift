/// Numbers of things with the words around them, to see where a document or a directory gives two values for one.
enum ClaimCheck {
  /// Sentences about change or comparison hold several true values.
  private static let comparing = KeyedWords<Bool>.keys([
    "from", "compared", "previously", "earlier", "formerly", "last", "than", "rose", "fell", "increase",
    "increased", "decreased", "increasing", "up", "down",
    "another", "additional", "further", "other", "more", "first", "second", "third", "each", "per", "every",
    "next", "expects", "expected", "plans", "planned",
    "target", "aims", "average", "between", "least", "less", "over", "nearly", "almost", "about", "around",
    "some", "if", "would", "could", "or",
    "مقارنة", "سابقا", "الماضي", "الماضية", "ارتفع", "انخفض", "زيادة", "آخر", "أخرى", "آخرين", "إضافيا",
    "لكل", "كل", "المقبل", "المقبلة", "يتوقع", "متوقع", "هدف",
    "متوسط", "بين", "الأقل", "أكثر", "أقل", "نحو", "حوالي", "قرابة", "مقابل", "إضافية", "الأول", "الثاني",
    "الثالث", "أو", "لو", "إذا",
  ])

  /// A number behind one of these is a name.
  private static let labels = KeyedWords<Bool>.keys([
    "sentence", "chapter", "article", "section", "page", "figure", "table", "number", "no", "part", "line",
    "item", "step", "room",
    "route", "highway", "flight", "version", "rfc", "iso", "level", "type", "phase", "stage", "grade",
    "class", "group", "team", "unit", "building",
    "street", "model", "volume", "issue", "season", "episode", "day", "week", "round", "game", "match", "lot",
    "zone", "block", "gate", "platform", "age", "aged",
    "مادة", "المادة", "الفصل", "الصفحة", "صفحة", "القسم", "رقم", "الجدول", "الشكل", "البند", "المرحلة",
    "الفقرة", "الجزء", "المجموعة", "الحلقة", "العدد", "الطابق", "الآية", "الجولة",
  ])

  /// The claim of a sentence with one quantity; nil when nothing could contradict it.
  static func claim(in sentence: NumberSentence, ticket: Int) -> (claim: Claim, place: Range<Int>)? {
    let text = sentence.text
    let quantities = sentence.tokens.filter { sentence.isQuantity($0) }
    guard quantities.count == 1, let number = quantities.first, number.value >= 2 || number.isPercent,
      number.digits.count <= 12,
      sentence.range.count <= 360
    else { return nil }
    // A line without a stop is a label or a cell.
    guard endsAsSentence(sentence) else { return nil }
    var years: [Int] = []
    for token in sentence.tokens where token.isYearLike { years.append(Int(token.number)) }
    guard sentence.tokens.count == 1 + years.count else { return nil }
    let label = text.word(before: number.range.lowerBound)
    if !label.isEmpty, labels.contains(text.key(label)) { return nil }
    var unit: UInt64?
    var unitWord = number.range.upperBound..<number.range.upperBound
    if number.isPercent {
      unit = 1
    } else {
      unitWord = text.word(from: number.range.upperBound)
      if !unitWord.isEmpty { unit = Stems.noun(unitWord, in: text) }
      if number.currency != 0 {
        unit = UInt64(number.currency)
        unitWord = unitWord.lowerBound..<unitWord.lowerBound
      }
    }
    guard let unit else { return nil }
    var words: [UInt64] = []
    let repeated = complement(of: unitWord, in: text)
    var at = sentence.range.lowerBound
    while at < sentence.range.upperBound {
      let word = text.word(at: at)
      guard !word.isEmpty else {
        at += 1
        continue
      }
      at = word.upperBound
      if comparing.contains(text.key(word)) { return nil }
      if number.range.overlaps(word) || word == unitWord || word == repeated { continue }
      if let key = Stems.key(word, in: text) { words.append(key) }
    }
    words.sort()
    var context: [UInt64] = []
    for word in words where word != context.last { context.append(word) }
    guard context.count >= 2, context.count <= 24 else { return nil }
    let claim = Claim(
      value: number.value, rounding: number.rounding, unit: unit, context: context,
      years: years.sorted(), ticket: ticket)
    let end = max(number.range.upperBound, unitWord.upperBound)
    return (claim, number.range.lowerBound..<end)
  }

  /// "land" of "hectares of land": it repeats what the unit measures, and another writer leaves it out.
  private static func complement(of unit: Range<Int>, in text: CheckText) -> Range<Int>? {
    let joint = text.word(from: unit.upperBound)
    guard !unit.isEmpty, !joint.isEmpty, joints.contains(text.key(joint)) else { return nil }
    let word = text.word(from: joint.upperBound)
    return !word.isEmpty && measured.contains(text.key(word)) ? word : nil
  }

  private static let joints = KeyedWords<Bool>.keys(["of", "من"])
  private static let measured = KeyedWords<Bool>.keys([
    "land", "ground", "area", "space", "terrain", "territory", "الأرض", "الأراضي", "أرض", "المساحة",
  ])

  private static func endsAsSentence(_ sentence: NumberSentence) -> Bool {
    let end = sentence.text.skipSpaces(backFrom: sentence.range.upperBound)
    let last = sentence.text[end - 1]
    return last == 0x2E || last == 0x21 || last == 0x22 || last == 0x9B && sentence.text[end - 2] == 0xD8
  }

  /// The same unit and years, one context within the other, and two values that rounding does not explain.
  static func contradict(_ one: Claim, _ other: Claim) -> Bool {
    guard one.unit == other.unit, one.years == other.years else { return false }
    let (small, large) =
      one.context.count <= other.context.count ? (one.context, other.context) : (other.context, one.context)
    guard small.count >= 2, large.count - small.count <= 3, small.count >= 3 || large.count <= 4 else {
      return false
    }
    var at = 0
    for word in small {
      while at < large.count, large[at] < word { at += 1 }
      guard at < large.count, large[at] == word else { return false }
    }
    let highest = max(one.value, other.value)
    return abs(one.value - other.value) > max(one.rounding, other.rounding) * 1.01 + 0.02 * highest
  }
}

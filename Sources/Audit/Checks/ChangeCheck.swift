/// "from 200 to 250" against the change that the sentence states: a percentage, "doubled", a direction.
enum ChangeCheck {
  struct Finding {
    let place: Range<Int>
    let stated: String
    let real: String
    let isDirection: Bool
  }

  private static let from = KeyedWords<Bool>.keys(["from", "من"])
  private static let to = KeyedWords<Bool>.keys(["to", "إلى"])
  private static let fillers = KeyedWords<Bool>.keys([
    "about", "around", "nearly", "almost", "roughly", "some", "just", "only", "over", "approximately", "an",
    "estimated", "a", "more",
    "than", "نحو", "حوالي", "قرابة", "ما", "يقارب", "أكثر", "مبلغ", "مستوى", "level", "of",
  ])
  private static let up = KeyedWords<Bool>.keys([
    "rose", "rise", "risen", "rises", "rising", "increased", "increase", "increases", "increasing", "grew",
    "grow", "grown", "grows",
    "growing", "climbed", "climb", "jumped", "jump", "surged", "surge", "soared", "expanded", "gained",
    "ارتفع", "ارتفعت", "ارتفاع",
    "ارتفاعا", "يرتفع", "ترتفع", "زاد", "زادت", "زيادة", "ازداد", "ازدادت", "نما", "نمت", "صعد", "صعدت",
    "قفز", "قفزت", "وارتفع", "وارتفعت", "وزاد", "وزادت",
  ])
  private static let down = KeyedWords<Bool>.keys([
    "fell", "fall", "falls", "fallen", "falling", "dropped", "drop", "drops", "declined", "decline",
    "declines", "decreased",
    "decrease", "decreases", "shrank", "shrunk", "plunged", "slipped", "tumbled", "slid", "reduced",
    "lowered", "انخفض", "انخفضت",
    "انخفاض", "انخفاضا", "ينخفض", "تنخفض", "تراجع", "تراجعت", "هبط", "هبطت", "هبوط", "نزل", "تقلص", "تقلصت",
    "وانخفض", "وانخفضت", "وتراجع", "وتراجعت",
  ])
  private static let ranks = KeyedWords<Bool>.keys([
    "rank", "ranks", "ranked", "ranking", "place", "position", "spot", "grade", "المرتبة", "المركز",
    "الترتيب", "age", "aged", "ages", "chapter", "page",
    "temperature", "minus", "below", "magnitude", "floor", "storey", "class", "per", "every", "يوم",
    "division", "route", "category",
  ])
  private static let factors = KeyedWords<Double>([
    ("doubled", 2), ("doubling", 2), ("doubles", 2), ("double", 2), ("tripled", 3), ("tripling", 3),
    ("trebled", 3), ("triples", 3),
    ("quadrupled", 4), ("halved", 0.5), ("halving", 0.5), ("twofold", 2), ("threefold", 3), ("tenfold", 10),
    ("fivefold", 5),
    ("تضاعف", 2), ("تضاعفت", 2), ("ضاعف", 2), ("ضاعفت", 2), ("يتضاعف", 2), ("وتضاعف", 2), ("وتضاعفت", 2),
    ("الضعف", 2), ("الضعفين", 2),
  ])
  private static let times = KeyedWords<Double>([
    ("ثلاث", 3), ("ثلاثة", 3), ("أربع", 4), ("أربعة", 4), ("خمس", 5), ("خمسة", 5), ("ست", 6), ("عشر", 10),
    ("عشرة", 10),
  ])
  private static let fold = KeyedWords<Bool>.keys(["أضعاف", "مرات"])
  private static let half = KeyedWords<Bool>.key(of: "النصف")
  private static let arabicDouble = KeyedWords<Bool>.keys([
    "تضاعف", "تضاعفت", "ضاعف", "ضاعفت", "يتضاعف", "وتضاعف", "وتضاعفت",
  ])
  private static let more = KeyedWords<Bool>.keys(["more", "than", "over", "أكثر"])
  private static let nearly = KeyedWords<Bool>.keys([
    "nearly", "almost", "about", "roughly", "تقريبا", "يقارب", "نحو",
  ])
  private static let by = KeyedWords<Bool>.keys([
    "by", "بنسبة", "بمعدل", "بمقدار", "نسبتها", "نسبته", "قدرها", "قدره", "بلغت", "مقدارها", "مقداره",
  ])
  /// "an increase of 50 percent", «بزيادة 50%».
  private static let changes = KeyedWords<Bool>.keys([
    "increase", "rise", "gain", "growth", "jump", "decrease", "drop", "decline", "fall", "reduction",
    "بزيادة", "بارتفاع", "بنمو", "بانخفاض", "بتراجع", "بهبوط",
  ])
  private static let of = KeyedWords<Bool>.key(of: "of")
  /// Before a year that only says when: "from 200 in 2021 to 240 in 2022".
  private static let when = KeyedWords<Bool>.keys(["in", "عام", "سنة", "في"])
  private static let points = KeyedWords<Bool>.keys(["point", "points", "نقطة", "نقاط"])

  static func finding(_ sentence: NumberSentence) -> Finding? {
    guard sentence.tokens.count >= 2, sentence.tokens.count <= 12 else { return nil }
    let tokens = sentence.tokens.filter { !($0.isYearLike && isMarked($0, by: when, sentence)) }
    for index in 0..<max(0, tokens.count - 1) {
      guard tokens[index + 1].range.lowerBound - tokens[index].range.upperBound <= 60 else { continue }
      var x = tokens[index]
      var y = tokens[index + 1]
      if isMarked(y, by: to, sentence), isMarked(x, by: from, sentence) {
      } else if isMarked(x, by: to, sentence), isMarked(y, by: from, sentence) {
        swap(&x, &y)
      } else {
        continue
      }
      guard sentence.isQuantity(x), sentence.isQuantity(y),
        x.currency == y.currency || x.currency == 0 || y.currency == 0
      else { continue }
      let pair = min(x.range.lowerBound, y.range.lowerBound)..<max(x.range.upperBound, y.range.upperBound)
      // "from 5 to 10 million", "from 10 to 15%".
      if x.scale == 1, y.scale > 1, x.number < 1_000 { x.scale = y.scale }
      if y.isPercent, !x.isPercent { x.isPercent = true }
      guard x.isPercent == y.isPercent, x.value > 0, y.value > 0,
        !sentence.holdsAny(ranks, in: sentence.range),
        sameUnit(x, y, sentence)
      else { continue }
      if let found = percentage(x, y, pair, sentence) ?? factor(x, y, pair, sentence)
        ?? direction(x, y, pair, sentence)
      {
        return found
      }
    }
    return nil
  }

  /// One of `words` stands before the token, but for words such as "about".
  private static func isMarked(_ token: NumberToken, by words: KeyedWords<Bool>, _ sentence: NumberSentence)
    -> Bool
  {
    var place = token.range.lowerBound
    for _ in 0..<4 {
      let word = sentence.text.word(before: place)
      guard !word.isEmpty, word.lowerBound >= sentence.range.lowerBound else { return false }
      let key = sentence.text.key(word)
      if words.contains(key) { return true }
      guard fillers.contains(key) else { return false }
      place = word.lowerBound
    }
    return false
  }

  private static func sameUnit(_ x: NumberToken, _ y: NumberToken, _ sentence: NumberSentence) -> Bool {
    let text = sentence.text
    let first = text.word(from: x.range.upperBound)
    let second = text.word(from: y.range.upperBound)
    guard !first.isEmpty, !second.isEmpty else { return true }
    let (one, other) = (text.key(first), text.key(second))
    // "from three days to two weeks": units of time differ in kind.
    if units.contains(one) || units.contains(other) {
      return one == other || to.contains(one) || !units.contains(other) || !units.contains(one)
    }
    return true
  }

  private static let units = KeyedWords<Bool>.keys([
    "second", "seconds", "minute", "minutes", "hour", "hours", "day", "days", "week", "weeks", "month",
    "months", "year", "years",
    "km", "kilometres", "kilometers", "metres", "meters", "miles", "cents", "cm", "mm", "m", "kg", "g",
    "grams", "tonnes", "tons", "gb", "mb", "tb",
    "دقيقة", "دقائق", "ساعة", "ساعات", "يوم", "أيام", "يوما", "أسبوع", "أسابيع", "شهر", "أشهر", "شهرا", "سنة",
    "سنوات", "عام", "أعوام", "عاما", "متر", "كيلومتر", "غرام",
  ])

  private static func percentage(
    _ x: NumberToken, _ y: NumberToken, _ pair: Range<Int>, _ sentence: NumberSentence
  ) -> Finding? {
    let text = sentence.text
    let others = sentence.tokens.filter { $0.isPercent && !pair.overlaps($0.range) }
    guard others.count == 1, let stated = others.first, stated.number > 0 else { return nil }
    let before = text.word(before: stated.range.lowerBound)
    let after = text.word(from: stated.range.upperBound)
    let isBracketed = text[text.skipSpaces(backFrom: stated.range.lowerBound) - 1] == 0x28
    let isBy = isMarked(stated, by: by, sentence)
    let isChange = !after.isEmpty && (up.contains(text.key(after)) || down.contains(text.key(after)))
    let isVerb = !before.isEmpty && (up.contains(text.key(before)) || down.contains(text.key(before)))
    var noun = before
    if !before.isEmpty, text.key(before) == of { noun = text.word(before: before.lowerBound) }
    let isNoun = !noun.isEmpty && changes.contains(text.key(noun))
    guard
      isBracketed && abs(stated.range.lowerBound - pair.upperBound) < 30 || isBy || isChange || isVerb
        || isNoun
    else { return nil }
    let difference = abs(y.value - x.value)
    let real = 100 * difference / x.value
    // What the rounding of the two numbers allows.
    let slack =
      100 * (x.rounding + y.rounding) / x.value * (1 + real / 100) + stated.rounding + max(0.6, real * 0.03)
    if abs(stated.number - real) <= slack { return nil }
    if x.isPercent || !after.isEmpty && points.contains(text.key(after)),
      abs(stated.number - difference) <= x.rounding + y.rounding + stated.rounding + 0.05
    {
      return nil
    }
    // "fell to a fifth, down 80 per cent": the share that is left.
    if abs(stated.number - 100 * y.value / x.value) <= slack { return nil }
    return Finding(
      place: stated.range, stated: NumberSentence.shown(stated.number),
      real: NumberSentence.shown((real * 10).rounded() / 10),
      isDirection: false)
  }

  private static func factor(
    _ x: NumberToken, _ y: NumberToken, _ pair: Range<Int>, _ sentence: NumberSentence
  ) -> Finding? {
    let text = sentence.text
    let context =
      max(
        sentence.range.lowerBound, pair.lowerBound - 70)..<min(
        sentence.range.upperBound, pair.upperBound + 50)
    let ratio = y.value / x.value
    var at = context.lowerBound
    var previous: [UInt64] = []
    while at < context.upperBound {
      let word = text.word(at: at)
      guard !word.isEmpty else {
        at += 1
        continue
      }
      at = word.upperBound
      let key = text.key(word)
      defer { previous.append(key) }
      guard var factor = factors[key] ?? (key == half && previous.last.map(to.contains) == true ? 0.5 : nil)
      else { continue }
      let isArabic = arabicDouble.contains(key)
      let next = text.word(from: word.upperBound)
      if isArabic, !next.isEmpty, let count = times[text.key(next)] {
        let unit = text.word(from: next.upperBound)
        if !unit.isEmpty, fold.contains(text.key(unit)) { factor = count }
      }
      let modifiers = previous.suffix(2)
      var low = 0.87
      var high = isArabic ? 1_000 : 1.3
      if modifiers.contains(where: more.contains) {
        low = 0.97
        high = isArabic ? 1_000 : 1.8
      } else if modifiers.contains(where: nearly.contains) {
        low = 0.78
        high = 1.15
      }
      if factor < 1 { (low, high) = (0.75, 1.2) }
      if ratio < factor * low || ratio > factor * high {
        return Finding(
          place: word.lowerBound < pair.lowerBound
            ? word.lowerBound..<pair.upperBound : pair.lowerBound..<word.upperBound,
          stated: text.string(word), real: NumberSentence.shown((ratio * 100).rounded() / 100),
          isDirection: false)
      }
      return nil
    }
    return nil
  }

  private static func direction(
    _ x: NumberToken, _ y: NumberToken, _ pair: Range<Int>, _ sentence: NumberSentence
  ) -> Finding? {
    guard x.value != y.value, x.scale == y.scale || x.scale > 1 && y.scale > 1 else { return nil }
    let context = max(sentence.range.lowerBound, pair.lowerBound - 44)..<pair.lowerBound
    let rises = sentence.holdsAny(up, in: context)
    let falls = sentence.holdsAny(down, in: context)
    guard rises != falls, !sentence.holdsAny(rises ? down : up, in: sentence.range) else { return nil }
    guard rises ? y.value < x.value : y.value > x.value else { return nil }
    return Finding(
      place: pair, stated: NumberSentence.shown(x.value), real: NumberSentence.shown(y.value),
      isDirection: true)
  }
}

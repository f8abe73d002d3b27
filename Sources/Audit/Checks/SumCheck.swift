/// Parts that do not add up: "12 men, 15 women and 20 children, a total of 50"; shares with a rest; "45 of 60 (80%)".
enum SumCheck {
  private static let totals = KeyedWords<Bool>.keys([
    "total", "totalling", "totaling", "totalled", "totaled", "totals", "sum", "altogether", "combined",
    "المجموع", "مجموع",
    "بمجموع", "مجموعه", "مجموعها", "مجموعهم", "ومجموعها", "ومجموعهم", "ومجموعه", "بمجموعه", "الإجمالي",
    "إجمالي", "بإجمالي", "إجماليه",
    "إجماليها", "وإجماليها", "إجمالا", "والمجموع", "والإجمالي", "فالمجموع", "بالمجموع", "مجتمعة", "لمجموع",
    "وبمجموع", "وبإجمالي",
  ])
  /// The total of more than the sentence: a running count.
  private static let running = KeyedWords<Bool>.keys([
    "bringing", "brings", "brought", "raising", "raised", "raises", "taking", "cumulative", "so", "since",
    "overall", "record",
    "ليرتفع", "ليصل", "لترتفع", "ليبلغ", "وبذلك", "منذ", "التراكمي", "حتى", "including", "excluding", "بينهم",
    "بينها", "منهم", "منها", "more", "than",
    "about", "nearly", "almost", "over", "around", "approximately", "نحو", "حوالي", "قرابة", "أكثر", "يزيد",
    "average", "per", "each", "لكل",
  ])

  static func sum(_ sentence: NumberSentence) -> (place: Range<Int>, sum: Double, total: Double)? {
    let tokens = sentence.tokens
    guard tokens.count >= 3, tokens.count <= 14 else { return nil }
    guard let at = total(in: sentence), tokens[at].isYearLike || sentence.isQuantity(tokens[at]) else {
      return nil
    }
    let total = tokens[at]
    func isPart(_ token: NumberToken) -> Bool {
      sentence.isQuantity(token) && token.isPercent == total.isPercent
        && (token.currency == total.currency || token.currency == 0 || total.currency == 0)
    }
    // The list ends right before the total, or begins right after it.
    var parts: [NumberToken] = []
    var index = at - 1
    while index >= 0, isPart(tokens[index]) {
      if let last = parts.last {
        let gap = tokens[index].range.upperBound..<last.range.lowerBound
        guard sentence.joins(gap), sentence.keys(in: gap).count <= 7 else { break }
      }
      parts.append(tokens[index])
      index -= 1
    }
    if parts.count < 2 {
      parts = []
      index = at + 1
      while index < tokens.count, isPart(tokens[index]) {
        if let last = parts.last {
          let gap = last.range.upperBound..<tokens[index].range.lowerBound
          guard sentence.joins(gap), sentence.keys(in: gap).count <= 7 else { break }
        } else {
          // "a total of 62: 12 …", "62 in all (12 …"
          let gap = total.range.upperBound..<tokens[index].range.lowerBound
          guard gap.contains(where: { [0x3A, 0x28].contains(sentence.text[$0]) }) else { return nil }
        }
        parts.append(tokens[index])
        index += 1
      }
    }
    guard parts.count >= 2, !parts.contains(where: { $0.value >= total.value || $0.value <= 0 }) else {
      return nil
    }
    let sum = parts.reduce(0) { $0 + $1.value }
    let slack =
      parts.reduce(total.rounding) { $0 + ($1.decimals > 0 || $1.scale > 1 ? $1.rounding : 0) } * 1.01
    let allowed = total.decimals == 0 && total.scale == 1 && slack < 0.51 ? 0.01 : slack
    func agrees(_ value: Double) -> Bool { abs(value - total.value) <= allowed }
    if agrees(sum) || sum / total.value < 0.5 || sum / total.value > 2 { return nil }
    // Another reading of the list adds up: one number is not a part of it, or two are factors.
    for first in parts.indices {
      if agrees(sum - parts[first].value) { return nil }
      var part = 0.0
      for last in parts[first...].indices {
        part += parts[last].value
        if last > first, agrees(part) { return nil }
      }
    }
    if parts.count == 2, agrees(parts[0].value * parts[1].value) { return nil }
    return (total.range, sum, total.value)
  }

  /// The token that a word such as "total" makes the total.
  private static func total(in sentence: NumberSentence) -> Int? {
    let text = sentence.text
    var at = sentence.range.lowerBound
    while at < sentence.range.upperBound {
      let word = text.word(at: at)
      guard !word.isEmpty else {
        at += 1
        continue
      }
      at = word.upperBound
      guard totals.contains(text.key(word)) else { continue }
      let context =
        max(
          sentence.range.lowerBound, word.lowerBound - 40)..<min(
          sentence.range.upperBound, word.upperBound + 40)
      if sentence.holdsAny(running, in: context) { return nil }
      if let next = sentence.tokens.firstIndex(where: { $0.range.lowerBound >= word.upperBound }),
        sentence.keys(in: word.upperBound..<sentence.tokens[next].range.lowerBound).count <= 4
      {
        return next
      }
      if let last = sentence.tokens.lastIndex(where: { $0.range.upperBound <= word.lowerBound }),
        sentence.keys(in: sentence.tokens[last].range.upperBound..<word.lowerBound).count <= 4
      {
        return last
      }
    }
    return nil
  }

  // MARK: - shares

  private static let rest = KeyedWords<Bool>.keys([
    "remaining", "rest", "remainder", "الباقي", "والباقي", "المتبقي", "المتبقية", "والمتبقية", "البقية",
    "والبقية", "الباقية", "والباقون", "الباقون",
  ])
  private static let split = KeyedWords<Bool>.keys([
    "split", "divided", "breakdown", "ينقسم", "تنقسم", "انقسم", "انقسمت", "تتوزع", "يتوزع", "توزعت", "توزع",
    "موزعة", "موزعين", "مقسمة", "انقسموا",
  ])
  private static let respectively = KeyedWords<Bool>.keys([
    "respectively", "التوالي", "compared", "versus", "from", "rose", "fell", "مقارنة", "مقابل", "ارتفع",
    "انخفض",
  ])

  /// Shares of one whole that do not make a hundred.
  static func shares(_ sentence: NumberSentence) -> (place: Range<Int>, sum: Double)? {
    let shares = sentence.tokens.filter(\.isPercent)
    guard shares.count >= 2, shares.count <= 10, let last = shares.last, let first = shares.first else {
      return nil
    }
    guard !sentence.holdsAny(respectively, in: sentence.range) else { return nil }
    let sum = shares.reduce(0) { $0 + $1.number }
    let slack = shares.reduce(0.3) { $0 + $1.rounding }
    guard abs(sum - 100) > slack, sum > 55, sum < 190, !shares.contains(where: { $0.number >= 100 }) else {
      return nil
    }
    // Some of them make a hundred, and the others speak of something else.
    for start in shares.indices {
      var part = 0.0
      for share in shares[start...] {
        part += share.number
        if abs(part - 100) <= slack { return nil }
      }
    }
    // The rest stands beside the last share.
    let tail =
      max(
        sentence.range.lowerBound, shares[shares.count - 2].range.upperBound)..<min(
        sentence.range.upperBound, last.range.upperBound + 40)
    let head = sentence.range.lowerBound..<first.range.lowerBound
    guard sentence.holdsAny(rest, in: tail) || sentence.holdsAny(split, in: head) else { return nil }
    return (last.range, sum)
  }

  private static let fractions = KeyedWords<Double>([
    ("half", 50), ("quarter", 25), ("third", 100.0 / 3), ("fifth", 20), ("tenth", 10), ("thirds", 200.0 / 3),
    ("quarters", 75),
    ("نصف", 50), ("النصف", 50), ("ربع", 25), ("الربع", 25), ("ثلث", 100.0 / 3), ("الثلث", 100.0 / 3),
    ("خمس", 20), ("الخمس", 20),
    ("عشر", 10), ("العشر", 10), ("ثلثا", 200.0 / 3), ("ثلثي", 200.0 / 3), ("الثلثين", 200.0 / 3),
    ("أرباع", 75),
  ])

  /// "half (70%)": a fraction in words with a percentage in brackets that is another one.
  static func fraction(_ sentence: NumberSentence) -> (place: Range<Int>, stated: Double, words: Double)? {
    let text = sentence.text
    for token in sentence.tokens where token.isPercent {
      let open = text.skipSpaces(backFrom: token.range.lowerBound)
      guard text[open - 1] == 0x28 else { continue }
      var place = open - 1
      var words = 0
      // The noun may stand between: "half of the pupils (70%)".
      while words < 5 {
        let word = text.word(before: place)
        guard !word.isEmpty, word.lowerBound >= sentence.range.lowerBound else { break }
        if let whole = fractions[text.key(word)] {
          let context = sentence.keys(
            in: max(sentence.range.lowerBound, word.lowerBound - 24)..<word.lowerBound)
          let isLoose = context.contains(where: loose.contains)
          let key = text.key(word)
          if key == thirds || key == quarters, !context.contains(where: counts.contains) { return nil }
          if context.contains(where: halves.contains) { return nil }
          if abs(token.number - whole) > (isLoose ? 14 : 6) {
            return (word.lowerBound..<token.range.upperBound, token.number, whole)
          }
          return nil
        }
        words += 1
        place = word.lowerBound
      }
    }
    return nil
  }

  private static let thirds = KeyedWords<Bool>.key(of: "thirds")
  private static let quarters = KeyedWords<Bool>.key(of: "quarters")
  private static let counts = KeyedWords<Bool>.keys(["two", "three"])
  private static let halves = KeyedWords<Bool>.keys(["and", "second", "first", "last", "fourth", "a-half"])
  private static let loose = KeyedWords<Bool>.keys([
    "nearly", "almost", "more", "less", "than", "over", "under", "about", "around", "roughly", "أكثر", "أقل",
    "نحو", "حوالي", "قرابة", "من", "يقارب",
  ])

  private static let of = KeyedWords<Bool>.keys([
    "of", "out", "from", "among", "من", "أصل", "بين", "مجموع", "the", "all",
  ])

  /// "45 of 60 patients (80%)".
  static func ratio(_ sentence: NumberSentence) -> (place: Range<Int>, stated: Double, real: Double)? {
    let tokens = sentence.tokens
    guard tokens.count >= 3 else { return nil }
    for index in 0..<tokens.count - 2 {
      let (part, whole, share) = (tokens[index], tokens[index + 1], tokens[index + 2])
      guard share.isPercent, !part.isPercent, !whole.isPercent, part.isInteger, whole.isInteger,
        whole.value > part.value,
        whole.value >= 5, part.scale == 1, whole.scale == 1, sentence.isQuantity(part), !part.isOrdinal,
        !whole.isOrdinal
      else { continue }
      let first = sentence.keys(in: sentence.gap(after: index))
      // "45 of 60", «45 من 60», «30 بئرا من أصل 120»: in Arabic the counted noun may stand before.
      let text = sentence.text
      let isArabic = text[text.word(from: part.range.upperBound).lowerBound] >= 0x80
      guard (1...4).contains(first.count), of.contains(first[first.count - 1]),
        of.contains(first[0]) || isArabic && first.count > 1 && of.contains(first[1])
      else { continue }
      let second = sentence.gap(after: index + 1)
      let isBracketed = text[text.skipSpaces(backFrom: share.range.lowerBound) - 1] == 0x28
      let isSaid =
        sentence.joins(second.lowerBound..<second.upperBound)
        && sentence.keys(in: second).last.map(thatIs.contains) ?? false
      guard isBracketed || isSaid, sentence.keys(in: second).count <= 5 else { continue }
      let real = 100 * part.value / whole.value
      let slack = max(share.rounding * 1.05, real * 0.004) + (share.decimals == 0 ? 0.5 : 0.06)
      if abs(real - share.number) > slack { return (share.range, share.number, real) }
    }
    return nil
  }

  private static let thatIs = KeyedWords<Bool>.keys(["or", "أي", "نسبة", "بنسبة", "equals", "نسبته"])

  private static let people = KeyedWords<Bool>.keys([
    "people", "respondents", "voters", "students", "patients", "participants", "residents", "women", "men",
    "children", "adults",
    "workers", "employees", "households", "families", "schools", "population", "pupils", "users", "السكان",
    "المشاركين", "الطلاب", "المرضى", "الناخبين",
    "المستطلعين", "النساء", "الرجال", "الأطفال", "العمال", "الموظفين", "الأسر", "المدارس", "المواطنين",
    "المستخدمين",
  ])

  /// "120% of respondents": more of a group than there are.
  static func tooMuch(_ sentence: NumberSentence) -> (place: Range<Int>, value: Double)? {
    for token in sentence.tokens where token.isPercent && token.number > 100 {
      let keys = sentence.keys(
        in: token.range.upperBound..<min(sentence.range.upperBound, token.range.upperBound + 48), limit: 4)
      guard keys.count >= 2, of.contains(keys[0]),
        keys[1...].prefix(of.contains(keys[1]) ? 2 : 1).contains(where: people.contains)
      else { continue }
      return (token.range, token.number)
    }
    return nil
  }
}

import AuditCore

/// Whether the words around a name speak to a private person or of one: the sentence says "I" or "you", the name stands
/// alone above a number, or it is one of several first names in a row.
///
/// Asked only of names that rules of the category `privacy/mention` found. Decision record 0022.
enum PersonalContext {
  /// Names in running text: reported only in such a context or beside what `Linkage` joins to them.
  static let mentionCategory = "privacy/mention"

  /// - Parameters:
  ///   - text: the view of the batch; segments follow one another in it.
  ///   - segment: what the name stands in.
  static func holds(
    at place: Range<Int>, in text: UnsafeBufferPointer<UInt8>, segment: Range<Int>, language: Language
  ) -> Bool {
    isAddressed(place, text, segment, language) || standsAboveNumber(place, text, segment)
      || isOneOfFirstNames(place, text, segment)
  }

  // MARK: A sentence in the first or second person

  private static let english = ContextWords([
    "my", "me", "mine", "myself", "you", "your", "yours", "yourself", "My", "Me", "You", "Your", "I",
  ])

  private static let arabic = ContextWords([
    "أنا", "انا", "لي", "بي", "بك", "معي", "مني", "عندي", "لدي", "إلي", "عني", "أخبرني", "أنت", "انت",
    "أنتم", "لك", "لكم",
    "معك", "منك", "إليك", "إليكم", "اسمي", "حسابي", "رقمي", "عنواني", "هاتفي", "طلبي", "بطاقتي", "بيتي",
    "زوجتي",
    "زوجي", "ابني", "ابنتي", "أخي", "أختي", "والدي", "والدتي", "أبي", "أمي", "صديقي", "صديقتي", "جاري",
    "جارتي", "زميلي",
    "زميلتي", "طبيبي", "حضرتك", "حضرتكم", "سيادتك", "سيادتكم",
  ])

  /// Beside the name they make of it a source or a speaker in a report.
  private static let reporting = ContextWords([
    "said", "says", "told", "tells", "added", "tweeted", "wrote", "explained", "argued", "insisted",
    "claimed",
    "warned", "minister", "president", "senator", "judge", "chief", "coach", "manager", "captain", "singer",
    "author",
    "actor", "director", "leader", "chairman", "professor", "spokesman", "spokeswoman", "قال", "قالت", "وقال",
    "وقالت",
    "صرح", "صرحت", "أكد", "أكدت", "وأكد", "حدثنا", "حدثني", "أخبرنا", "روى", "أعلن", "أعلنت",
    "أضاف", "وأضاف", "الرئيس", "الوزير", "وزير",
    "رئيس", "النائب",
  ])

  /// Before the name they hand on what it told; behind it they begin what it told of.
  private static let handingOn = ContextWords(["عن", "وعن"])

  private static func isAddressed(
    _ place: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>, _ language: Language
  ) -> Bool {
    let readsEnglish = language == .en || language == .und
    let readsArabic = language == .ar || language == .und
    guard readsEnglish || readsArabic else { return false }
    // Classical Arabic writes whole pages without a stop.
    let range = Sentences.around(place, in: text, range: segment, reach: language == .ar ? 160 : 400)
    let start = (range.lowerBound..<place.lowerBound).last { isQuote(at: $0, text, segment) }
    let end = (place.upperBound..<range.upperBound).first { isQuote(at: $0, text, segment) }
    var isReported = false
    var isPersonal = false
    var last: UInt64 = 0
    ContextWords.forEach(in: text, (start ?? range.lowerBound)..<place.lowerBound) { key in
      last = key
      isPersonal =
        isPersonal || readsEnglish && english.contains(key) || readsArabic && arabic.contains(key)
    }
    if reporting.contains(last) || handingOn.contains(last) { return false }
    var isFirst = true
    ContextWords.forEach(in: text, place.upperBound..<(end ?? range.upperBound)) { key in
      if isFirst, reporting.contains(key) { isReported = true }
      isFirst = false
      isPersonal =
        isPersonal || readsEnglish && english.contains(key) || readsArabic && arabic.contains(key)
    }
    return isPersonal && !isReported
  }

  /// The last byte of a quotation mark: " “ ” « ».
  private static func isQuote(at index: Int, _ text: UnsafeBufferPointer<UInt8>, _ range: Range<Int>) -> Bool
  {
    switch text[index] {
    case 0x22: true
    case 0x9C, 0x9D: index - 2 >= range.lowerBound && text[index - 2] == 0xE2 && text[index - 1] == 0x80
    case 0xAB, 0xBB: index > range.lowerBound && text[index - 1] == 0xC2
    default: false
    }
  }

  // MARK: Alone on its line, above a house, a box or a telephone number

  private static let dates: Set<String> = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
    "november",
    "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "am",
    "pm",
    "min", "mins", "minutes", "hours", "days", "weeks", "months", "years", "ago", "comments", "replies",
    "views",
    "shares", "likes", "answers", "reviews", "followers", "posts", "يناير", "فبراير", "مارس", "أبريل", "مايو",
    "يونيو",
    "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر", "دقيقة", "دقائق", "ساعات", "أيام", "تعليق",
    "تعليقات",
  ]

  private static func standsAboveNumber(
    _ place: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>
  ) -> Bool {
    var start = place.lowerBound
    while start > segment.lowerBound, isMargin(text[start - 1]) { start -= 1 }
    guard start == segment.lowerBound || text[start - 1] == 0x0A else { return false }
    var end = place.upperBound
    while end < text.count, isMargin(text[end]) { end += 1 }
    guard end < text.count, text[end] == 0x0A else { return false }
    let below = String(decoding: text[end..<min(end + 120, text.count)], as: UTF8.self)
    for line in below.split(separator: "\n").prefix(4) where line.count <= 60 {
      let parts = line.split { !$0.isLetter && !$0.isNumber }
      if line.count(where: \.isNumber) >= 7, !parts.contains(where: { dates.contains($0.lowercased()) }) {
        return true
      }
      for (number, word) in zip(parts, parts.dropFirst())
      where number.allSatisfy(\.isNumber) && number.count <= 6 {
        guard let initial = word.first, initial.isUppercase, !dates.contains(word.lowercased()) else {
          continue
        }
        return true
      }
    }
    return false
  }

  private static func isMargin(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x3E || byte == 0x3F || byte == 0x2A || byte == 0x7C
      || byte == 0x0D
  }

  // MARK: "Hannah, Anthony, Derek and Anna"

  /// First names without surnames, at least three, with commas: a list of acquaintances, not of sources.
  private static func isOneOfFirstNames(
    _ place: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>
  ) -> Bool {
    guard hasComma(place, text, segment), isInRow(place, text, segment), !text[place].contains(0x20) else {
      return false
    }
    let from = max(segment.lowerBound, place.lowerBound - 80)
    let to = min(segment.upperBound, place.upperBound + 80)
    var count = 1
    // Behind: ", Derek" or " and Anna", each followed by a mark, "and" or the end.
    var rest = String(decoding: text[place.upperBound..<to], as: UTF8.self)[...]
    while let next = item(&rest) { if next { count += 1 } else { return false } }
    // Ahead, the same backwards.
    let head = String(decoding: text[from..<place.lowerBound], as: UTF8.self)
    var parts = head.split(separator: " ", omittingEmptySubsequences: false)
    guard parts.last == "" else { return count >= 3 }
    parts.removeLast()
    if parts.last == "and" || parts.last == "or" {
      parts.removeLast()
      guard let last = parts.popLast() else { return count >= 3 }
      guard isName(last.last == "," ? last.dropLast() : last) else { return count >= 3 }
      count += 1
    }
    while let last = parts.last, last.hasSuffix(","), isName(last.dropLast()) {
      count += 1
      parts.removeLast()
    }
    if let last = parts.last, count > 1, isName(last) { return false }
    return count >= 3
  }

  /// True when the next item of the list is one word, false when it is more; nil at the end of the list.
  private static func item(_ rest: inout Substring) -> Bool? {
    for joint in [", and ", ", ", " and ", " or "] where rest.hasPrefix(joint) {
      let tail = rest.dropFirst(joint.count)
      let name = tail.prefix { $0.isLetter }
      guard isName(name) else { return nil }
      rest = tail.dropFirst(name.count)
      let follower = rest.dropFirst().first
      return !(rest.first == " " && follower?.isUppercase == true)
    }
    return nil
  }

  private static func isName(_ word: some StringProtocol) -> Bool {
    word.count >= 2 && word.first?.isUppercase == true && word.allSatisfy(\.isLetter)
  }

  /// What joins the items of a list stands on one of its sides: without it there is no list, and nothing more to look at.
  private static func isInRow(
    _ place: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>
  ) -> Bool {
    func stands(_ joint: StaticString, at start: Int) -> Bool {
      let count = joint.utf8CodeUnitCount
      guard start >= segment.lowerBound, start + count <= segment.upperBound else { return false }
      return (0..<count).allSatisfy { text[start + $0] == joint.utf8Start[$0] }
    }
    let (start, end) = (place.lowerBound, place.upperBound)
    return stands(", ", at: end) || stands(" and ", at: end) || stands(" or ", at: end)
      || stands(", ", at: start - 2) || stands("and ", at: start - 4) || stands("or ", at: start - 3)
  }

  /// A comma, "and" or "or" follows the name or stands before it: asked first, because most names are in no list.
  private static func hasComma(
    _ place: Range<Int>, _ text: UnsafeBufferPointer<UInt8>, _ segment: Range<Int>
  ) -> Bool {
    let (start, end) = (place.lowerBound, place.upperBound)
    if end < segment.upperBound, text[end] == 0x2C { return true }
    if end + 1 < segment.upperBound, text[end] == 0x20, text[end + 1] == 0x61 || text[end + 1] == 0x6F {
      return true
    }
    guard start - 2 >= segment.lowerBound, text[start - 1] == 0x20 else { return false }
    return text[start - 2] == 0x2C || text[start - 2] == 0x64 || text[start - 2] == 0x72
  }
}

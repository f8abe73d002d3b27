/// Content words, shortened so that forms of one word meet: the first letters of an English word, an Arabic word without
/// its article and proclitics.
enum Stems {
  /// The stem of `word`; nil for function words and words too short to tell anything.
  static func key(_ word: Range<Int>, in text: CheckText) -> UInt64? {
    guard word.count >= 3 else { return nil }
    if text[word.lowerBound] < 0x80 {
      guard word.count >= 4, !functionWords.contains(text.key(word)) else { return nil }
      var end = word.upperBound
      // "banks", "bank's" and "banking" meet in "bank".
      if text[end - 1] == 0x73, word.count > 4 { end -= 1 }
      return text.key(word.lowerBound..<min(end, word.lowerBound + 6))
    }
    guard word.count >= 6, !functionWords.contains(text.key(word)) else { return nil }
    let start = arabicStart(word, in: text)
    guard word.upperBound - start >= 6, !functionWords.contains(text.key(start..<word.upperBound)) else {
      return nil
    }
    return text.key(start..<min(word.upperBound, start + 8))
  }

  /// The first four bytes of the stems of a text, as bits: every stem has as many.
  struct Heads {
    private var bits: [UInt64] = []

    /// Of no text: no word may be there.
    init() {}

    init(of text: CheckText) {
      bits = [UInt64](repeating: 0, count: 64)
      var at = text.range.lowerBound
      while at < text.range.upperBound {
        let word = text.word(at: at)
        if let place = Self.place(word, in: text) { bits[place >> 6] |= 1 << UInt64(place & 63) }
        at = max(at + 1, word.upperBound)
      }
    }

    /// False when the stem of `word` is none of the text.
    @inline(__always)
    func mayHold(_ word: Range<Int>, in text: CheckText) -> Bool {
      guard !bits.isEmpty, let place = Self.place(word, in: text) else { return false }
      return bits[place >> 6] & 1 << UInt64(place & 63) != 0
    }

    /// 0..<4096; nil for a word too short to have a stem.
    @inline(__always)
    private static func place(_ word: Range<Int>, in text: CheckText) -> Int? {
      guard word.count >= 4 else { return nil }
      var start = word.lowerBound
      if text[start] >= 0x80 {
        guard word.count >= 6 else { return nil }
        start = Stems.arabicStart(word, in: text)
      }
      let head =
        UInt32(text[start]) | UInt32(text[start + 1]) << 8 | UInt32(text[start + 2]) << 16
        | UInt32(text[start + 3]) << 24
      return Int(truncatingIfNeeded: (head &* 0x9E37_79B1) >> 20)
    }
  }

  /// Past و ف ب ل ك and ال, as long as three letters are left.
  static func arabicStart(_ word: Range<Int>, in text: CheckText) -> Int {
    var start = word.lowerBound
    func isLetter(_ low: UInt8, _ at: Int) -> Bool { text[at] == 0xD9 && text[at + 1] == low }
    // و U+0648, ف U+0641, ب U+0628, ل U+0644, ك U+0643
    if word.upperBound - start >= 8, isLetter(0x88, start) || isLetter(0x81, start),
      followsArticle(start + 2, word, text) || word.count >= 10
    {
      start += 2
    }
    if word.upperBound - start >= 10, text[start] == 0xD8 && text[start + 1] == 0xA8 || isLetter(0x83, start),
      isArticle(start + 2, text)
    {
      start += 2
    }
    if word.upperBound - start >= 10, isArticle(start, text) { return start + 4 }
    if word.upperBound - start >= 10, isLetter(0x84, start), isLetter(0x84, start + 2) { return start + 4 }
    return start
  }

  private static func isArticle(_ at: Int, _ text: CheckText) -> Bool {
    text[at] == 0xD8 && text[at + 1] == 0xA7 && text[at + 2] == 0xD9 && text[at + 3] == 0x84
  }

  private static func followsArticle(_ at: Int, _ word: Range<Int>, _ text: CheckText) -> Bool {
    at < word.upperBound
      && (isArticle(at, text) || text[at] == 0xD8 && text[at + 1] == 0xA8 && isArticle(at + 2, text))
  }

  /// A counted noun in any of its forms: «عامل», «عاملا» and «عمال» meet.
  static func noun(_ word: Range<Int>, in text: CheckText) -> UInt64? {
    guard word.count >= 3, !grammar.contains(text.key(word)) else { return nil }
    if text[word.lowerBound] < 0x80 {
      var end = word.upperBound
      if text.holds("men", at: end - 3), word.count > 3 { return text.key(word.lowerBound..<end - 3) }
      if text.holds("man", at: end - 3), word.count > 3 { return text.key(word.lowerBound..<end - 3) }
      if text.holds("ies", at: end - 3) {
        end -= 3
      } else if text[end - 1] == 0x73 {
        end -= 1
      } else if text[end - 1] == 0x79 {
        end -= 1
      }
      if text[end - 1] == 0x65, end - word.lowerBound > 3 { end -= 1 }
      return text.key(word.lowerBound..<end)
    }
    var end = word.upperBound
    let start = arabicStart(word, in: text)
    // ين ون ات, ا, ه at the end; ا و ي inside.
    if end - start >= 10,
      text.holds("ين", at: end - 4) || text.holds("ون", at: end - 4) || text.holds("ات", at: end - 4)
    {
      end -= 4
    }
    if end - start >= 8, text.holds("ا", at: end - 2) || text.holds("ه", at: end - 2) { end -= 2 }
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    var at = start
    while at < end {
      let isWeak =
        text[at] == 0xD8 && text[at + 1] == 0xA7
        || text[at] == 0xD9 && (text[at + 1] == 0x88 || text[at + 1] == 0x8A)
      if !isWeak || at == start {
        hash = (hash ^ UInt64(text[at])) &* 0x100_0000_01B3
        if at + 1 < end { hash = (hash ^ UInt64(text[at + 1])) &* 0x100_0000_01B3 }
      }
      at += 2
    }
    return hash
  }

  /// What follows a number without being counted.
  private static let grammar = KeyedWords<Bool>.keys(
    "the and for that this with from have has had was were will would are not but which who than other more most such also only said out its his her their they of in on at by to or as is it if so per max min من في على إلى عن مع هذا هذه التي الذي كان كانت قد أو ثم لكن بعد قبل منذ خلال بين حتى وفي ومن وعلى وكان وكانت وهو وهي وقال"
      .split(separator: " ").map(String.init))

  static let functionWords = KeyedWords<Bool>.keys(
    ("the and for that this with from have has had was were will would could should may might can been being are is not but which who whom what when where why how their there they them then than these those his her hers its our your you she him into onto over under after before about above below between through during against without within also only just more most much many some such very each every both other another same said says say told tells reported reports according new first last year years month months week weeks day days today now still even ever while because since until upon like made make makes take takes took get gets got give gives "
      + "employs employ employed holds hold held hosts host hosted includes include included stands stood reached reaches reach counts counted numbers numbered contains contained covers covered serves served keeps kept runs produces produced sells sold "
      + "من إلى على عن في مع هذا هذه ذلك تلك التي الذي الذين اللذين التى ما لا لم لن قد كان كانت كانوا يكون تكون أن إن أنه أنها إنه إنها هو هي هم هن نحن أنا ثم أو أم بل لكن حتى منذ خلال بعد قبل عند عندما بين كل بعض غير سوى أي أيضا فقط حيث كما مثل حول ضد دون لدى عبر نحو وقال قال قالت وقالت يقول أكد وأكد أعلن أعلنت ذكر أضاف وأضاف وذلك وقد ولم ولا وهو وهي ومن وفي وعلى إذا لأن فإن وإن وأن "
      + "يعمل تعمل يضم تضم يبلغ تبلغ بلغ بلغت وصل وصلت يصل يشمل تشمل يستوعب تستوعب يخدم تخدم عددهم عدد يوظف توظف ينتج تنتج لديه لديها فيه فيها به بها له لها عليه عليها يوجد توجد هناك")
      .split(separator: " ").map(String.init))
}

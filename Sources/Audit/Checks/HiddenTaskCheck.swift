import AuditCore

/// Questions and tasks out of readers' sight that have nothing to do with their page: "Explain the theory of relativity."
/// in a comment of a page about tea.
///
/// A run is a candidate when the whole of it is one question or request, to nobody in particular. It is reported when at
/// most two in three of its words stand anywhere else in the page, scripts included: what a hidden menu, form or answer
/// asks belongs to its page, whose words it shares. The page is read again only when there is a candidate.
struct HiddenTaskCheck {
  private struct Candidate {
    let ticket: Int
    /// How often each word stands in the candidate itself.
    var stems: [UInt64: Int] = [:]
  }

  private var candidates: [Candidate] = []

  private static let limit = 64
  /// Bytes of the view: Arabic letters take two.
  private static let lengths = 14...640
  /// A larger page is not compared.
  private static let pageLimit = 8 << 20

  mutating func take(
    _ text: CheckText, of segment: Segment, index: Int, lastTicket: inout Int, into places: inout [CheckPlace]
  ) {
    guard Self.isAside(segment), Self.lengths.contains(text.range.count), candidates.count < Self.limit,
      Self.isTask(text)
    else { return }
    lastTicket += 1
    var candidate = Candidate(ticket: lastTicket)
    Self.forEachStem(of: text) { candidate.stems[$0, default: 0] += 1 }
    guard candidate.stems.count >= 2 else { return }
    candidates.append(candidate)
    places.append(CheckPlace(check: .hiddenTask, segment: index, folded: text.range, ticket: lastTicket))
  }

  /// By ticket: the candidates that are strangers in `document`.
  func settled(in document: Document) -> [Int: [String: String]] {
    guard !candidates.isEmpty, document.bytes.count <= Self.pageLimit else { return [:] }
    var counts: [UInt64: Int] = [:]
    for candidate in candidates { for stem in candidate.stems.keys { counts[stem] = 0 } }
    let folded = FoldedText.folded(String(decoding: document.bytes, as: UTF8.self))
    folded.withUnsafeBufferPointer { bytes in
      Self.forEachStem(of: CheckText(bytes: bytes, range: 0..<bytes.count)) { stem in
        if let count = counts[stem] { counts[stem] = count + 1 }
      }
    }
    var strangers: [Int: [String: String]] = [:]
    for candidate in candidates {
      let shared = candidate.stems.count { (counts[$0.key] ?? 0) > $0.value }
      if shared * 3 <= candidate.stems.count * 2 { strangers[candidate.ticket] = [:] }
    }
    return strangers
  }

  /// Out of sight, and no heading: hidden sections of a page ask their own readers there.
  private static func isAside(_ segment: Segment) -> Bool {
    guard segment.role != .heading, segment.role != .headline else { return false }
    return switch segment.channel {
    case .attribute, .alt, .comment, .jsonLD, .metadata, .formValue, .template, .noscript: true
    case .text: segment.visibility == .hidden
    case .script, .style, .url, .source: false
    }
  }

  private static func forEachStem(of text: CheckText, _ body: (UInt64) -> Void) {
    var at = text.range.lowerBound
    while at < text.range.upperBound {
      let word = text.word(at: at)
      if word.isEmpty {
        at += 1
        continue
      }
      at = word.upperBound
      // "!important" of a style, "!open" of a program: no words of the page.
      if word.lowerBound > text.range.lowerBound, text[word.lowerBound - 1] == 0x21 { continue }
      if let stem = Stems.key(word, in: text) { body(stem) }
    }
  }

  // MARK: what a task looks like

  private static func isTask(_ text: CheckText) -> Bool {
    // Both ends first: few attributes and comments have them.
    guard endsSentence(text), beginsTask(text) else { return false }
    var words: [UInt64] = []
    var quoted = false
    var spaces = 0
    var at = text.range.lowerBound
    var speaksToReader = false
    var asks = false
    while at < text.range.upperBound {
      let byte = text[at]
      if byte == 0x0A || byte == 0x3C || byte == 0x7B { return false }
      // A call in a style or a program: "translate(4)".
      if byte == 0x28, CheckText.isLetter(text[at - 1]) { return false }
      if byte == 0x20 { spaces += 1 }
      // ؟ is D8 9F.
      if byte == 0x3F || byte == 0x9F && text[at - 1] == 0xD8 { asks = true }
      // What is quoted is material of the task.
      if byte == 0x27 || byte == 0x22 {
        if !quoted { quoted = text[at - 1] == 0x20 } else if text.word(at: at + 1).isEmpty { quoted = false }
      }
      let word = text.word(at: at)
      guard !word.isEmpty else {
        at += 1
        continue
      }
      let key = text.key(word)
      if words.count < 4 { words.append(key) }
      if !quoted, readerWords.contains(key), !(words.count <= 3 && asksPolitely(words.suffix(2))) {
        speaksToReader = true
      }
      at = word.upperBound
    }
    guard spaces >= 2, !speaksToReader, let first = words.first else { return false }
    var start = words[...]
    if polite.contains(first) { start = words.dropFirst() }
    guard let verb = start.first else { return false }
    if questions.contains(verb) { return asks }
    if tasks.contains(verb) { return true }
    guard start.count >= 2 else { return false }
    return asksPolitely(start.prefix(2)) || pairs[verb] == start[start.startIndex + 1]
  }

  /// The first word, or the one behind "please", may begin a question or a request.
  private static func beginsTask(_ text: CheckText) -> Bool {
    var isPolite = false
    var at = text.range.lowerBound
    while at < text.range.upperBound {
      let word = text.word(at: at)
      guard !word.isEmpty else {
        at += 1
        continue
      }
      at = word.upperBound
      let key = text.key(word)
      if !isPolite, polite.contains(key) {
        isPolite = true
        continue
      }
      return questions.contains(key) || tasks.contains(key) || modals.contains(key) || pairs[key] != nil
    }
    return false
  }

  /// "can you", "how do you say": the second person of a request.
  private static func asksPolitely(_ words: ArraySlice<UInt64>) -> Bool {
    guard let first = words.first, let last = words.last, words.count == 2 else { return false }
    return modals.contains(first) && last == you
  }

  private static let you = KeyedWords<Bool>.key(of: "you")

  /// Ends in a full stop, a question mark, an exclamation mark or a quotation.
  private static func endsSentence(_ text: CheckText) -> Bool {
    var at = text.range.upperBound - 1
    while at > text.range.lowerBound, [0x20, 0x22, 0x27, 0x29].contains(text[at]) || isClosingSign(text, at) {
      at -= text[at] < 0x80 ? 1 : (text[at - 1] < 0xC0 ? 3 : 2)
    }
    switch text[at] {
    case 0x3F, 0x2E, 0x21: return true
    case 0x9F where text[at - 1] == 0xD8: return true  // ؟
    default: return at < text.range.upperBound - 1
    }
  }

  /// » ” ’ at their last byte.
  private static func isClosingSign(_ text: CheckText, _ at: Int) -> Bool {
    text[at] == 0xBB && text[at - 1] == 0xC2
      || (text[at] == 0x9D || text[at] == 0x99) && text[at - 1] == 0x80 && text[at - 2] == 0xE2
  }

  private static let polite = KeyedWords<Bool>.keys(["please", "now", "also", "then", "فضلا", "رجاء", "الآن"])
  private static let modals = KeyedWords<Bool>.keys(["can", "could", "would", "do"])
  private static let questions = KeyedWords<Bool>.keys([
    "what", "who", "how", "why", "when", "where", "which", "is", "are", "does", "ما", "ماذا", "من", "كيف",
    "لماذا", "متى",
    "أين", "هل", "كم", "أي",
  ])
  private static let tasks = KeyedWords<Bool>.keys([
    "explain", "describe", "write", "draft", "compose", "develop", "provide", "translate", "summarize",
    "summarise",
    "analyze", "analyse", "determine", "classify", "suggest", "recommend", "list", "generate", "design",
    "outline",
    "compare", "calculate", "compute", "solve", "define", "discuss", "identify", "convert", "encode",
    "decode", "encrypt",
    "rewrite", "paraphrase", "rank", "evaluate", "estimate", "predict", "create", "replace", "reverse",
    "scramble",
    "اشرح", "صف", "اكتب", "لخص", "ترجم", "حلل", "حدد", "قدم", "اقترح", "أنشئ", "ألف", "صمم", "قارن", "احسب",
    "عرف",
    "ناقش", "عدد", "اذكر", "وضح", "فسر", "صنف", "استخرج", "رتب", "أوص", "رشح", "حول", "شفر", "استبدل", "اعكس",
    "قيم",
    "أعط", "أعطني", "أخبرني", "ساعدني", "أظهر",
  ])
  private static let pairs = KeyedWords<UInt64>(
    [("break", "down"), ("show", "me"), ("help", "me"), ("tell", "me"), ("give", "me"), ("find", "me")].map {
      ($0.0, KeyedWords<Bool>.key(of: $0.1))
    })
  /// A form, a shop or a help page that speaks to its reader, and the controls of a page.
  private static let readerWords = KeyedWords<Bool>.keys([
    "you", "your", "we", "our", "us", "click", "tap", "press", "hit", "ctrl", "drag", "scroll", "cookie",
    "cookies",
    "لك", "لكم", "لديك", "لدينا", "معنا", "لنا", "تبحث", "تريد", "ترغب", "مساعدتك", "نساعدك", "حسابك",
    "بريدك", "اضغط",
    "انقر",
  ])
}

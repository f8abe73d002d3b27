package import AuditCore

/// Makes a document of delivered bytes: finds their encoding and turns them into UTF-8.
package struct Decoder: Sendable {
  /// Byte order mark over a declaration from outside (`declaredCharset`, an HTTP header) over the document's
  /// own over valid UTF-8 over detection by letters. A declaration that the bytes contradict is not believed,
  /// and said so in a problem that leaves no gap.
  ///
  /// `source` becomes the document's bytes without a copy when it is UTF-8 without a byte order mark. Cost:
  /// one pass over UTF-8; a second one and a copy for the rest.
  ///
  /// - Parameter format: when it is nil, it is detected (`Detection`); what is no text at all is read as
  /// text.
  package static func document(
    path: String, source: consuming [UInt8], format: Format? = nil, declaredCharset: String? = nil
  ) -> (Document, [Problem]) {
    let source = source
    let format = format ?? Detection.format(of: source, path: path).format ?? .text
    let choice = choose(source, format: format, declaredCharset: declaredCharset, path: path)
    var problems = choice.problems
    let encoding = Encoding(
      name: choice.name, evidence: choice.evidence, contradictedLabel: choice.contradictedLabel)
    if choice.name == "utf-8" {
      if choice.markLength == 0 {
        return (Document(path: path, format: format, encoding: encoding, bytes: source), problems)
      }
      var map = OffsetMap<DocumentSpace, SourceSpace>()
      map.appendVerbatim(output: 0, input: choice.markLength)
      let bytes = Array(source.dropFirst(choice.markLength))
      return (Document(path: path, format: format, encoding: encoding, bytes: bytes, decoding: map), problems)
    }
    guard let text = LegacyDecoders.decode(source, from: choice.name, skipping: choice.markLength) else {
      problems.append(.noTable(path, choice.name))
      return (Document(path: path, format: format, encoding: encoding, bytes: source), problems)
    }
    if choice.name == "replacement" {
      problems.append(.refusedEncoding(path))
    } else if text.replacementCount > 0 {
      problems.append(.undecodableBytes(path, count: text.replacementCount, encoding: choice.name))
    }
    // All ASCII: the bytes stand for themselves.
    let isSame = text.bytes.count == source.count && text.map.count <= 1 && choice.isASCII
    return (
      Document(
        path: path, format: format, encoding: encoding, bytes: isSame ? source : text.bytes,
        decoding: isSame ? nil : text.map), problems
    )
  }

  private struct Choice {
    var name: String
    var evidence: Encoding.Evidence
    var markLength = 0
    var isASCII = false
    var contradictedLabel: String?
    var problems: [Problem] = []
  }

  private static func choose(
    _ source: [UInt8], format: Format, declaredCharset: String?, path: String
  ) -> Choice {
    if source.starts(with: [0xEF, 0xBB, 0xBF]) {
      return Choice(name: "utf-8", evidence: .byteOrderMark, markLength: 3)
    }
    if source.starts(with: [0xFF, 0xFE]) {
      return Choice(name: "utf-16le", evidence: .byteOrderMark, markLength: 2)
    }
    if source.starts(with: [0xFE, 0xFF]) {
      return Choice(name: "utf-16be", evidence: .byteOrderMark, markLength: 2)
    }
    let check = UTF8Check(source)
    if let outside = declaredCharset.flatMap({ EncodingLabels.name(for: $0) }) {
      return believed(outside, .transport, source, check, path)
    }
    if let name = UTF16Pattern.name(source) { return Choice(name: name, evidence: .detected) }
    if format == .html, let inside = EncodingDeclaration.name(in: source) {
      return believed(inside, .declaration, source, check, path)
    }
    if check.isValid { return Choice(name: "utf-8", evidence: .valid, isASCII: check.isASCII) }
    // A browser that meets the declaration late decodes the page again.
    if format == .html, let inside = EncodingDeclaration.name(in: source, limit: 64 << 10) {
      return believed(inside, .declaration, source, check, path)
    }
    if isDamagedUTF8(check) { return Choice(name: "utf-8", evidence: .detected) }
    let letters = LetterEvidence(source)
    var choice = Choice(name: letters.best, evidence: .detected)
    // Letters of Western texts stand between ASCII letters; words of other letters may be of any script.
    if letters.best == "windows-1252" ? letters.hasWord || letters.longestRun > 3 : letters.arabic == nil {
      choice.problems = [.guessed(path, letters.best)]
    }
    return choice
  }

  /// UTF-8 with some bytes that are not: a cut, a byte from elsewhere.
  private static func isDamagedUTF8(_ check: UTF8Check) -> Bool { check.sequences > check.invalidBytes }

  /// The declared encoding, unless the bytes say otherwise beyond doubt.
  private static func believed(
    _ name: String, _ evidence: Encoding.Evidence, _ source: [UInt8], _ check: UTF8Check, _ path: String
  ) -> Choice {
    var choice = Choice(name: name, evidence: evidence, isASCII: check.isASCII)
    if check.isASCII, !["utf-16le", "utf-16be", "iso-2022-jp"].contains(name) { return choice }
    var actual: String?
    if name == "utf-8" {
      if !check.isValid, !isDamagedUTF8(check) {
        let letters = LetterEvidence(source)
        if let arabic = letters.arabic {
          actual = arabic
        } else if check.sequences == 0, letters.windows1252 > 0.9 {
          actual = "windows-1252"
        }
      }
    } else if check.isValid, isUTF8ByChance(name, check) == false {
      actual = "utf-8"
    } else if name == "windows-1252", !check.isValid, check.invalidBytes >= 16 {
      let letters = LetterEvidence(source)
      if letters.windows1256 > 1, letters.windows1252 < 0.5 { actual = letters.arabic }
    }
    if let actual {
      choice.name = actual
      choice.evidence = actual == "utf-8" ? .valid : .detected
      choice.contradictedLabel = name
      choice.problems = [.labelContradicted(path, label: name, actual: actual)]
    }
    return choice
  }

  /// Whether valid UTF-8 may still be text of the encoding `name`: a few letters may be, a page full of them
  /// is not. Pairs of bytes are valid more often, so more of them are asked for.
  private static func isUTF8ByChance(_ name: String, _ check: UTF8Check) -> Bool {
    if name.hasPrefix("utf-16") || name == "iso-2022-jp" { return check.sequences < 16 }
    let isSingleByte = SingleByteTables.byName[name] != nil || name == "iso-8859-8-i"
    return check.sequences < (isSingleByte ? 4 : 16)
  }
}

/// UTF-16 without a byte order mark: every second byte is 0, or that of the Arabic block.
enum UTF16Pattern {
  static func name(_ source: [UInt8]) -> String? {
    let end = min(source.count, 4_096) & ~1
    guard end >= 4 else { return nil }
    var zeros = (even: 0, odd: 0)
    var blocks = (even: 0, odd: 0)
    var at = 0
    while at < end {
      if source[at] == 0 { zeros.even += 1 }
      if source[at + 1] == 0 { zeros.odd += 1 }
      if source[at] == 0 || source[at] == 6 { blocks.even += 1 }
      if source[at + 1] == 0 || source[at + 1] == 6 { blocks.odd += 1 }
      at += 2
    }
    let pairs = end / 2
    if zeros.odd > 0, blocks.odd * 10 >= pairs * 8, zeros.even * 20 <= pairs { return "utf-16le" }
    if zeros.even > 0, blocks.even * 10 >= pairs * 8, zeros.odd * 20 <= pairs { return "utf-16be" }
    return nil
  }
}

extension Problem {
  fileprivate static func labelContradicted(_ path: String, label: String, actual: String) -> Problem {
    Problem(
      .undecodable, path: path,
      message: LocalizedText(
        en: "The page says \(label), its bytes are \(actual); it was read as \(actual).",
        ar: "تقول الصفحة إن ترميزها \(label)، لكن بايتاتها بترميز \(actual)، فقُرئت بهذا الترميز."),
      leavesGap: false)
  }

  fileprivate static func guessed(_ path: String, _ encoding: String) -> Problem {
    Problem(
      .undecodable, path: path,
      message: LocalizedText(
        en:
          "The encoding is stated nowhere and was guessed to be \(encoding), so the text that was examined may be "
          + "wrong. Convert the file to UTF-8 to be sure.",
        ar:
          "لا يُذكر ترميز هذا الملف، فقُدّر أنه \(encoding)، وقد يكون النص المفحوص غير صحيح. حوّله إلى UTF-8 للتأكد."
      ),
      leavesGap: false)
  }

  fileprivate static func undecodableBytes(_ path: String, count: Int, encoding: String) -> Problem {
    Problem(
      .undecodable, path: path,
      message: LocalizedText(
        en: "\(count) bytes stand for no character of \(encoding) and were read as U+FFFD.",
        ar: "عدد \(count) من البايتات لا يقابل أي حرف في ترميز \(encoding)، فقُرئ كل منها U+FFFD."),
      leavesGap: false)
  }

  fileprivate static func refusedEncoding(_ path: String) -> Problem {
    Problem(
      .undecodable, path: path,
      message: LocalizedText(
        en:
          "The page declares an encoding that browsers refuse to decode; only its ASCII characters were examined. "
          + "Convert it to UTF-8 and run the audit again.",
        ar: "تصرح الصفحة بترميز ترفض المتصفحات قراءته، ففُحصت حروف ASCII فقط. حوّلها إلى UTF-8 ثم أعد التدقيق.")
    )
  }

  fileprivate static func noTable(_ path: String, _ encoding: String) -> Problem {
    Problem(
      .undecodable, path: path,
      message: LocalizedText(
        en: "This machine has no table for the encoding \(encoding); only ASCII characters were examined. "
          + "Convert the file to UTF-8 and run the audit again.",
        ar:
          "لا يوجد في هذا الجهاز جدول للترميز \(encoding)، ففُحصت حروف ASCII فقط. حوّل الملف إلى UTF-8 ثم أعد التدقيق."
      ))
  }
}

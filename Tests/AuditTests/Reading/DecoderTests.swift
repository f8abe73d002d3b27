import Audit
import AuditCore
import Foundation
import Testing

@Suite struct DecoderTests {
  private func decode(
    _ bytes: [UInt8], _ format: Format = .html, charset: String? = nil
  ) -> (document: Document, problems: [Problem]) {
    let (document, problems) = Decoder.document(
      path: "p", source: bytes, format: format, declaredCharset: charset)
    return (document, problems)
  }

  private func text(_ document: Document) -> String { String(decoding: document.bytes, as: UTF8.self) }

  /// "السلام" in windows-1256.
  private let salam1256: [UInt8] = [0xC7, 0xE1, 0xD3, 0xE1, 0xC7, 0xE3]
  /// "السلام عليكم ورحمة" in ISO-8859-6.
  private let salam6: [UInt8] = [
    0xC7, 0xE4, 0xD3, 0xE4, 0xC7, 0xE5, 0x20, 0xD9, 0xE4, 0xEA, 0xE3, 0xE5, 0x20, 0xE8, 0xD1, 0xCD, 0xE5,
    0xC9,
  ]

  struct Case: Sendable, CustomTestStringConvertible {
    let head: String
    let tail: [UInt8]
    let name: String
    let evidence: Encoding.Evidence
    let text: String
    var testDescription: String { "\(head.debugDescription) -> \(name)" }
  }

  @Test(arguments: [
    Case(head: "plain", tail: [], name: "utf-8", evidence: .valid, text: "plain"),
    Case(head: "مرحبا", tail: [], name: "utf-8", evidence: .valid, text: "مرحبا"),
    Case(
      head: "<meta charset=windows-1256>", tail: [0xC7, 0xE1], name: "windows-1256", evidence: .declaration,
      text: "<meta charset=windows-1256>ال"),
    Case(
      head: "<!-- <meta charset=koi8-r> --><meta charset='ISO-8859-1'>", tail: [0x93, 0xE9],
      name: "windows-1252",
      evidence: .declaration, text: "<!-- <meta charset=koi8-r> --><meta charset='ISO-8859-1'>“é"),
    Case(
      head: "<?xml version='1.0' encoding='ISO-8859-6'?><p>", tail: [0xC7, 0xE4], name: "iso-8859-6",
      evidence: .declaration, text: "<?xml version='1.0' encoding='ISO-8859-6'?><p>ال"),
    Case(
      head: "<title>", tail: [0xC7, 0xE1, 0xD3, 0xE1, 0xC7, 0xE3, 0x20, 0xDA, 0xE1, 0xED, 0xDF, 0xE3],
      name: "windows-1256", evidence: .detected, text: "<title>السلام عليكم"),
    Case(head: "caf", tail: [0xE9], name: "windows-1252", evidence: .detected, text: "café"),
    Case(
      head: "<meta charset=x-user-defined>", tail: [0xE9], name: "windows-1252", evidence: .declaration,
      text: "<meta charset=x-user-defined>é"),
    Case(
      head: "<meta charset=shift_jis>", tail: [0x93, 0xFA, 0x96, 0x7B, 0xB1], name: "shift_jis",
      evidence: .declaration,
      text: "<meta charset=shift_jis>日本ｱ"),
    Case(
      head: "<meta charset=gb2312>", tail: [0xD6, 0xD0, 0xB9, 0xFA, 0x80], name: "gbk",
      evidence: .declaration,
      text: "<meta charset=gb2312>中国€"),
    Case(
      head: "<meta charset=big5>", tail: [0xA4, 0xA4, 0xA4, 0xE5], name: "big5", evidence: .declaration,
      text: "<meta charset=big5>中文"),
    Case(
      head: "<meta charset=euc-kr>", tail: [0xC7, 0xD1, 0xB1, 0xDB], name: "euc-kr", evidence: .declaration,
      text: "<meta charset=euc-kr>한글"),
    Case(
      head: "<meta charset=euc-jp>", tail: [0xC6, 0xFC, 0x8E, 0xB1], name: "euc-jp", evidence: .declaration,
      text: "<meta charset=euc-jp>日ｱ"),
    Case(
      head: "<meta charset=iso-2022-jp>\u{1B}$BF|K\\\u{1B}(B.", tail: [], name: "iso-2022-jp",
      evidence: .declaration,
      text: "<meta charset=iso-2022-jp>日本."),
    Case(
      head: "<meta charset=euc-kr>", tail: [0xC7, 0x3C, 0x62, 0x3E], name: "euc-kr", evidence: .declaration,
      text: "<meta charset=euc-kr>\u{FFFD}<b>"),
  ])
  func `finds the encoding and decodes`(_ test: Case) {
    let (document, _) = decode(Array(test.head.utf8) + test.tail)
    #expect(document.encoding == Encoding(name: test.name, evidence: test.evidence))
    #expect(text(document) == test.text)
  }

  @Test func `a byte order mark wins over everything and is not text`() {
    let page = "<meta charset=koi8-r>ق"
    let (document, _) = decode([0xEF, 0xBB, 0xBF] + Array(page.utf8), charset: "windows-1252")
    #expect(document.encoding == Encoding(name: "utf-8", evidence: .byteOrderMark))
    #expect(text(document) == page)
    #expect(document.decoding?.source(of: Range(bytes: 0..<5)) == Range(bytes: 3..<8))
  }

  @Test func `what is declared outside wins over the page`() {
    let (document, _) = decode(Array("<meta charset=koi8-r>".utf8) + salam1256, charset: "Windows-1256")
    #expect(document.encoding == Encoding(name: "windows-1256", evidence: .transport))
  }

  @Test(arguments: [true, false], [true, false])
  func `UTF-16 is read with and without its mark`(_ isBig: Bool, _ hasMark: Bool) {
    let page = "<p>السلام 👋 hello there</p>"
    var bytes: [UInt8] = hasMark ? (isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]) : []
    for unit in page.utf16 {
      let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
      bytes += isBig ? pair : pair.reversed()
    }
    let (document, _) = decode(bytes)
    #expect(document.encoding.name == (isBig ? "utf-16be" : "utf-16le"))
    #expect(text(document) == page)
    let wave = Array(page.utf8).firstRange(of: Array("👋".utf8))
    let source = wave.flatMap { document.decoding?.source(of: Range(bytes: $0)) }
    #expect(source == Range(bytes: (hasMark ? 22 : 20)..<(hasMark ? 26 : 24)))
  }

  @Test func `a label that says UTF-8 on windows-1256 bytes is not believed`() {
    let (document, problems) = decode(Array("<meta charset=utf-8><p>".utf8) + salam1256 + [0x20] + salam1256)
    #expect(document.encoding.name == "windows-1256")
    #expect(text(document).hasSuffix("السلام السلام"))
    #expect(problems.map(\.kind) == [.undecodable])
    #expect(problems.first?.leavesGap == false)
    #expect(
      problems.first?.message.en
        == "The page says utf-8, its bytes are windows-1256; it was read as windows-1256.")
  }

  @Test func `a label that says windows-1252 on UTF-8 bytes is not believed`() {
    let (document, problems) = decode(Array("<meta charset=iso-8859-1><p>السلام عليكم".utf8))
    #expect(document.encoding.name == "utf-8")
    #expect(document.encoding.evidence == .valid)
    #expect(document.encoding.contradictedLabel == "windows-1252")
    #expect(problems.count == 1)
  }

  @Test func `UTF-8 with a few bytes that are not stays as it is`() {
    let bytes = Array("نص طويل بالعربية ".utf8) + [0xFF, 0xC7] + Array(" وبقيته".utf8)
    let (document, problems) = decode(bytes, .text)
    #expect(document.encoding.name == "utf-8")
    #expect(document.bytes == bytes)
    #expect(document.decoding == nil)
    #expect(problems.isEmpty)
  }

  @Test func `ISO-8859-6 is told from windows-1256`() {
    let (document, _) = decode(salam6, .text)
    #expect(document.encoding == Encoding(name: "iso-8859-6", evidence: .detected))
    #expect(text(document) == "السلام عليكم ورحمة")
  }

  @Test(arguments: [
    "Ça va très bien, où est le garçon ?", "Müller größer als Öl", "El niño comió más piñas",
    "naïve “quotes” – dash",
  ])
  func `a Western text is not taken for Arabic`(_ western: String) throws {
    let data = try #require(western.data(using: .windowsCP1252))
    let (document, _) = decode(Array(data), .text)
    #expect(document.encoding.name == "windows-1252")
    #expect(text(document) == western)
  }

  @Test func `an encoding that browsers refuse leaves a gap`() {
    let (_, problems) = decode(Array("<meta charset=iso-2022-kr>abc\u{E9}".utf8))
    #expect(problems.first?.leavesGap == true)
  }

  @Test func `a late declaration counts when the bytes are not UTF-8`() {
    let filler = String(repeating: "<p>filler</p>", count: 200)
    let (document, _) = decode(Array((filler + "<meta charset=windows-1251>").utf8) + [0xCF, 0xF0, 0xE8])
    #expect(document.encoding == Encoding(name: "windows-1251", evidence: .declaration))
    #expect(text(document).hasSuffix("При"))
  }

  @Test func `an empty file is a document without text`() {
    let (document, problems) = decode([], .text)
    #expect(document.bytes.isEmpty)
    #expect(problems.isEmpty)
  }

  @Test(arguments: [
    "windows-1256", "iso-8859-6", "koi8-r", "macintosh", "gbk", "shift_jis", "utf-16le", "euc-jp",
    "iso-2022-jp",
  ])
  func `every character maps back to its own bytes`(_ name: String) {
    var random = SeededRandom(seed: 7)
    for round in 0..<24 {
      var bytes = (0..<400).map { _ in UInt8.random(in: 0...255, using: &random) }
      if round % 2 == 0 { bytes = bytes.map { $0 < 0x40 ? 0x20 : $0 } }
      let (document, _) = Decoder.document(path: "p", source: bytes, format: .text, declaredCharset: name)
      guard document.encoding.name == name, let map = document.decoding else { continue }
      var at = 0
      var covered = 0
      var previous = 0
      for scalar in String(decoding: document.bytes, as: UTF8.self).unicodeScalars {
        let length = UTF8.width(scalar)
        let source = map.source(of: Range(bytes: at..<(at + length))).bytes()
        #expect(source.lowerBound >= previous && source.upperBound <= bytes.count && !source.isEmpty)
        previous = source.upperBound
        covered += source.count
        at += length
      }
      #expect(at == document.bytes.count)
      #expect(covered <= bytes.count)
    }
  }

  @Test func `a word costs one run, not one a letter`() {
    var bytes: [UInt8] = []
    for _ in 0..<1_000 { bytes += salam1256 + [0x20] }
    let (document, _) = decode(bytes, .text)
    #expect(document.encoding.name == "windows-1256")
    #expect((document.decoding?.count ?? .max) <= 2_000)
  }

  @Test func `the UTF-8 check agrees with the standard library`() {
    var random = SeededRandom(seed: 3)
    let parts: [[UInt8]] = [
      Array("abcdefgh".utf8), Array("كلمة".utf8), Array("漢".utf8), Array("👋".utf8), [0xC0],
      [0xED, 0xA0, 0x80], [0x80],
      [0xF4, 0x90, 0x80, 0x80], [0xE0, 0x80, 0x80], [0xF0, 0x9F], Array(repeating: 0x61, count: 70),
    ]
    for round in 0..<400 {
      let count = Int.random(in: 0...12, using: &random)
      let bytes = (0..<count).flatMap { _ in
        parts[Int.random(in: 0..<(round % 2 == 0 ? 4 : parts.count), using: &random)]
      }
      #expect(UTF8Check(bytes).isValid == (String(validating: bytes, as: UTF8.self) != nil))
    }
  }

  /// "привет, мир" in windows-1251 and KOI8-R, "こんにちは" in Shift_JIS.
  @Test(
    arguments: [
      [0xEF, 0xF0, 0xE8, 0xE2, 0xE5, 0xF2, 0x2C, 0x20, 0xEC, 0xE8, 0xF0],
      [0xD0, 0xD2, 0xC9, 0xD7, 0xC5, 0xD4, 0x2C, 0x20, 0xCD, 0xC9, 0xD2],
      [0x82, 0xB1, 0x82, 0xF1, 0x82, 0xC9, 0x82, 0xBF, 0x82, 0xCD, 0x81, 0x41, 0x90, 0xA2, 0x8A, 0x45],
    ] as [[UInt8]])
  func `an encoding that was only guessed is said, and the audit stays whole`(_ bytes: [UInt8]) {
    let (_, problems) = decode(bytes, .text)
    #expect(problems.contains { $0.kind == .undecodable && $0.message.en.contains("guessed") })
    #expect(problems.allSatisfy { !$0.leavesGap })
  }

  @Test func `letters of a Western text are no guess`() {
    let naive: [UInt8] = [0x63, 0x61, 0x66, 0xE9, 0x20, 0x6E, 0x61, 0xEF, 0x76, 0x65]
    #expect(decode(naive, .text).problems.isEmpty)
    #expect(decode(salam1256 + [0x20] + salam1256, .text).problems.isEmpty)
  }
}

@Suite struct EncodingCorpusTests {
  /// Cases of html5lib's `encoding` tests: bytes and the expected encoding.
  private static func cases(_ data: [UInt8]) -> [(page: [UInt8], name: String)] {
    var cases: [(page: [UInt8], name: String)] = []
    var page: [UInt8] = []
    var isPage = false
    var isName = false
    for line in data.split(separator: 0x0A, omittingEmptySubsequences: false) {
      if line.elementsEqual("#data".utf8) {
        page = []
        isPage = true
      } else if line.elementsEqual("#encoding".utf8) {
        isPage = false
        isName = true
      } else if isName {
        cases.append((page, String(decoding: line, as: UTF8.self).lowercased()))
        isName = false
      } else if isPage {
        page += Array(line) + [0x0A]
      }
    }
    return cases
  }

  private static let directory = ProcessInfo.processInfo.environment["AUDITOR_HTML5LIB"]

  @Test(.enabled(if: directory != nil, "AUDITOR_HTML5LIB names no unpacked html5lib-tests"))
  func `agrees with the html5lib encoding tests`() throws {
    let directory = try #require(Self.directory)
    var wrong: [String] = []
    var count = 0
    for file in ["tests1.dat", "tests2.dat", "test-yahoo-jp.dat"] {
      let data = try Data(contentsOf: URL(fileURLWithPath: directory + "/encoding/" + file))
      for test in Self.cases(Array(data)) {
        count += 1
        let (document, problems) = Decoder.document(
          path: "a.html", source: test.page, format: .html, declaredCharset: nil)
        // Without a declaration in the first 1,024 bytes a browser falls back to its locale, and reads the
        // page again when one comes later; we say what the bytes are. One page says euc-jp and is UTF-8,
        // which we say.
        let isUndeclared =
          document.encoding.evidence == .valid && UTF8Check(test.page).isASCII || !problems.isEmpty
        let expected = EncodingLabels.name(for: test.name) ?? test.name
        if document.encoding.name != expected, !isUndeclared {
          wrong.append("\(file) \(count): \(document.encoding.name), expected \(expected)")
        }
      }
    }
    #expect(count >= 80)
    #expect(wrong.isEmpty, "\(wrong)")
  }

  @Test(.enabled(if: Shared.file("corpora/arabic-pages") != nil, "needs the shared corpora"))
  func `reads the Arabic page whose label lies`() throws {
    let path = try #require(Shared.file("corpora/arabic-pages/tika_testArabicMisleadingCharset.html"))
    let (document, problems) = Decoder.document(
      path: "a.html", source: Array(try Data(contentsOf: URL(fileURLWithPath: path))), format: .html,
      declaredCharset: nil)
    #expect(document.encoding.name == "windows-1256")
    #expect(String(decoding: document.bytes, as: UTF8.self).contains("في قرية من القرى كان هناك رجل حكيم"))
    #expect(problems.count == 1)
  }
}

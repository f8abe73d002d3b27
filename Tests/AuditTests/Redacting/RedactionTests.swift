@testable import Audit
import AuditCore
import Foundation
import Testing

/// Copies without what was found: by format, by operator, and what a second audit sees in them.
@Suite struct RedactionTests {
  /// With the bundled rules, built once.
  static let auditor = Result { try Bundled.engine { $0.wantsSpans = true }.auditor }

  /// The copies of `files`.
  static func redact(
    _ files: [(path: String, bytes: [UInt8])], jobs: Int = 2,
    _ change: (inout RedactionSettings) -> Void = { _ in }
  ) async throws -> (copies: [String: [UInt8]], result: DirectoryRedaction.Result) {
    var settings = RedactionSettings()
    change(&settings)
    let directory = try TemporaryDirectory()
    for (path, bytes) in files { try directory.write(bytes, to: path) }
    let inputs = try DirectoryWalk().inputs(at: [directory.path])
    let written = Written()
    let result = try await DirectoryRedaction(auditor.get(), settings).run(on: inputs, jobs: jobs) {
      path, bytes throws(DeliveryError) in
      written.add(path, bytes)
    }
    return (written.all, result)
  }

  static func redact(_ text: String, _ path: String, _ change: (inout RedactionSettings) -> Void = { _ in })
    async throws -> String
  {
    let (copies, result) = try await redact([(path, Array(text.utf8))], change)
    #expect(result.problems.filter(\.leavesGap) == [])
    return String(decoding: copies[path] ?? [], as: UTF8.self)
  }

  @Test(arguments: [
    ("a.txt", "Mail sara@rhyta.com now", "Mail <EMAIL_ADDRESS_1> now"),
    ("a.txt", "البريد sara@rhyta.com الآن", "البريد <EMAIL_ADDRESS_1> الآن"),
    ("a.md", "# Mail\n\nCall +49 **30** 1234567 now", "# Mail\n\nCall <PHONE_NUMBER_1> now"),
    ("a.md", "See [x](mailto:sara@rhyta.com)", "See [x](mailto:%3CEMAIL_ADDRESS_1%3E)"),
    (
      "a.html", "<p>Call +49 <b>30</b> 123<i>4567</i>.</p>",
      "<p>Call &lt;PHONE_NUMBER_1&gt;<b></b><i></i>.</p>"
    ),
    ("a.html", "<p>x &#115;ara&#64;rhyta.com y</p>", "<p>x &lt;EMAIL_ADDRESS_1&gt; y</p>"),
    ("a.html", "<p title=sara@rhyta.com>x</p>", "<p title=&lt;EMAIL_ADDRESS_1&gt;>x</p>"),
    ("a.html", "<p>card 4012&#8203;8888&#8203;8888&#8203;1881</p>", "<p>card &lt;CREDIT_CARD_1&gt;</p>"),
    ("a.html", "<!-- sara@rhyta.com --><p>x</p>", "<!-- <EMAIL_ADDRESS_1> --><p>x</p>"),
    (
      "a.html", "<p>x</p><script>var u = 'sara@rhyta.com', c = 4012888888881881;</script>",
      #"<p>x</p><script>var u = '\u003CEMAIL_ADDRESS_1\u003E', c = "\u003CCREDIT_CARD_1\u003E";</script>"#
    ),
    (
      "a.html", "<p><a href='mailto:sara@rhyta.com?subject=x'>x</a></p>",
      "<p><a href='mailto:%3CEMAIL_ADDRESS_1%3E?subject=x'>x</a></p>"
    ),
    ("a.html", "<p>From <sara@rhyta.com> x</p>", "<p>From <EMAIL_ADDRESS_1> x</p>"),
    (
      "a.html", #"<p><a class="c" data-cfemail="543e3b3c3a142c7a373b39">x</a></p>"#,
      #"<p><a class="c" EMAIL_ADDRESS_1="">x</a></p>"#
    ),
    (
      "a.json", #"{"n": 4012888888881881, "t": "a\nsara\u0040rhyta.com", "sara@rhyta.com": 1}"#,
      #"{"n": "<CREDIT_CARD_1>", "t": "a\n<EMAIL_ADDRESS_1>", "<EMAIL_ADDRESS_1>": 1}"#
    ),
    ("a.csv", "n,mail\n\"a, \"\"b\"\"\",sara@rhyta.com\n", "n,mail\n\"a, \"\"b\"\"\",<EMAIL_ADDRESS_1>\n"),
  ])
  func `a replacement is written as its place wants it`(_ path: String, _ text: String, _ copy: String)
    async throws
  {
    #expect(try await Self.redact(text, path) == copy)
  }

  @Test(arguments: [
    (RedactionSettings.Operator.replace, "Mail <EMAIL_ADDRESS> or <EMAIL_ADDRESS>"),
    (.token, "Mail <EMAIL_ADDRESS_1> or <EMAIL_ADDRESS_2>"),
  ])
  func `operators say what stands there`(_ operation: RedactionSettings.Operator, _ copy: String) async throws
  {
    let text = try await Self.redact("Mail sara@rhyta.com or omar@rhyta.com", "a.txt") {
      $0.operator = operation
    }
    #expect(text == copy)
  }

  @Test func `a hash depends on the key and the value, not on the spelling`() async throws {
    func hash(_ text: String, _ key: String) async throws -> [Substring] {
      let copy = try await Self.redact(text, "a.txt") {
        $0.operator = .hash
        $0.key = Array(key.utf8)
      }
      return copy.split(separator: " ").filter { $0.hasPrefix("<EMAIL_ADDRESS_") }
    }
    let one = try await hash("a sara@rhyta.com b Sara@Rhyta.com c omar@rhyta.com d", "0123456789abcdef")
    let two = try await hash("a sara@rhyta.com b", "0123456789abcdeF")
    #expect(one.count == 3 && one[0] == one[1] && one[0] != one[2])
    #expect(two.count == 1 && two[0] != one[0])
    #expect(one.allSatisfy { $0.dropFirst(15).dropLast().allSatisfy { ("a"..."p").contains($0) } })
  }

  @Test func `a mask shows no more than a report and nothing but ASCII`() async throws {
    let copy = try await Self.redact("Mail sara.haddad@rhyta.com ok", "a.txt") { $0.operator = .mask }
    #expect(copy.hasPrefix("Mail *****") && copy.hasSuffix(" ok"))
    #expect(!copy.contains("@") && !copy.contains("haddad") && copy.allSatisfy(\.isASCII))
  }

  @Test func `the same value has the same token in all files, numbered by path and place`() async throws {
    let (copies, _) = try await Self.redact([
      ("b.txt", Array("omar@rhyta.com sara@rhyta.com".utf8)),
      ("a.json", Array(#"{"text": "Write to SARA@rhyta.com or +49 30 1234567"}"#.utf8)),
      ("c.html", Array("<p>+49 (30) 123-4567</p>".utf8)),
    ])
    let text = copies.mapValues { String(decoding: $0, as: UTF8.self) }
    #expect(text["a.json"] == #"{"text": "Write to <EMAIL_ADDRESS_1> or <PHONE_NUMBER_1>"}"#)
    #expect(text["b.txt"] == "<EMAIL_ADDRESS_2> <EMAIL_ADDRESS_1>")
    #expect(text["c.html"] == "<p>&lt;PHONE_NUMBER_1&gt;</p>")
  }

  @Test func `a value that was found goes everywhere, also where no rule sees it`() async throws {
    let (copies, _) = try await Self.redact([
      ("a.txt", Array("Call +44 7700 900123 now".utf8)),
      ("b.html", Array("<p>x</p><script>go('+44 7700 900123', '+44 7700 9001234')</script>".utf8)),
    ])
    #expect(
      copies["b.html"].map { String(decoding: $0, as: UTF8.self) }
        == #"<p>x</p><script>go('\u003CPHONE_NUMBER_1\u003E', '+44 7700 9001234')</script>"#)
  }

  @Test func `only and keep choose by entity and by rule`() async throws {
    let text = "Mail sara@rhyta.com, card 4012888888881881"
    let cards = try await Self.redact(text, "a.txt") { $0.only = ["credit_card"] }
    #expect(cards == "Mail sara@rhyta.com, card <CREDIT_CARD_1>")
    let mail = try await Self.redact(text, "a.txt") { $0.keep = ["privacy.payment-c*"] }
    #expect(mail == "Mail <EMAIL_ADDRESS_1>, card 4012888888881881")
    var settings = RedactionSettings()
    settings.only = ["EMAIL_ADDRESS", "NO_SUCH_THING"]
    #expect(try settings.unknownNames(in: Bundled.rules.get()) == ["NO_SUCH_THING"])
  }

  @Test(arguments: ["utf-16le", "utf-16be", "windows-1256", "utf-8"])
  func `the encoding of a file stays`(_ name: String) async throws {
    let text = "البريد sara@rhyta.com والهاتف +966 50 123 4567 في الرياض"
    let encoding: [String: String.Encoding] = [
      "utf-16le": .utf16LittleEndian, "utf-16be": .utf16BigEndian, "utf-8": .utf8,
      "windows-1256": String.Encoding(rawValue: 0x8000_0505),
    ]
    var bytes: [UInt8]
    if name == "windows-1256" {
      bytes = try Self.windows1256(text)
    } else {
      let chosen = try #require(encoding[name])
      bytes = [UInt8](try #require(text.data(using: chosen)))
      if name != "utf-8" { bytes = (name == "utf-16le" ? [0xFF, 0xFE] : [0xFE, 0xFF]) + bytes }
    }
    let (copies, result) = try await Self.redact([("a.txt", bytes)])
    #expect(result.problems.filter(\.leavesGap) == [])
    let (document, _) = Decoder.document(path: "a.txt", source: try #require(copies["a.txt"]), format: .text)
    #expect(document.encoding.name == name)
    #expect(
      String(decoding: document.bytes, as: UTF8.self)
        == "البريد <EMAIL_ADDRESS_1> والهاتف <PHONE_NUMBER_1> في الرياض")
  }

  /// By the table of the decoder, turned around.
  private static func windows1256(_ text: String) throws -> [UInt8] {
    var table: [Unicode.Scalar: UInt8] = [:]
    for byte in UInt8(0x80)...0xFF {
      let decoded = try #require(LegacyDecoders.decode([byte], from: "windows-1256", skipping: 0))
      if let scalar = String(decoding: decoded.bytes, as: UTF8.self).unicodeScalars.first {
        table[scalar] = byte
      }
    }
    return text.unicodeScalars.compactMap { $0.isASCII ? UInt8($0.value) : table[$0] }
  }

  @Test func `names of files lose the values, and no two copies meet`() async throws {
    let (copies, result) = try await Self.redact([
      ("sara@rhyta.com/a.txt", Array("x".utf8)),
      ("b/sara_rhyta_com.txt", Array("x".utf8)),
      ("b/sara@rhyta.com.txt", Array("y".utf8)),
      ("b/4012888888881881.txt", Array("card 4012 8888 8888 1881".utf8)),
    ])
    #expect(
      copies.keys.sorted() == [
        "EMAIL_ADDRESS_1/a.txt", "b/CREDIT_CARD_1.txt", "b/EMAIL_ADDRESS_1.txt", "b/EMAIL_ADDRESS_1~2.txt",
      ])
    #expect(!result.copies.contains { $0.path.contains("rhyta") })
  }

  @Test func `what cannot be rewritten is named and not copied, unless asked`() async throws {
    let files = [
      ("a.zip", Containers.zip([("x.txt", "sara@rhyta.com")])),
      ("b.eml", Array("From: a@rhyta.com\nTo: b@rhyta.com\nSubject: x\n\nx\n".utf8)),
      ("c.pdf", Array("%PDF-1.4\n".utf8)), ("d.gz", Containers.gzip(Array("x".utf8))),
      ("e.txt", Array("plain".utf8)),
    ]
    let (copies, result) = try await Self.redact(files)
    #expect(copies.keys.sorted() == ["e.txt"])
    #expect(result.problems.map(\.path) == ["a.zip", "b.eml", "c.pdf", "d.gz"])
    #expect(result.problems.filter { !$0.leavesGap }.isEmpty)
    let (all, told) = try await Self.redact(files) { $0.copiesUnread = true }
    #expect(all.count == 5 && told.problems.count == 4)
  }

  @Test func `a second pass changes nothing, and any number of workers gives the same bytes`() async throws {
    let files = try Bundled.exampleFiles.map { path in
      ((path as NSString).lastPathComponent, [UInt8](try Data(contentsOf: Package.url(path))))
    }
    let (once, first) = try await Self.redact(files, jobs: 1)
    let (parallel, _) = try await Self.redact(files, jobs: 5)
    #expect(once == parallel)
    #expect(first.problems.filter { $0.leavesGap } == [])
    let (twice, second) = try await Self.redact(once.map { ($0.key, $0.value) })
    #expect(twice == once)
    #expect(second.copies.allSatisfy { $0.counts.isEmpty })
  }

  @Test(arguments: RedactionSettings.Operator.allCases)
  func `an audit of the copies of all examples finds nothing of it`(_ operation: RedactionSettings.Operator)
    async throws
  {
    let rules = try Bundled.rules.get()
    let auditor = try Self.auditor.get()
    let worker = try AuditWorker(for: auditor)
    let selection = RedactionSelection(rules, only: [], keep: [])
    var files: [(String, [UInt8])] = []
    for (index, rule) in rules.rules.enumerated()
    where selection[rule.card.id] != nil && (RealPages.isDeep || index % 16 == 0) {
      for (number, example) in rule.examples.enumerated() where example.expectation == .match {
        let suffix = example.format == .html ? "html" : example.format == .markdown ? "md" : "txt"
        files.append(("r\(index)-\(number).\(suffix)", Array(example.text.utf8)))
      }
    }
    #expect(files.count > 40)
    let (copies, result) = try await Self.redact(files) {
      $0.operator = operation
      $0.key = Array("0123456789abcdef".utf8)
    }
    let lost = result.problems.filter(\.leavesGap)
    #expect(lost.isEmpty, "\(lost.map { "\($0.path): \($0.message.en)" })")
    for (path, bytes) in copies {
      guard let format = Detection.format(of: bytes, path: path).format else { continue }
      let document = Decoder.document(path: path, source: bytes, format: format).0
      let left = FoundGroups(selection: selection, document: document).groups(
        of: try auditor.audit(document, with: worker))
      #expect(left.isEmpty, "\(path): \(left.map(\.name.rule)) in \(String(decoding: bytes, as: UTF8.self))")
    }
  }
}

/// Copies as they are delivered.
private final class Written: @unchecked Sendable {
  private let lock = NSLock()
  private var files: [String: [UInt8]] = [:]

  func add(_ path: String, _ bytes: [UInt8]) { lock.withLock { files[path] = bytes } }
  var all: [String: [UInt8]] { lock.withLock { files } }
}

@testable import Audit
import AuditCore

/// What libFuzzer calls: `make fuzz` builds this with the address sanitizer and runs one target after the other.
///
/// A target takes any bytes. It fails by a trap, by the sanitizer, by time or by memory, or when what it read does not
/// keep its promises.
enum FuzzTargets {
  static let all: [String: @Sendable ([UInt8]) -> Void] = [
    "html": html, "encodings": encodings, "json": json, "warc": warc, "archives": archives, "yaml": yaml,
    "readers": readers,
  ]

  /// Unsafe because a worker belongs to one thread; libFuzzer calls from one.
  nonisolated(unsafe) private static let engine: (auditor: Auditor, worker: AuditWorker)? = {
    let rules = """
      {rule: a.phrase, message: m, match: [ignore, "تجاهل"], scope: raw}
      ---
      {rule: a.css, message: m, match: {css: "form[action^=http] input"}}
      ---
      {rule: a.regex, message: m, match: {regex: 'card \\d+'}, scope: source}
      ---
      {rule: a.hidden, message: m, match: {builtin: hidden-task}, scope: [hidden, comment, alt, metadata, attribute]}
      ---
      {rule: a.comment, message: m, match: {builtin: abrupt-comment}, scope: raw}
      ---
      {rule: a.bidi, message: m, match: {builtin: bidi-override}, scope: raw}
      """
    let manifest = "{pack: t, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}"
    let pack = PackFiles(
      name: "t", files: [("t/pack.yaml", Array(manifest.utf8)), ("t/rules.yaml", Array(rules.utf8))])
    var settings = AuditSettings()
    // A bomb is cut early, so that the fuzzer's own limits are for faults.
    settings.limits.memberBytes = 4 << 20
    settings.limits.archiveBytes = 16 << 20
    settings.limits.members = 200
    guard let set = try? RuleLoader(hash: { _ in "" }).load(packs: [pack]),
      let auditor = try? Auditor(rules: set, settings: settings), let worker = try? AuditWorker(for: auditor)
    else { return nil }
    return (auditor, worker)
  }()

  /// Tokenizer, reader, sheets, tree and rules.
  private static func html(_ bytes: [UInt8]) {
    check(bytes, .html)
    audit(bytes, "page.html")
  }

  /// The first byte chooses what the transport says.
  private static func encodings(_ bytes: [UInt8]) {
    let labels = [
      nil, "utf-8", "windows-1256", "iso-8859-6", "windows-1252", "utf-16le", "utf-16be", "shift_jis", "gbk",
      "gb18030",
      "big5", "euc-kr", "euc-jp", "iso-2022-jp", "x-user-defined", "replacement", "macintosh", "koi8-r",
    ]
    guard let first = bytes.first else { return }
    let body = Array(bytes.dropFirst())
    for format in [Format.html, .text] {
      let (document, _) = Decoder.document(
        path: "a", source: body, format: format, declaredCharset: labels[Int(first) % labels.count])
      precondition(document.bytes.count <= 4 * body.count + 16, "decoded text is too long")
      guard let map = document.decoding else { continue }
      for offset in stride(from: 0, to: document.bytes.count, by: 7) {
        let place = map.source(of: Range<Offset<DocumentSpace>>(bytes: offset..<offset + 1)).bytes()
        precondition(
          place.lowerBound >= 0 && place.upperBound <= body.count, "a character maps outside the input")
      }
    }
  }

  private static func json(_ bytes: [UInt8]) {
    check(bytes, .json)
    check(bytes, .jsonLines)
    check(bytes, .table)
  }

  private static func warc(_ bytes: [UInt8]) {
    for isARC in [false, true] {
      let reader = WARCReader(BufferedStream(MemoryStream(bytes)), isARC: isARC, recordLimit: 1 << 20)
      var count = 0
      while let item = try? reader.next() {
        count += 1
        precondition(count <= bytes.count + 1, "more records than bytes")
        if case .record(let record) = item { _ = HTTPMessage(record.block, limit: 1 << 20) }
      }
    }
    audit(bytes, "a.warc")
  }

  private static func archives(_ bytes: [UInt8]) {
    for name in ["a.zip", "a.gz", "a.bz2", "a.tar", "a.docx", "a.eml"] { audit(bytes, name) }
  }

  private static func yaml(_ bytes: [UInt8]) {
    _ = YAMLParser.parse(bytes)
    let manifest = "{pack: t, version: 1.0.0, schema: auditor.rules/v1, defaults: {status: experimental}}"
    _ = try? RuleLoader(hash: { _ in "" }).load(packs: [
      PackFiles(name: "t", files: [("t/pack.yaml", Array(manifest.utf8)), ("t/rules.yaml", bytes)])
    ])
  }

  private static func readers(_ bytes: [UInt8]) {
    for format in [Format.text, .markdown, .office] { check(bytes, format) }
  }

  /// Blocks lie in the document and hold something.
  private static func check(_ bytes: [UInt8], _ format: Format) {
    let document = Document(
      path: "a", format: format, encoding: Encoding(name: "utf-8", evidence: .valid), bytes: bytes)
    _ = Reader().read(document) { batch in
      for block in batch.blocks {
        precondition(!block.pieces.isEmpty, "a block without pieces")
        for piece in batch.pieces[block.pieces] {
          // The name of a field stands before its value as characters for no bytes.
          precondition(piece.start >= 0 && (piece.length > 0 || !piece.isVerbatim), "an empty piece")
          precondition(piece.start + piece.length <= bytes.count, "a piece outside the document")
        }
      }
    }
  }

  private static func audit(_ bytes: [UInt8], _ path: String) {
    guard let engine else { preconditionFailure("the rules of the fuzz targets do not load") }
    var input = InputAudit(engine.auditor, engine.worker)
    do { try input.audit(bytes, at: path) } catch { preconditionFailure(error.description) }
    for finding in input.findings {
      precondition(finding.location.source.bytes().lowerBound >= 0, "a finding before its input")
    }
  }
}

import AuditCore

/// Audits one input: a document, or a container and everything in it.
///
/// The label of a member is that of its container, "!/" and its name; of a record of a web archive, its offset in the
/// uncompressed file and its target: `pages.zip!/a.html`, `crawl.warc.gz!/1234:https://example.com/`.
struct InputAudit {
  /// What is known of an input besides its bytes.
  struct Hint {
    var mediaType: String?
    var charset: String?
    /// The package that holds it.
    var package: ContainerKind.Package?
    /// It is a resource of a document (a picture of a page), so one sentence speaks of all its kind.
    var isResource = false
    /// No reader is shown it.
    var isComment = false
    /// Why it is not whole.
    var damage: LocalizedText?
    /// Containers around it.
    var depth = 0
    /// As its container says.
    var byteCount: Int?
  }

  let auditor: Auditor
  let worker: AuditWorker
  var findings: [Finding] = []
  /// What is counted and not listed of its documents.
  private(set) var unlisted: [UnlistedFindings] = []
  var problems: [Problem] = []
  var entries: [CoverageEntry] = []
  /// Of its documents, when they are compared.
  private(set) var sketches: [DocumentSketch] = []
  /// Labels of web archives, whose records are called after their places in them.
  var webArchives: Set<String> = []
  /// Resources that were not read, by the container that names them.
  var unread: [String: Int] = [:]
  var unreadNames: [String: LocalizedText] = [:]

  /// Broken records of the container that is read.
  var brokenCount = 0
  /// A container with more broken records names only the first ones.
  static let brokenLimit = 100

  var limits: Limits { auditor.settings.limits }

  init(_ auditor: Auditor, _ worker: AuditWorker) {
    self.auditor = auditor
    self.worker = worker
  }

  /// Audits bytes that are in memory.
  mutating func audit(_ bytes: consuming [UInt8], at path: String, _ hint: Hint = Hint()) throws(Scanner
    .Failure)
  {
    let bytes = bytes
    switch Self.detect(bytes, path, hint) {
    case .container(let kind):
      try open(BufferedStream(MemoryStream(bytes)), kind, at: path, byteCount: bytes.count, hint)
    case .readable(.pdf): try examinePDF(bytes, at: path, hint)
    case .readable(let format): try examine(bytes, format, at: path, hint)
    case .unsupported(let what): skip(what, at: path, byteCount: bytes.count, hint)
    }
  }

  /// Audits a stream of any length.
  mutating func audit(_ stream: BufferedStream, at path: String, limit: Int, _ hint: Hint = Hint())
    throws(Scanner.Failure)
  {
    let detected = Self.detect(Array(stream.peek(512 << 10)), path, hint)
    switch detected {
    case .container(let kind):
      try open(stream, kind, at: path, byteCount: stream.count ?? hint.byteCount ?? 0, hint)
      return
    case .readable(.text), .readable(.jsonLines), .readable(.table):
      // Below this, reading whole is as good: a page of text keeps its metrics. A file says how long it is; of other
      // streams so much is read.
      let most = 4 * limits.windowBytes
      let announced = stream.isSeekable ? (stream.count ?? 0) - stream.offset : 0
      if announced > most || stream.fill(most + 1) > most {
        if case .readable(let format) = detected { try examineWindows(of: stream, format, at: path, hint) }
        return
      }
    case .readable, .unsupported: break
    }
    if case .unsupported(let what) = detected {
      skip(what, at: path, byteCount: stream.count ?? hint.byteCount ?? stream.available, hint)
      return
    }
    let (bytes, failure) = stream.takeAll(limit: limit)
    var hint = hint
    hint.byteCount = nil
    if let failure {
      problems.append(.cut(path, failure))
      hint.damage = nil
    }
    try audit(bytes, at: path, hint)
    if failure != nil { markPartial(path) }
  }

  static func detect(_ bytes: [UInt8], _ path: String, _ hint: Hint) -> Detection.Detected {
    if hint.package != nil, !bytes.starts(with: [0x50, 0x4B]) {
      let name = path.lowercased()
      if [".xml", ".rels", ".opf", ".ncx", ".vml"].contains(where: { name.hasSuffix($0) }) {
        return .readable(.office)
      }
    }
    let detected = Detection.format(of: bytes, path: path)
    guard case .readable(let format) = detected, let type = hint.mediaType else { return detected }
    switch (type, format) {
    case ("text/html", .text), ("application/xhtml+xml", .text): return .readable(.html)
    case ("application/json", .text): return .readable(.json)
    case ("text/csv", .text), ("text/tab-separated-values", .text): return .readable(.table)
    case ("text/markdown", .text): return .readable(.markdown)
    // A page may begin like a message or a table; its server says what it is.
    case ("text/html", .table), ("text/html", .json): return .readable(.html)
    default: return detected
    }
  }

  mutating func examine(_ bytes: consuming [UInt8], _ format: Format, at path: String, _ hint: Hint)
    throws(Scanner.Failure)
  {
    let bytes = bytes
    let byteCount = bytes.count
    var (document, decoding) = Decoder.document(
      path: path, source: bytes, format: format, declaredCharset: hint.charset)
    if hint.isComment {
      document = Document(
        path: path, format: format, encoding: document.encoding, bytes: document.bytes,
        decoding: document.decoding, isComment: true)
    }
    worker.deadline = Deadline(seconds: limits.documentSeconds)
    let audit = try auditor.audit(document, with: worker)
    let own = decoding + audit.problems
    let isDamaged = noteDamage(hint.damage, at: path)
    findings += audit.findings
    note(audit.unlisted)
    if let sketch = audit.sketch { sketches.append(sketch) }
    problems += own
    entries.append(
      CoverageEntry(
        path: path, status: isDamaged || own.contains { $0.leavesGap } ? .partial : .examined,
        byteCount: byteCount,
        format: format,
        encoding: document.encoding.name, language: audit.language, wordCount: audit.wordCount,
        title: audit.title))
  }

  private mutating func note(_ more: [UnlistedFindings]) {
    unlisted += more
    problems += more.map { .unlisted($0) }
  }

  private mutating func examinePDF(_ bytes: [UInt8], at path: String, _ hint: Hint) throws(Scanner.Failure) {
    switch PDFText.text(of: bytes, limit: limits.memberBytes, seconds: limits.documentSeconds) {
    case .text(let text):
      try examine(text, .pdf, at: path, Hint(charset: "utf-8", damage: hint.damage))
    case .missing, .failed:
      var isMissing = false
      if case .missing = PDFText.text(of: [], limit: 0, seconds: 1) { isMissing = true }
      problems.append(.pdfNotRead(path, isMissing: isMissing))
      entries.append(Self.entry(path, .skipped, bytes.count, .pdf))
    }
  }

  private mutating func examineWindows(
    of stream: BufferedStream, _ format: Format, at path: String, _ hint: Hint
  ) throws(Scanner.Failure) {
    var windows = StreamWindows(stream, format: format, windowBytes: limits.windowBytes)
    var entry: CoverageEntry?
    var own: [Problem] = []
    var words = 0
    var lastFindings: Set<String> = []
    var more: [String: UnlistedFindings] = [:]
    let firstFinding = findings.count
    while let window = windows.next() {
      let decoded = Decoder.document(
        path: path, source: window.bytes, format: format, declaredCharset: hint.charset)
      guard decoded.0.encoding.name == "utf-8" else {
        own.append(.notUTF8InWindows(path))
        break
      }
      let document = Document(
        path: path, format: format, encoding: decoded.0.encoding, bytes: decoded.0.bytes,
        decoding: decoded.0.decoding,
        origin: window.origin)
      worker.deadline = Deadline(seconds: limits.documentSeconds)
      let audit = try auditor.audit(document, with: worker)
      var seen: Set<String> = []
      for finding in audit.findings {
        // What is said about the whole text is said once.
        if finding.isAboutDocument, window.origin.ordinal > 0 { continue }
        let bytes = finding.location.source.bytes()
        let identity = "\(finding.rule) \(bytes.lowerBound) \(bytes.upperBound)"
        if bytes.upperBound > window.overlapStart { seen.insert(identity) }
        if lastFindings.contains(identity) { continue }
        findings.append(finding)
      }
      lastFindings = seen
      for one in audit.unlisted { more[one.rule] = more[one.rule]?.adding(one) ?? one }
      own += audit.problems.filter { !own.contains($0) }
      words += audit.wordCount
      if entry == nil {
        entry = CoverageEntry(
          path: path, status: .examined, byteCount: 0, format: format, encoding: "utf-8",
          language: audit.language,
          wordCount: 0, title: audit.title)
      }
    }
    note(
      more.values.sorted { $0.rule < $1.rule }.map { one in
        one.beside(listed: findings[firstFinding...].count { $0.rule == one.rule })
      })
    if let failure = windows.failure { own.append(.cut(path, failure)) }
    if let damage = hint.damage { own.append(.brokenRecord(path, damage)) }
    problems += own
    let isWhole = !own.contains { $0.leavesGap }
    entries.append(
      CoverageEntry(
        path: path, status: isWhole ? .examined : entry == nil ? .skipped : .partial,
        byteCount: windows.byteCount,
        format: format, encoding: entry?.encoding, language: entry?.language ?? .und, wordCount: words,
        title: entry?.title))
  }

  mutating func skip(_ what: LocalizedText, at path: String, byteCount: Int, _ hint: Hint) {
    entries.append(Self.entry(path, .skipped, byteCount))
    if hint.isResource {
      unread[what.en, default: 0] += 1
      unreadNames[what.en] = what
    } else if let problem = Detection.Detected.unsupported(what).problem(path: path) {
      problems.append(problem)
    }
  }

  /// Names a broken record; true when there is damage.
  @discardableResult mutating func noteDamage(_ damage: LocalizedText?, at path: String) -> Bool {
    guard let damage else { return false }
    brokenCount += 1
    if brokenCount <= Self.brokenLimit { problems.append(.brokenRecord(path, damage)) }
    return true
  }

  // MARK: labels

  mutating func markPartial(_ path: String) {
    guard let index = entries.lastIndex(where: { $0.path == path }) else { return }
    let entry = entries[index]
    guard entry.status == .examined else { return }
    entries[index] = CoverageEntry(
      path: entry.path, status: .partial, byteCount: entry.byteCount, format: entry.format,
      encoding: entry.encoding,
      language: entry.language, wordCount: entry.wordCount, title: entry.title)
  }

  static func entry(
    _ path: String, _ status: CoverageEntry.Status, _ bytes: Int = 0, _ format: Format? = nil
  ) -> CoverageEntry {
    CoverageEntry(
      path: path, status: status, byteCount: bytes, format: format, encoding: nil, language: .und,
      wordCount: 0,
      title: nil)
  }

  /// A member's name without control characters, at most 512 bytes.
  static func safeName(_ name: String) -> String {
    var safe = ""
    for scalar in name.unicodeScalars.prefix(512) {
      let isControl = scalar.value < 0x20 || scalar.value == 0x7F || (0x200E...0x202E).contains(scalar.value)
      if isControl { safe += "?" } else { safe.unicodeScalars.append(scalar) }
    }
    return safe
  }

  /// A target URI as it may be printed: what a query, a fragment or a user name holds is personal too often.
  static func safeTarget(_ target: String) -> String {
    var text = safeName(target)[...]
    var tail = ""
    if let query = text.firstIndex(where: { $0 == "?" || $0 == "#" }) {
      text = text[..<query]
      tail = "?…"
    }
    if let scheme = text.firstRange(of: "://") {
      let host = text[scheme.upperBound...].prefix { $0 != "/" }
      if let at = host.lastIndex(of: "@") {
        text = text[..<scheme.upperBound] + text[text.index(after: at)...]
      }
    }
    return text.replacing("@", with: "(at)") + tail
  }
}

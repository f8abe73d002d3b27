import AuditCore

/// Containers: archives, compressed files, web archives, mail. Each member is an input of its own.
extension InputAudit {
  mutating func open(
    _ stream: BufferedStream, _ kind: ContainerKind, at path: String, byteCount: Int, _ hint: Hint
  ) throws(Scanner.Failure) {
    guard hint.depth < limits.depth else {
      problems.append(.tooDeep(path, limit: limits.depth))
      entries.append(Self.entry(path, .skipped, byteCount, .container))
      return
    }
    let problemCount = problems.count
    if let damage = hint.damage { problems.append(.brokenRecord(path, damage)) }
    let outer = (unread, unreadNames)
    unread = [:]
    unreadNames = [:]
    let outerBroken = brokenCount
    brokenCount = 0
    var inner = Hint()
    inner.depth = hint.depth + 1
    switch kind {
    case .compressed(let filter): try decompress(stream, filter, at: path, inner)
    case .archive: try unpack(stream, at: path, inner)
    case .package(let package):
      inner.package = package
      inner.isResource = true
      try unpack(stream, at: path, inner)
    case .warc, .arc:
      inner.isResource = true
      try records(of: stream, isARC: kind == .arc, at: path, inner)
    case .mail:
      inner.isResource = true
      try parts(of: stream, at: path, inner)
    }
    if !unread.isEmpty {
      let counts = unread.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map {
        (unreadNames[$0.key] ?? FileSignature.binary, $0.value)
      }
      problems.append(.unreadMembers(path, counts))
    }
    (unread, unreadNames) = outer
    if brokenCount > Self.brokenLimit { problems.append(.moreBroken(path, brokenCount - Self.brokenLimit)) }
    brokenCount = outerBroken
    let isCut = problems[problemCount...].contains {
      $0.path == path && $0.leavesGap && $0.kind != .unsupportedFormat
    }
    entries.append(Self.entry(path, isCut ? .partial : .examined, byteCount, .container))
  }

  private mutating func decompress(
    _ stream: BufferedStream, _ filter: String, at path: String, _ hint: Hint
  ) throws(Scanner.Failure) {
    let content: BufferedStream
    do throws(StreamFailure) {
      content = BufferedStream(try CompressedStream(rewound(stream), filter: filter, ratio: limits.ratio))
    } catch {
      problems.append(.cut(path, error))
      return
    }
    // Damage at the start is said here, once for any number of members; what comes behind it is read.
    var isSaid = false
    while content.fill(1) == 0 {
      do throws(StreamFailure) {
        _ = try content.take(1)
        return
      } catch {
        if !isSaid || !error.goesOn { problems.append(.cut(path, error)) }
        isSaid = true
        guard error.goesOn else { return }
      }
    }
    let head = Array(content.peek(64 << 10))
    let name = Self.unpackedName(path, filter)
    // An archive that is compressed as a whole is one container for its reader.
    if case .container(let kind) = Detection.format(of: head, path: name),
      kind == .archive("tar") || kind == .warc || kind == .arc
    {
      if kind == .archive("tar") { try unpack(content, at: path, hint) }
      if kind != .archive("tar") {
        var inner = hint
        inner.isResource = true
        try records(of: content, isARC: kind == .arc, at: path, inner)
      }
      return
    }
    try audit(content, at: path + "!/" + name, limit: limits.memberBytes, hint)
  }

  /// Decoders need the stream itself when it can go back; what was looked at is read again.
  private func rewound(_ stream: BufferedStream) throws(StreamFailure) -> any ByteStream {
    if stream.isSeekable { try stream.seek(to: 0) }
    return stream
  }

  /// The last part of a path without the suffix of its compression.
  private static func unpackedName(_ path: String, _ filter: String) -> String {
    let last = path.split(separator: "/").last.map(String.init) ?? path
    for suffix in [".gz", ".gzip", ".bz2", ".xz", ".zst", ".zstd", ".lz4", ".tgz", ".z"]
    where last.lowercased().hasSuffix(suffix) {
      let name = String(last.dropLast(suffix.count))
      return name.isEmpty ? "content" : suffix == ".tgz" ? name + ".tar" : name
    }
    return last
  }

  private mutating func unpack(_ stream: BufferedStream, at path: String, _ hint: Hint) throws(Scanner
    .Failure)
  {
    let start = Array(stream.peek(6))
    let isZip = start.starts(with: [0x50, 0x4B])
    var source: any ByteStream
    do throws(StreamFailure) {
      source = try rewound(stream)
    } catch {
      problems.append(.cut(path, error))
      return
    }
    if !stream.isSeekable, isZip || start.starts(with: [0x37, 0x7A]) {
      // The index of these stands at their end.
      let (bytes, failure) = stream.takeAll(limit: limits.memberBytes)
      if let failure { problems.append(.cut(path, failure)) }
      source = MemoryStream(bytes)
    }
    var unpacking = Unpacking(budget: ArchiveBudget(limits), isZip: isZip)
    let index = isZip ? ZipIndex(source) : nil
    try members(of: source, .archive, at: path, hint, &unpacking)
    guard let index, !unpacking.isCut else { return }
    let isWhole = !unpacking.hasFailed && index.memberCount == unpacking.memberCount
    if isWhole, !index.hidesMembers, !index.hasRemainder { return }
    if isWhole {
      problems.append(.zipHoldsMore(path))
    } else if !unpacking.hasFailed {
      problems.append(.zipMembersMissing(path, found: unpacking.memberCount, stated: index.memberCount))
    }
    guard !isWhole || index.hidesMembers else { return }
    // Every member says its name a second time, before its bytes.
    unpacking.isAgain = true
    try members(of: source, .zipMembers, at: path, hint, &unpacking)
  }

  /// How far the unpacking of one archive is.
  private struct Unpacking {
    var budget: ArchiveBudget
    let isZip: Bool
    var memberCount = 0
    /// By name: the sizes of what was read, -1 where none is stated.
    var seen: [String: [Int]] = [:]
    var hasFailed = false
    /// A limit ended it.
    var isCut = false
    /// The members are read a second time for those that were missing.
    var isAgain = false

    /// False for a member that was read before.
    mutating func takes(_ member: ArchiveReader.Member) -> Bool {
      let size = member.size ?? -1
      guard isAgain else {
        // libarchive gives no bytes of what the directory marks as no file; the second reading does.
        if isZip, !member.isFile, size > 0 { return false }
        memberCount += 1
        seen[member.name, default: []].append(size)
        return true
      }
      // A header may leave the size to what comes after the bytes.
      let known = seen[member.name]?.firstIndex { $0 == size || $0 < 0 || size < 0 }
      guard let known else { return true }
      seen[member.name]?.remove(at: known)
      return false
    }
  }

  private mutating func members(
    of source: any ByteStream, _ mode: ArchiveReader.Mode, at path: String, _ hint: Hint,
    _ unpacking: inout Unpacking
  ) throws(Scanner.Failure) {
    let reader: ArchiveReader
    do throws(StreamFailure) {
      if source.isSeekable { try source.seek(to: 0) }
      reader = try ArchiveReader(source, mode: mode)
    } catch {
      if !unpacking.isAgain { problems.append(.cut(path, error)) }
      unpacking.hasFailed = true
      return
    }
    var isInGap = false
    while true {
      let member: ArchiveReader.Member
      do throws(StreamFailure) {
        guard let next = try reader.next() else { return }
        member = next
        isInGap = false
      } catch {
        // One sentence for a stretch of bad headers, however long; the second reading ends where it can.
        if !isInGap, !unpacking.isAgain { problems.append(.cut(path, error)) }
        unpacking.hasFailed = true
        isInGap = true
        guard error.goesOn else { return }
        continue
      }
      guard unpacking.takes(member) else { continue }
      // What is marked as a directory and yet has bytes is read.
      let isEmpty = (member.size ?? 0) == 0
      if member.isDirectory, isEmpty { continue }
      guard unpacking.budget.takesMember() else {
        problems.append(.tooManyMembers(path, limit: limits.members))
        unpacking.isCut = true
        return
      }
      let label = path + "!/" + Self.safeName(member.name)
      if let link = member.link, link.contains(0x0A) {
        // No name of a file has lines: a text that is marked as a link.
        try audit(link, at: label, hint)
        continue
      }
      guard member.isFile || !isEmpty else { continue }
      guard !member.isEncrypted else {
        problems.append(.encrypted(label))
        entries.append(Self.entry(label, .skipped, member.size ?? 0))
        continue
      }
      let metered = MeteredStream(reader, reader, unpacking.budget)
      let content = BufferedStream(metered)
      var hint = hint
      hint.byteCount = member.size
      try audit(content, at: label, limit: limits.memberBytes, hint)
      unpacking.budget = metered.budget
      if let failure = metered.failure, failure.isLimit {
        problems.append(.cut(path, failure))
        unpacking.isCut = true
        return
      }
    }
  }

  private mutating func records(
    of stream: BufferedStream, isARC: Bool, at path: String, _ hint: Hint
  ) throws(Scanner.Failure) {
    let reader = WARCReader(stream, isARC: isARC, recordLimit: limits.memberBytes)
    webArchives.insert(path)
    while true {
      let item: WARCReader.Item?
      do throws(StreamFailure) {
        item = try reader.next()
      } catch {
        problems.append(.cut(path, error))
        return
      }
      switch item {
      case nil: return
      case .gap(let gap):
        let label = "\(path)!/\(gap.offset)"
        noteDamage(gap.reason, at: label)
        entries.append(Self.entry(label, .failed))
      case .record(let record): try audit(record, at: path, hint)
      }
    }
  }

  private mutating func audit(_ record: WARCReader.Record, at path: String, _ hint: Hint) throws(Scanner
    .Failure)
  {
    let target = record.target.map { Self.safeTarget($0) }
    let isPage = ["response", "resource", "conversion", "arc"].contains(record.type)
    let label =
      isPage
      ? "\(path)!/\(record.offset):\(target ?? record.type)"
      : "\(path)!/\(record.offset):\(record.type.isEmpty ? "record" : record.type)"
        + (target.map { ":" + $0 } ?? "")
    var hint = hint
    hint.damage = record.damage
    var bytes = record.block
    hint.mediaType = record.mediaType.map { MediaType($0).name }
    if isPage, let message = HTTPMessage(record.block, limit: limits.memberBytes) {
      bytes = message.payload
      hint.mediaType = message.mediaType?.name
      hint.charset = message.mediaType?.charset
      hint.damage = record.damage ?? message.damage
    }
    guard !bytes.isEmpty else {
      // A revisit, a redirection: the record was read and holds no text.
      noteDamage(hint.damage, at: label)
      entries.append(Self.entry(label, hint.damage == nil ? .examined : .partial, record.block.count))
      return
    }
    if !isPage {
      // Header lines: not to be taken for a message or a table.
      if bytes.contains(0) {
        try audit(bytes, at: label, hint)
      } else {
        try examine(bytes, .text, at: label, hint)
      }
      return
    }
    try audit(bytes, at: label, hint)
  }

  private mutating func parts(of stream: BufferedStream, at path: String, _ hint: Hint) throws(Scanner
    .Failure)
  {
    let (bytes, failure) = stream.takeAll(limit: limits.memberBytes)
    if let failure { problems.append(.cut(path, failure)) }
    let mail = MailReader(bytes, limit: limits.members)
    if mail.isCut { problems.append(.tooManyMembers(path, limit: limits.members)) }
    for part in mail.parts where !part.bytes.isEmpty {
      let label = path + "!/" + Self.safeName(part.name)
      var hint = hint
      hint.mediaType = part.mediaType
      hint.charset = part.charset
      hint.damage = part.damage
      // The header of a message, and what stands around its parts, may read like a message.
      hint.isComment = part.isComment
      if part.isComment || part.name.hasSuffix("header") && part.mediaType == "text/plain" {
        try examine(part.bytes, .text, at: label, hint)
      } else {
        try audit(part.bytes, at: label, hint)
      }
    }
  }
}

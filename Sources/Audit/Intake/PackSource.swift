internal import AuditCore

/// Reads a pack that somebody wants to take in: a directory, or an archive (.zip, .tar, .tar.gz …). Nothing is unpacked to
/// disk, and nothing of an archive is believed before all of it was looked at.
package struct PackSource: Sendable {
  private let fileLimit: Int
  private let limitInBytes: Int

  package init(fileLimit: Int = RuleFiles.fileLimit, limitInBytes: Int = RuleFiles.limitInBytes) {
    self.fileLimit = fileLimit
    self.limitInBytes = limitInBytes
  }

  /// The one pack at `path`, its files named by their paths below `path`, and what is left out because it stands beside it.
  package func pack(at path: String) throws(PackError) -> (pack: PackFiles, leftOut: [String]) {
    if path.hasPrefix("http://") || path.hasPrefix("https://") { throw PackError(.network, at: path) }
    let inputs: Inputs
    do throws(IntakeError) {
      inputs = try DirectoryWalk(options: .init(readsIgnoreFiles: false)).inputs(at: [path])
    } catch {
      let why = error.reason == .missing ? "no such file or directory" : error.description
      throw PackError(.unreadable(why), at: path)
    }
    if inputs.files.count == 1, Self.names(inputs.files[0], path) {
      return try archive(inputs.files[0], path)
    }
    let packs: [PackFiles]
    do throws(RuleFiles.Failure) {
      packs = try RuleFiles().packs(at: path)
    } catch {
      // The description begins with the path already.
      let text = error.description
      throw PackError(
        text.hasPrefix(path + ": no pack.yaml") ? .noPack : .unreadable(text), at: path)
    }
    guard packs.count == 1, let pack = packs.first else {
      throw PackError(.severalPacks(packs.map(\.name)), at: path)
    }
    return (pack, [])
  }

  /// True when `path` is the file itself, not a directory with one file.
  private static func names(_ file: InputFile, _ path: String) -> Bool {
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let last = trimmed.split(separator: "/").last.map { Array($0.utf8) } ?? []
    return file.path.utf8.elementsEqual(trimmed.utf8) || file.path.utf8.elementsEqual(last)
  }

  // MARK: - archives

  private func archive(
    _ file: InputFile, _ path: String
  ) throws(PackError) -> (pack: PackFiles, leftOut: [String]) {
    let reader = try told(path) { () throws(StreamFailure) in
      let stream = BufferedStream(try FileStream(file))
      guard Self.isCompressed(Array(stream.peek(6))) else { return try ArchiveReader(stream, mode: .archive) }
      return try ArchiveReader(
        BufferedStream(try ArchiveReader(stream, mode: .compressed)), mode: .archive)
    }
    var members: [(path: String, bytes: [UInt8])] = []
    var taken: Set<String> = []
    var total = 0
    var count = 0
    while let member = try told(path, { () throws(StreamFailure) in try reader.next() }) {
      count += 1
      guard count <= fileLimit else {
        throw PackError(.tooMany(limit: fileLimit), at: path)
      }
      guard let name = Self.plain(member.name) else {
        if member.isDirectory, Self.isOwn(member.name) { continue }
        throw PackError(.escapes(member.name), at: path)
      }
      if member.isDirectory { continue }
      guard member.isFile else { throw PackError(.notRegular(member.name), at: path) }
      guard !member.isEncrypted else { throw PackError(.encrypted(member.name), at: path) }
      let bytes = try read(reader, total: &total, path)
      if Self.isOfSystem(name) { continue }
      guard taken.insert(name.lowercased()).inserted else { throw PackError(.twice(member.name), at: path) }
      members.append((name, bytes))
    }
    return try pack(of: members, path)
  }

  private func told<Value>(
    _ path: String, _ body: () throws(StreamFailure) -> Value
  ) throws(PackError) -> Value {
    do throws(StreamFailure) {
      return try body()
    } catch {
      throw PackError(.unreadable(error.text.en), at: path)
    }
  }

  private func read(_ reader: ArchiveReader, total: inout Int, _ path: String) throws(PackError) -> [UInt8] {
    var bytes: [UInt8] = []
    let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    defer { buffer.deallocate() }
    while true {
      let count = try told(path) { () throws(StreamFailure) in try reader.read(into: buffer) }
      if count == 0 { return bytes }
      total += count
      guard total <= limitInBytes else {
        throw PackError(.tooLarge(limit: limitInBytes), at: path)
      }
      bytes += buffer[..<count]
    }
  }

  /// The pack inside: what stands at and below the one outermost `pack.yaml`.
  private func pack(
    of members: [(path: String, bytes: [UInt8])], _ path: String
  ) throws(PackError) -> (pack: PackFiles, leftOut: [String]) {
    let roots = members.map(\.path).filter { $0 == "pack.yaml" || $0.hasSuffix("/pack.yaml") }
      .map { String($0.dropLast("pack.yaml".count)) }
    let outermost = roots.filter { root in !roots.contains { $0 != root && root.hasPrefix($0) } }
    guard let root = outermost.first else { throw PackError(.noPack, at: path) }
    guard outermost.count == 1 else {
      throw PackError(.severalPacks(outermost.sorted().map { String($0.dropLast()) }), at: path)
    }
    let files = members.filter { $0.path.hasPrefix(root) }
    return (
      PackFiles(name: path, files: files.map { ("\(path)/\($0.path)", $0.bytes) }),
      members.map(\.path).filter { !$0.hasPrefix(root) }.sorted()
    )
  }

  /// `name` below the place where it is unpacked, without "./"; nil when it could be anywhere else on any system.
  static func plain(_ name: String) -> String? {
    var parts = name.split(separator: "/", omittingEmptySubsequences: false)
    while parts.first == "." { parts.removeFirst() }
    // Directories end in "/".
    if parts.count > 1, parts.last == "" { parts.removeLast() }
    guard !parts.isEmpty, parts.allSatisfy({ !$0.isEmpty && $0 != "." && $0 != ".." }) else { return nil }
    let isPlain = name.unicodeScalars.allSatisfy {
      $0 != "\\" && $0 != ":" && $0.value >= 0x20 && $0.value != 0x7F
        && $0.properties.generalCategory != .format
    }
    return isPlain ? parts.joined(separator: "/") : nil
  }

  /// "./", the directory that was packed.
  private static func isOwn(_ name: String) -> Bool {
    name.allSatisfy { $0 == "." || $0 == "/" } && !name.contains("..")
  }

  /// What macOS adds to archives.
  private static func isOfSystem(_ name: String) -> Bool {
    name.hasPrefix("__MACOSX/") || name.split(separator: "/").last.map { $0.hasPrefix("._") } ?? false
  }

  private static func isCompressed(_ start: [UInt8]) -> Bool {
    let marks: [[UInt8]] = [
      [0x1F, 0x8B], [0x42, 0x5A, 0x68], [0xFD, 0x37, 0x7A, 0x58, 0x5A], [0x28, 0xB5, 0x2F, 0xFD],
      [0x04, 0x22, 0x4D, 0x18],
    ]
    return marks.contains { start.starts(with: $0) }
  }
}

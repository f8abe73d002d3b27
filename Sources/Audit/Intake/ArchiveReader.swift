import AuditCore
internal import CArchive

/// The members of an archive, or the one stream of a compressed file, by libarchive. Nothing is written to disk.
///
/// One owner of a libarchive handle; the handle is freed with it. Members are read in order, each before the next.
package final class ArchiveReader: ByteStream {
  package enum Mode: Hashable {
    /// zip, tar, 7z, uncompressed around them.
    case archive
    /// A ZIP file by what stands before each member, without its directory.
    case zipMembers
    /// gz, bz2, xz, zst, lz4.
    case compressed
  }

  package struct Member {
    /// As stored, "/" separated; where it is not UTF-8, as `\xFF`.
    package let name: String
    /// As stored; nil when the archive does not say.
    package let size: Int?
    package let isFile: Bool
    package let isDirectory: Bool
    package let isEncrypted: Bool
    /// Where it leads, of a link.
    package let link: [UInt8]?
  }

  private let handle: OpaquePointer
  private let input: Input
  private var entry: OpaquePointer?
  /// Where the last header that could not be read was.
  private var lastDamage: Int64 = -1
  private let mode: Mode

  /// - Throws: what libarchive says when the bytes are no archive.
  package init(_ stream: any ByteStream, mode: Mode) throws(StreamFailure) {
    guard let handle = archive_read_new() else { throw .outOfMemory }
    self.handle = handle
    self.mode = mode
    input = Input(stream)
    switch mode {
    case .archive:
      archive_read_support_format_zip(handle)
      archive_read_support_format_tar(handle)
      archive_read_support_format_gnutar(handle)
      archive_read_support_format_7zip(handle)
      // Zeros between members are no end: archives may be joined.
      archive_read_set_format_option(handle, "tar", "read_concatenated_archives", "1")
      // On macOS these would be no members of their own.
      archive_read_set_format_option(handle, "zip", "mac-ext", nil)
    case .zipMembers:
      archive_read_support_format_zip_streamable(handle)
    case .compressed:
      archive_read_support_filter_gzip(handle)
      archive_read_support_filter_bzip2(handle)
      archive_read_support_filter_xz(handle)
      archive_read_support_filter_zstd(handle)
      archive_read_support_filter_lz4(handle)
      archive_read_support_format_raw(handle)
    }
    let client = Unmanaged.passUnretained(input).toOpaque()
    archive_read_set_callback_data(handle, client)
    archive_read_set_read_callback(handle) { _, client, out in
      guard let client, let out else { return -1 }
      return Unmanaged<Input>.fromOpaque(client).takeUnretainedValue().read(out)
    }
    if stream.isSeekable {
      archive_read_set_seek_callback(handle) { _, client, offset, whence in
        guard let client else { return Int64(ARCHIVE_FATAL) }
        return Unmanaged<Input>.fromOpaque(client).takeUnretainedValue().seek(offset, whence)
      }
    }
    guard archive_read_open1(handle) == ARCHIVE_OK else { throw failure(goesOn: false) }
    if mode == .compressed { _ = try next() }
  }

  deinit { archive_read_free(handle) }

  /// The next member; nil after the last one.
  ///
  /// - Throws: that a header is damaged; with `goesOn`, the next call looks behind it.
  package func next() throws(StreamFailure) -> Member? {
    var entry: OpaquePointer?
    let result = archive_read_next_header(handle, &entry)
    if result == ARCHIVE_EOF {
      try checkEndOfTar()
      return nil
    }
    if result == ARCHIVE_RETRY {
      let place = archive_filter_bytes(handle, 0)
      let isBehind = place > lastDamage
      lastDamage = place
      throw failure(goesOn: isBehind)
    }
    guard result >= ARCHIVE_WARN, let entry else { throw failure(goesOn: false) }
    self.entry = entry
    let name: String
    if let raw = archive_entry_pathname(entry) {
      name = String(
        labelFor: Array(UnsafeBufferPointer(start: raw, count: Self.length(raw))).map {
          UInt8(bitPattern: $0)
        })
    } else if let text = archive_entry_pathname_utf8(entry) {
      name = String(cString: text)
    } else {
      name = "?"
    }
    return Member(
      name: name, size: archive_entry_size_is_set(entry) != 0 ? Int(archive_entry_size(entry)) : nil,
      isFile: carchive_is_file(entry) != 0, isDirectory: carchive_is_directory(entry) != 0,
      isEncrypted: archive_entry_is_encrypted(entry) != 0,
      link: archive_entry_symlink(entry).map { target in
        UnsafeBufferPointer(start: target, count: Self.length(target)).map { UInt8(bitPattern: $0) }
      })
  }

  /// Bytes of the member that `next` gave last.
  package func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    while true {
      let count = archive_read_data(handle, buffer.baseAddress, buffer.count)
      if count >= 0 { return count }
      if count == Int(ARCHIVE_RETRY) { continue }
      throw failure(goesOn: false)
    }
  }

  /// Bytes that were read from the outside so far.
  package var consumed: Int { input.position }

  /// A tar file ends with blocks of zeros; one that was cut between two members does not.
  private func checkEndOfTar() throws(StreamFailure) {
    guard mode == .archive, !endWasChecked else { return }
    endWasChecked = true
    let isTar = archive_format(handle) & ARCHIVE_FORMAT_BASE_MASK == ARCHIVE_FORMAT_TAR
    guard isTar, input.trailingZeros < 512 else { return }
    throw StreamFailure(
      text: LocalizedText(
        en: "it has no end mark, so members may be missing", ar: "لا يحمل علامة نهاية، فقد تنقصه ملفات"))
  }

  private var endWasChecked = false

  /// After the end of a compressed file: that nothing but zeros stands behind what was decoded.
  func checkRemainder() throws(StreamFailure) {
    guard !endWasChecked else { return }
    endWasChecked = true
    guard try input.holdsMore(behind: Int(archive_filter_bytes(handle, -1))) else { return }
    throw StreamFailure(
      text: LocalizedText(
        en: "it holds bytes that belong to no compressed part", ar: "فيه بايتات لا تنتمي إلى أي جزء مضغوط"))
  }

  private static func length(_ text: UnsafePointer<CChar>) -> Int {
    var length = 0
    while text[length] != 0 { length += 1 }
    return length
  }

  private func failure(goesOn: Bool) -> StreamFailure {
    if let failure = input.failure { return failure }
    // libarchive's words are English; they say more than we could.
    let text = archive_error_string(handle).map { String(cString: $0) } ?? "damaged"
    return StreamFailure(
      text: LocalizedText(en: "it is damaged (\(text))", ar: "محتواه تالف (\(text))"), goesOn: goesOn)
  }

  /// What libarchive reads from. Its buffer stays in place while libarchive uses it.
  private final class Input {
    private let stream: any ByteStream
    private let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 64 << 10, alignment: 16)
    private(set) var position = 0
    private(set) var failure: StreamFailure?
    /// Bytes in the buffer.
    private var filled = 0
    /// Zeros at the end of what was read.
    private(set) var trailingZeros = 0

    init(_ stream: any ByteStream) { self.stream = stream }
    deinit { buffer.deallocate() }

    func read(_ out: UnsafeMutablePointer<UnsafeRawPointer?>) -> Int {
      do throws(StreamFailure) {
        let count = try stream.read(into: buffer)
        position += count
        filled = count
        if count > 0 {
          let zeros = buffer[..<count].reversed().prefix { $0 == 0 }.count
          trailingZeros = zeros == count ? trailingZeros + zeros : zeros
        }
        out.pointee = UnsafeRawPointer(buffer.baseAddress)
        return count
      } catch {
        failure = error
        return -1
      }
    }

    /// Whether something else than zeros comes after the first `count` bytes. Reads on to the end for that.
    func holdsMore(behind count: Int) throws(StreamFailure) -> Bool {
      var rest = min(filled, max(0, position - count))
      while true {
        if buffer[(filled - rest)..<filled].contains(where: { $0 != 0 }) { return true }
        filled = try stream.read(into: buffer)
        guard filled > 0 else { return false }
        position += filled
        rest = filled
      }
    }

    func seek(_ offset: Int64, _ whence: Int32) -> Int64 {
      let base: Int
      switch whence {
      case 0: base = 0
      case 1: base = position
      default:
        guard let count = stream.count else { return Int64(ARCHIVE_FATAL) }
        base = count
      }
      let (target, overflows) = base.addingReportingOverflow(Int(offset))
      guard !overflows, target >= 0 else { return Int64(ARCHIVE_FATAL) }
      do throws(StreamFailure) {
        try stream.seek(to: target)
        position = target
        return Int64(target)
      } catch {
        failure = error
        return Int64(ARCHIVE_FATAL)
      }
    }
  }
}

extension StreamFailure {
  static let outOfMemory = StreamFailure(text: LocalizedText(en: "memory is short", ar: "الذاكرة لا تكفي"))
}

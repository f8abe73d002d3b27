internal import CArchive

/// Gzip, so that a large report stays small. No clock: the header holds no time, so the same bytes give the same bytes.
enum Compression {
  /// nil when the library refuses, which it does for want of memory only.
  static func gzip(_ bytes: [UInt8]) -> [UInt8]? {
    guard let archive = archive_write_new(), let entry = archive_entry_new() else { return nil }
    defer {
      archive_entry_free(entry)
      archive_write_free(archive)
    }
    guard archive_write_add_filter_gzip(archive) == ARCHIVE_OK,
      archive_write_set_filter_option(archive, "gzip", "compression-level", "9") == ARCHIVE_OK,
      // Without a value: no time in the header.
      archive_write_set_filter_option(archive, "gzip", "timestamp", nil) == ARCHIVE_OK,
      archive_write_set_format_raw(archive) == ARCHIVE_OK
    else { return nil }
    // What deflate adds at most to bytes that do not compress: 5 in 16,383, and the frame.
    var packed = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1000 + 4096)
    var used = 0
    // The library keeps the address of the count and writes it on closing.
    let isWritten = withUnsafeMutablePointer(to: &used) { count in
      packed.withUnsafeMutableBytes { target in
        guard archive_write_open_memory(archive, target.baseAddress, target.count, count) == ARCHIVE_OK else {
          return false
        }
        archive_entry_set_pathname(entry, "data")
        archive_entry_set_filetype(entry, regularFile)
        archive_entry_set_size(entry, Int64(bytes.count))
        guard archive_write_header(archive, entry) == ARCHIVE_OK else { return false }
        let written = bytes.withUnsafeBytes { archive_write_data(archive, $0.baseAddress, $0.count) }
        return written == bytes.count && archive_write_close(archive) == ARCHIVE_OK
      }
    }
    guard isWritten else { return nil }
    packed.removeLast(packed.count - used)
    return packed
  }

  /// AE_IFREG, which is a macro with a cast and therefore not imported.
  private static let regularFile: UInt32 = 0o100000
}

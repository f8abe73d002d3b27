internal import AuditCore

/// The payload of an HTTP response as a web archive keeps it: without its header, chunks joined, compression undone.
///
/// Sources: RFC 9112 (chunked coding), RFC 9110 (content codings). Archives often keep a coding's name after undoing
/// it, so a coding is undone only when the bytes bear it.
struct HTTPMessage {
  private(set) var payload: [UInt8]
  private(set) var mediaType: MediaType?
  /// Why the payload is not whole.
  private(set) var damage: LocalizedText?
  /// Bytes of the header.
  private(set) var headerLength = 0

  /// nil when `block` does not begin with "HTTP/".
  init?(_ block: [UInt8], limit: Int) {
    guard block.starts(with: Array("HTTP/".utf8)) else { return nil }
    let fields = HeaderFields(block)
    headerLength = fields.end
    payload = Array(block[fields.end...])
    mediaType = fields["content-type"].map { MediaType($0) }
    if fields["transfer-encoding"]?.lowercased().contains("chunked") == true { unchunk() }
    let coding = fields["content-encoding"]?.lowercased() ?? ""
    if coding.contains("br"), !coding.contains("gzip") || payload.first != 0x1F {
      // No magic tells Brotli; what decodes as text was undone by the archive.
      if !payload.isEmpty, !UTF8Check(payload).isValid {
        damage = LocalizedText(
          en: "its compression (Brotli) is not read", ar: "لا يُقرأ ضغطه (Brotli)")
        payload = []
      }
    } else if payload.starts(with: [0x1F, 0x8B, 0x08]) || payload.starts(with: [0x28, 0xB5, 0x2F, 0xFD]) {
      guard coding.contains("gzip") || coding.contains("zstd") || coding.contains("deflate") else { return }
      do throws(StreamFailure) {
        let filter = payload.first == 0x1F ? "gz" : "zst"
        let stream = try CompressedStream(MemoryStream(payload), filter: filter, ratio: 1_000)
        let all = BufferedStream(stream).takeAll(limit: limit)
        payload = all.bytes
        damage = all.failure?.text ?? damage
      } catch {
        damage = error.text
      }
    }
  }

  private mutating func unchunk() {
    var joined: [UInt8] = []
    var at = 0
    while at < payload.count {
      guard let lineEnd = payload[at...].firstIndex(of: 0x0A) else {
        if at == 0 { return }
        break
      }
      let digits = payload[at..<lineEnd].prefix { $0.hexValue != nil }
      guard !digits.isEmpty, digits.count <= 8,
        let size = Int(String(decoding: digits, as: UTF8.self), radix: 16)
      else {
        // The archive joined the chunks and kept the header.
        if at == 0 { return }
        damage = LocalizedText(en: "one of its chunks is broken", ar: "إحدى قطعه تالفة")
        break
      }
      if size == 0 {
        payload = joined
        return
      }
      let start = lineEnd + 1
      let end = min(payload.count, start + size)
      joined += payload[start..<end]
      if end < start + size {
        damage = LocalizedText(en: "it ends in the middle of a chunk", ar: "ينتهي في منتصف إحدى قطعه")
      }
      at = end
      if at < payload.count, payload[at] == 0x0D { at += 1 }
      if at < payload.count, payload[at] == 0x0A { at += 1 }
    }
    payload = joined
  }
}

import Audit
import AuditCore
import Foundation

/// One line of input.
struct StreamRecord {
  let id: JSONID?
  let path: String
  let source: [UInt8]
  /// nil when `source` has to be opened first.
  let document: Document?
  let problems: [Problem]

  enum JSONID {
    case text(String)
    case number(Int)
  }

  struct Failure: Error, CustomStringConvertible {
    let id: JSONID?
    let description: String
  }

  init(_ line: String) throws {
    // Half of a surrogate pair is no character; the line is read with U+FFFD in its place, as audit reads it.
    let parsed =
      (try? JSONSerialization.jsonObject(with: Data(line.utf8)))
      ?? (try? JSONSerialization.jsonObject(with: Data(LoneSurrogates.replaced(in: Array(line.utf8)))))
    guard let object = parsed as? [String: Any] else {
      throw Failure(id: nil, description: "the line is not a JSON object; write one object a line")
    }
    try self.init(object)
  }

  /// - Parameter object: what one line holds.
  init(_ object: [String: Any]) throws {
    let id: JSONID? =
      (object["id"] as? String).map { .text($0) } ?? (object["id"] as? Int).map { .number($0) }
    self.id = id
    path = object["path"] as? String ?? "record"
    if let text = object["text"] as? String {
      let headline = object["headline"] as? String
      // A record that is its own headline: one title without a text below it.
      source = Array(text.utf8)
      document = Document(
        path: path, format: .text, encoding: Encoding(name: "utf-8", evidence: .transport), bytes: source,
        isHeadline: headline == text)
      problems = []
    } else if let html = object["html"] as? String {
      source = Array(html.utf8)
      document = Document(
        path: path, format: .html, encoding: Encoding(name: "utf-8", evidence: .transport), bytes: source)
      problems = []
    } else if let base64 = object["base64"] as? String {
      guard let data = Data(base64Encoded: base64) else {
        throw Failure(id: id, description: "'base64' does not decode; use the standard alphabet with padding")
      }
      source = Array(data)
      let media = MediaType(object["media_type"] as? String ?? "")
      guard !OpenedInput.isNeeded(for: source, at: path, isText: media.format != nil) else {
        (document, problems) = (nil, [])
        return
      }
      (document, problems) = Decoder.document(
        path: path, source: source, format: media.format, declaredCharset: media.charset)
    } else {
      throw Failure(id: id, description: "the object has none of 'text', 'html', 'base64'")
    }
  }
}

/// `text/html; charset=utf-8`
struct MediaType {
  let format: Format?
  let charset: String?

  init(_ text: String) {
    let parts = text.lowercased().split(separator: ";").map { $0.trimmingCharacters(in: .whitespaces) }
    switch parts.first {
    case "text/html", "application/xhtml+xml": format = .html
    case "text/markdown": format = .markdown
    case "text/plain": format = .text
    case "application/json": format = .json
    case "application/jsonl", "application/x-ndjson": format = .jsonLines
    case "text/csv": format = .table
    default: format = nil
    }
    charset = parts.dropFirst().first { $0.hasPrefix("charset=") }.map {
      String($0.dropFirst("charset=".count)).trimmingCharacters(in: CharacterSet(charactersIn: "\"'"))
    }
  }
}

extension JSONWriter {
  mutating func value(_ id: StreamRecord.JSONID?) {
    switch id {
    case .text(let text): string(text)
    case .number(let number): int(number)
    case nil: null()
    }
  }
}

/// `\ud800` without its other half.
enum LoneSurrogates {
  /// The same JSON with `\ufffd` for each; of the same length.
  static func replaced(in json: [UInt8]) -> [UInt8] {
    var json = json
    var at = 0
    var high: Int?
    func replace(_ place: Int) { json.replaceSubrange(place + 2..<place + 6, with: Array("fffd".utf8)) }
    while at < json.count {
      var next = at + 1
      var opened: Int?
      if json[at] == UInt8(ascii: "\\") {
        next = at + 2
        if let unit = unit(json, at) {
          next = at + 6
          switch unit {
          case 0xD800..<0xDC00: opened = at
          case 0xDC00..<0xE000 where high == nil: replace(at)
          case 0xDC00..<0xE000: high = nil
          default: break
          }
        }
      }
      if let high { replace(high) }
      high = opened
      at = next
    }
    if let high { replace(high) }
    return json
  }

  private static func unit(_ json: [UInt8], _ at: Int) -> UInt16? {
    guard at + 6 <= json.count, json[at + 1] == UInt8(ascii: "u") else { return nil }
    return UInt16(String(decoding: json[at + 2..<at + 6], as: UTF8.self), radix: 16)
  }
}

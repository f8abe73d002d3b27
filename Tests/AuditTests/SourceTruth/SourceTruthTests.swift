@testable import Audit
import AuditCore
import Foundation
import Testing

/// The bytes at the place of a match, read alone, hold what was matched.
struct SourceTruthTests {
  /// Letters and digits of the folding: what markup and white space do not change.
  static func essence(_ bytes: some Collection<UInt8>) -> String {
    let folded = String(decoding: FoldedText.folded(String(decoding: bytes, as: UTF8.self)), as: UTF8.self)
    return String(
      String.UnicodeScalarView(
        folded.unicodeScalars.filter { $0.properties.isAlphabetic || $0.properties.numericType != nil }))
  }

  /// What a reader makes of `bytes` alone.
  static func reread(_ bytes: [UInt8], _ format: Format) -> [UInt8] {
    guard format == .html else { return bytes }
    var text: [UInt8] = []
    let document = makeDocument(bytes, .html)
    _ = Reader().read(document) { batch in
      for block in batch.blocks where block.channel == .text {
        for piece in batch.pieces[block.pieces] {
          if piece.isVerbatim {
            text += bytes[piece.start..<piece.start + piece.length]
          } else {
            for scalar in [piece.first, piece.second] where scalar != 0 { text.append(utf8: scalar) }
          }
        }
      }
    }
    return text
  }

  /// Every match of `document` that its bytes do not bear out.
  static func untrue(_ document: Document, source: [UInt8], _ engine: TestEngine) throws -> (
    matches: Int, untrue: [String]
  ) {
    var count = 0
    var found: [String] = []
    try engine.scan(document) { batch, matches in
      for match in matches
      where batch.segments[Int(match.segment)].channel == .text && !match.text.isEmpty
        && !engine.auditor.scanner.builtinUnits.contains(match.unit)
      {
        count += 1
        let wanted = essence(batch.text[match.text])
        let bytes = Array(document.bytes[match.document])
        var isTrue = essence(reread(bytes, document.format)) == wanted
        if !isTrue, document.format != .text {
          isTrue = essence(reread(bytes, document.format)).contains(wanted)
        }
        // What looks like a tag of its own when it is cut out.
        if !isTrue { isTrue = essence(bytes).contains(wanted) }
        if !isTrue {
          let rule = engine.auditor.rules.rules[engine.auditor.scanner.units[Int(match.unit)].rule].card.id
          found.append(
            "\(document.path): \(rule) \(match.document) \(wanted.debugDescription) is"
              + " \(String(decoding: bytes.prefix(200), as: UTF8.self).debugDescription)")
        }
        if let decoding = document.decoding {
          let place = decoding.source(of: DocumentRange(bytes: match.document)).bytes()
          let again = Decoder.document(
            path: "a", source: Array(source[place]), format: document.format,
            declaredCharset: document.encoding.name
          ).0
          if again.bytes != bytes {
            found.append("\(document.path): source bytes \(place) decode to other text")
          }
        }
      }
    }
    return (count, found)
  }

  @Test func `the files of examples bear out every match`() throws {
    let engine = try Bundled.engine()
    var count = 0
    for path in Bundled.exampleFiles {
      let url = Package.url(path)
      guard let document = try Bundled.document(at: url, path: path) else { continue }
      let result = try Self.untrue(document, source: [UInt8](try Data(contentsOf: url)), engine)
      count += result.matches
      #expect(result.untrue.isEmpty, "\(result.untrue.joined(separator: "\n"))")
    }
    #expect(count > 50)
  }

  @Test(.enabled(if: Shared.isPresent, Shared.advice))
  func `pages of the web bear out every match`() throws {
    let engine = try Bundled.engine()
    for page in try RealPages.sample(step: 20, most: 150_000) {
      guard let document = try Bundled.document(at: page.url, path: page.path),
        RealPages.isDeep || document.bytes.count < 250_000
      else { continue }
      let result = try Self.untrue(document, source: [UInt8](try Data(contentsOf: page.url)), engine)
      #expect(result.untrue.isEmpty, "\(result.untrue.joined(separator: "\n"))")
      let audit = try engine.audit(document)
      for finding in audit.findings {
        #expect(finding.location.startLine >= 1 && finding.location.startColumn >= 1)
        #expect(finding.location.codePoints.lowerBound <= document.bytes.count)
      }
    }
  }
}

/// What no view shows has a place as well.
struct InvisibleTruthTests {
  @Test(arguments: [
    ("<p>Your bank\u{202E}ten: now</p>", "\u{202E}"), ("<p>Your bank&#8238;ten: now</p>", "&#8238;"),
    ("<p>Your bank&#x202e;ten: now</p>", "&#x202e;"),
  ])
  func `an override is found at the bytes that spell it`(_ page: String, _ spelled: String) throws {
    let engine = try TestEngine("{rule: a.b, message: m, match: {builtin: bidi-override}}")
    #expect(try engine.found(page, .html) == [spelled])
  }
}

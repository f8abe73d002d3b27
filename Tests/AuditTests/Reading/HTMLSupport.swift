import Audit
import AuditCore
import Foundation

/// What the reader made of a page, as the tests look at it.
struct ReadPage {
  struct Run: Equatable, CustomStringConvertible {
    let text: String
    let block: Block
    let path: String
    let language: String
    /// From the first through the last byte.
    let source: Range<Int>
    var description: String {
      "\(path) \(block.channel.name)/\(block.role.name)/\(block.region.name)/\(block.visibility.name): \(text)"
    }
  }

  var runs: [Run] = []
  var facts = DocumentFacts()
  var problems: [Problem] = []
  /// What is wrong with the blocks; empty when they keep their promises.
  var faults: [String] = []

  init(_ html: String, path: String = "page.html") { self.init(Array(html.utf8), path: path) }

  init(_ bytes: [UInt8], path: String = "page.html") {
    let document = Document(
      path: path, format: .html, encoding: Encoding(name: "utf-8", evidence: .valid), bytes: bytes)
    // What `<selectedcontent>` shows stands farther down.
    let showsOption = String(decoding: bytes, as: UTF8.self).contains("<selectedcontent")
    var last = 0
    var runs: [Run] = []
    var faults: [String] = []
    (facts, problems) = HTMLReader().read(document) { batch in
      for block in batch.blocks {
        let pieces = batch.pieces[block.pieces]
        var text: [UInt8] = []
        var at = -1
        for piece in pieces {
          if piece.start < at { faults.append("pieces overlap at \(piece.start)") }
          if piece.length < 0 || piece.length == 0 && piece.isVerbatim {
            faults.append("empty piece at \(piece.start)")
          }
          if piece.start < 0 || piece.start + piece.length > bytes.count {
            faults.append("piece out of bounds")
          }
          at = piece.start + piece.length
          if piece.isVerbatim {
            text += bytes[piece.start..<at]
          } else {
            for scalar in [piece.first, piece.second] where scalar != 0 {
              if let scalar = Unicode.Scalar(scalar) {
                text += Array(String(Character(scalar)).utf8)
              } else {
                faults.append("no scalar \(scalar)")
              }
            }
          }
        }
        guard let start = pieces.first?.start else {
          faults.append("block without pieces")
          continue
        }
        if start < last, !showsOption {
          faults.append("block at \(start) after one at \(last)")
        }
        last = start
        runs.append(
          Run(
            text: String(decoding: text, as: UTF8.self), block: block,
            path: block.path >= 0 ? batch.names[block.path] : "",
            language: block.declaredLanguage >= 0 ? batch.names[block.declaredLanguage] : "",
            source: start..<at))
      }
    }
    self.runs = runs
    self.faults = faults
  }

  func texts(_ channel: Channel) -> [String] { runs.filter { $0.block.channel == channel }.map(\.text) }
  var texts: [String] { texts(.text) }
  func run(_ text: String) -> Run? { runs.first { $0.text == text } }
}

/// Data that the tests read when it is there: the directory of AUDITOR_SHARED, or `shared` beside the
/// package.
enum SharedData {
  static var root: URL? {
    let environment = ProcessInfo.processInfo.environment["AUDITOR_SHARED"].map { URL(fileURLWithPath: $0) }
    var package = URL(fileURLWithPath: #filePath)
    for _ in 0..<4 { package.deleteLastPathComponent() }
    let candidates = [environment, package.deletingLastPathComponent().appendingPathComponent("shared")]
    return candidates.compactMap(\.self).first { FileManager.default.fileExists(atPath: $0.path) }
  }

  /// The html5lib tests, unpacked once into a temporary directory; nil when they are absent.
  static let html5lib: URL? = {
    if let path = ProcessInfo.processInfo.environment["AUDITOR_HTML5LIB"] {
      return URL(fileURLWithPath: path)
    }
    guard let root else { return nil }
    let archive = root.appendingPathComponent("corpora/html/html5lib-tests.tar.xz")
    guard FileManager.default.fileExists(atPath: archive.path) else { return nil }
    let target = FileManager.default.temporaryDirectory.appendingPathComponent("auditor-html5lib-tests")
    let tests = target.appendingPathComponent("html5lib-tests")
    if FileManager.default.fileExists(atPath: tests.path) { return tests }
    do {
      try FileManager.default.createDirectory(at: target, withIntermediateDirectories: true)
      let tar = Process()
      tar.executableURL = URL(fileURLWithPath: "/usr/bin/env")
      tar.arguments = ["tar", "-xJf", archive.path, "-C", target.path]
      try tar.run()
      tar.waitUntilExit()
      return FileManager.default.fileExists(atPath: tests.path) ? tests : nil
    } catch {
      return nil
    }
  }()
}

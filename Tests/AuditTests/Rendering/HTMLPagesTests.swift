@testable import Audit
import AuditCore
import Foundation
import Testing

/// Very large reports: one page that leads to plain ones.
struct HTMLPagesTests {
  private func files(_ report: Report, _ language: String) -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [
      "report.html": HTMLRenderer.render(report, uiLanguage: language, pagesFolder: "report-pages")
    ]
    HTMLRenderer.pages(report, uiLanguage: language, indexName: "report.html") {
      files["report-pages/" + $0] = $1
    }
    return files
  }

  @Test(arguments: ["en", "ar"])
  func `every finding stands on exactly one page, and every link leads somewhere`(_ language: String) throws {
    let report = try SampleReport.large(count: 9_000, documents: 3)
    let files = files(report, language)
    var seen: [String: Int] = [:]
    for (name, bytes) in files where name.hasPrefix("report-pages/findings-") {
      for id in Markup(bytes).values(of: "id") where id.hasPrefix("f-") {
        seen[String(id.dropFirst(2)), default: 0] += 1
      }
    }
    #expect(seen.values.allSatisfy { $0 == 1 })
    #expect(Set(seen.keys) == Set(report.findings.map(\.fingerprint)))
    for (name, bytes) in files {
      let markup = Markup(bytes)
      #expect(markup.unbalanced == [], "\(name)")
      for link in markup.values(of: "href") where !link.hasPrefix("#") {
        let target =
          name == "report.html"
          ? link : link.hasPrefix("../") ? String(link.dropFirst(3)) : "report-pages/" + link
        #expect(files[target] != nil, "\(name) leads to \(link)")
      }
    }
  }

  @Test func `pages hold no script and allow none`() throws {
    let report = try SampleReport.large(count: 3_000, documents: 9)
    for (name, bytes) in files(report, "en") where name != "report.html" {
      let text = String(decoding: bytes, as: UTF8.self)
      #expect(!text.contains("<script") && text.contains("default-src 'none'; style-src 'sha256-"), "\(name)")
      #expect(
        Markup(bytes).tags.allSatisfy { !$0.attributes.contains("style=") && !$0.attributes.contains(" on") })
    }
  }

  @Test func `a long document takes several pages, short ones share one`() throws {
    let long = HTMLPages.plan(try SampleReport.large(count: 9_000, documents: 1).findings)
    #expect(long.stretches.count == 5 && long.stretches.allSatisfy { $0.count <= HTMLPages.findingLimit })
    let short = HTMLPages.plan(try SampleReport.large(count: 5_000, documents: 1_000).findings)
    #expect(short.stretches.count == 3 && short.documents.count == 1_000)
    for plan in [long, short] {
      #expect(zip(plan.stretches, plan.stretches.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound })
    }
  }

  @Test func `the leading page counts all and lists the most severe`() throws {
    let report = try SampleReport.large(count: 30_000, documents: 300)
    let own = HTMLReport(report, language: "en", pagesFolder: "p")
    let data = try #require(
      try JSONSerialization.jsonObject(with: Data(own.findingData())) as? [String: Any])
    let prints = try #require(data["prints"] as? [String])
    #expect(prints.reduce(0) { $0 + $1.utf8.count / HTMLReport.printDigits } <= HTMLReport.indexLimit)
    let text = String(decoding: HTMLRenderer.render(report, pagesFolder: "p"), as: UTF8.self)
    #expect(text.contains("30,000") && text.contains("This run is too large for one page."))
  }

  @Test func `packing gives the same bytes each time and can be unpacked`() throws {
    for bytes in [[], Array("a".utf8), Array(String(repeating: "ميناء harbour ", count: 40_000).utf8)]
      as [[UInt8]]
    {
      let packed = try #require(Compression.gzip(bytes))
      #expect(packed == Compression.gzip(bytes))
      #expect(
        packed.prefix(4) == [0x1F, 0x8B, 0x08, 0x00] && packed[4..<8].allSatisfy { $0 == 0 },
        "no time in the head")
      #expect(bytes.count < 1000 || packed.count < bytes.count / 10)
      // The last four bytes are the length.
      let length = packed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
      #expect(length == bytes.count)
    }
  }
}

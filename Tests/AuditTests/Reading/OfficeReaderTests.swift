@testable import Audit
import AuditCore
import Testing

@Suite struct OfficeReaderTests {
  struct Seen: Equatable, CustomStringConvertible {
    let text: String
    let channel: Channel
    let visibility: Visibility
    init(_ text: String, _ channel: Channel = .text, _ visibility: Visibility = .visible) {
      self.text = text
      self.channel = channel
      self.visibility = visibility
    }
    var description: String { "\(channel.name)/\(visibility.name) \(text)" }
  }

  static func read(_ text: String, path: String = "word/document.xml") -> [Seen] {
    let bytes = Array(text.utf8)
    var result = ReadResult()
    var seen: [Seen] = []
    let document = Document(
      path: path, format: .office, encoding: Encoding(name: "utf-8", evidence: .valid), bytes: bytes)
    _ = OfficeReader().read(document) { batch in
      let first = result.blocks.count
      result.take(batch, of: bytes)
      for (block, read) in zip(batch.blocks, result.blocks[first...]) {
        seen.append(Seen(read.text, block.channel, block.visibility))
      }
    }
    #expect(result.brokenPieces == 0)
    return seen
  }

  @Test func `runs of a paragraph are one text`() {
    #expect(
      Self.read(
        "<w:p><w:r><w:t>one </w:t></w:r><w:r><w:tab/><w:t>tw&amp;o</w:t></w:r></w:p>\n<w:p><w:t>three</w:t></w:p>"
      )
        == [Seen("one  tw&o"), Seen("three")])
  }

  @Test(arguments: [
    "<w:p><w:r><w:t>seen</w:t></w:r><w:del w:id='1'><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
    "<w:p><w:r><w:t>seen</w:t></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r></w:p>",
    "<text:p>seen</text:p><text:deletion><text:p>gone</text:p></text:deletion>",
  ])
  func `what is deleted or hidden is hidden text`(_ text: String) {
    #expect(Self.read(text) == [Seen("seen"), Seen("gone", .text, .hidden)])
  }

  @Test func `text after hidden text is seen again`() {
    let runs = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>gone</w:t></w:r><w:r><w:t>seen</w:t></w:r>"
    #expect(Self.read("<w:p>\(runs)</w:p>") == [Seen("gone", .text, .hidden), Seen("seen")])
  }

  @Test func `comments, people, targets and descriptions have their channels`() {
    #expect(
      Self.read("<w:comment w:author='A'><w:p><w:t>why</w:t></w:p></w:comment>", path: "word/comments.xml")
        .contains(Seen("why", .comment)))
    #expect(
      Self.read(
        "<office:annotation><dc:creator>A</dc:creator><text:p>why</text:p></office:annotation>",
        path: "content.xml"
      ).contains(Seen("why", .comment)))
    #expect(Self.read("<w:ins w:author='A B'><w:t>x</w:t></w:ins>").contains(Seen("A B", .metadata)))
    #expect(
      Self.read("<Relationship Target='mailto:a'/>", path: "word/_rels/document.xml.rels") == [
        Seen("mailto:a", .url)
      ])
    #expect(Self.read("<wp:docPr descr='a cat'/>") == [Seen("a cat", .alt)])
    #expect(Self.read("<dc:creator>A</dc:creator>", path: "docProps/core.xml") == [Seen("A", .metadata)])
  }

  @Test func `an insertion in the middle of a sentence does not tear it apart`() {
    #expect(
      Self.read("<w:p><w:t>one </w:t><w:ins w:author='A'><w:t>two</w:t></w:ins><w:t> three</w:t></w:p>").first
        == Seen("one two three"))
  }

  @Test func `entities are never expanded`() {
    let bomb =
      "<!DOCTYPE d [<!ENTITY a 'aaaa'><!ENTITY b '&a;&a;'>]><w:p><w:t>&b; &#65;&#x42; &lt;</w:t></w:p>"
    #expect(Self.read(bomb) == [Seen("&b; AB <")])
  }

  @Test(arguments: [
    "<", "<w:p", "<w:p><w:t>x", "</w:p></w:p>", "<!--", "<![CDATA[x", "<!DOCTYPE [", "&", "<a b", "<a b='",
  ])
  func `broken parts are read to their end`(_ text: String) { _ = Self.read(text) }
}

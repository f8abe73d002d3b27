@testable import Audit
import AuditCore
import Testing

@Suite struct CompressedStreamTests {
  static func unpack(_ bytes: [UInt8], ratio: Int = 200) -> (text: String, failures: Int) {
    guard let stream = try? CompressedStream(MemoryStream(bytes), filter: "gz", ratio: ratio) else {
      return ("", 1)
    }
    let buffered = BufferedStream(stream)
    var out: [UInt8] = []
    var failures = 0
    while failures < 10 {
      do throws(StreamFailure) {
        let part = try buffered.take(1 << 16)
        if part.isEmpty { break }
        out += part
      } catch {
        failures += 1
        if !error.goesOn { break }
      }
    }
    return (String(decoding: out, as: UTF8.self), failures)
  }

  @Test func `joins the members of a gzip file`() {
    let bytes = Containers.gzip(Array("one ".utf8)) + Containers.gzip(Array("two".utf8))
    #expect(Self.unpack(bytes) == ("one two", 0))
  }

  @Test(arguments: [0, 1, 2])
  func `damage in one member costs only that member`(_ broken: Int) {
    var members = ["one ", "two ", "three"].map { Containers.gzip(Array($0.utf8)) }
    // The length of a stored block no longer agrees with its complement.
    members[broken][11] ^= 0xFF
    let result = Self.unpack(members.flatMap { $0 })
    #expect(result.failures == 1)
    for (index, word) in ["one", "two", "three"].enumerated() {
      #expect(result.text.contains(word) == (index != broken))
    }
  }

  @Test func `a file that ends early says so`() {
    let bytes = Containers.gzip(Array("some words".utf8))
    #expect(Self.unpack(Array(bytes.dropLast(12))).failures == 1)
  }
}

@Suite struct WARCReaderTests {
  static func read(_ bytes: [UInt8], isARC: Bool = false) -> (
    records: [WARCReader.Record], gaps: [WARCReader.Gap]
  ) {
    let reader = WARCReader(BufferedStream(MemoryStream(bytes)), isARC: isARC, recordLimit: 1 << 20)
    var records: [WARCReader.Record] = []
    var gaps: [WARCReader.Gap] = []
    while let item = try? reader.next() {
      switch item {
      case .record(let record): records.append(record)
      case .gap(let gap): gaps.append(gap)
      }
    }
    return (records, gaps)
  }

  static let one = Containers.warc("<p>one", "http://a.example/1")
  static let two = Containers.warc("<p>two", "http://a.example/2")

  @Test func `gives records with their offsets and targets`() {
    let read = Self.read(Self.one + Self.two)
    #expect(read.records.map(\.offset) == [0, Self.one.count])
    #expect(read.records.map(\.target) == ["http://a.example/1", "http://a.example/2"])
    #expect(read.records.allSatisfy { $0.damage == nil })
    #expect(read.gaps.isEmpty)
  }

  @Test(arguments: [1, 500, 100_000, 70])
  func `a wrong length costs no other record`(_ length: Int) {
    let wrong = Containers.warc(
      "<p>wrong " + String(repeating: "x", count: 30), "http://a.example/w", length: length)
    let read = Self.read(Self.one + wrong + Self.two)
    #expect(read.records.map(\.target) == ["http://a.example/1", "http://a.example/w", "http://a.example/2"])
    #expect(read.records[1].damage != nil)
    #expect(read.records[0].damage == nil && read.records[2].damage == nil)
  }

  @Test(arguments: [
    "noise\r\n\r\n", "WARC/1.0\r\nContent-Length: x\r\n\r\n", "WARC/1.0\r\nWARC-Type: response\r\n\r\n",
    "\u{0}\u{0}\n",
  ])
  func `what is no record is named, and the records around it are read`(_ noise: String) {
    let read = Self.read(Self.one + Array(noise.utf8) + Self.two)
    #expect(read.records.map(\.target) == ["http://a.example/1", "http://a.example/2"])
    #expect(read.gaps.count == 1 || read.records[0].damage != nil)
  }

  @Test func `a cut file gives what it holds of its last record`() {
    let read = Self.read(Self.one + Array(Self.two.dropLast(8)))
    #expect(read.records.count == 2)
    #expect(read.records[1].damage != nil)
  }

  @Test func `reads ARC records`() {
    let body = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>one"
    let text =
      "filedesc://a.arc 0.0.0.0 20140101000000 text/plain 4\nabcd\nhttp://a.example/ 1.2.3.4 20140101000000 text/html \(body.utf8.count)\n\(body)\n"
    let read = Self.read(Array(text.utf8), isARC: true)
    #expect(read.records.map(\.type) == ["warcinfo", "arc"])
    #expect(
      String(decoding: HTTPMessage(read.records[1].block, limit: 1_000)?.payload ?? [], as: UTF8.self)
        == "<p>one")
  }

  @Test func `chunks are joined, and a payload that is not chunked stays`() {
    let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nabcd\r\n2;x=y\r\nef\r\n0\r\n\r\n"
    #expect(HTTPMessage(Array(chunked.utf8), limit: 100)?.payload == Array("abcdef".utf8))
    let plain = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n<p>plain"
    #expect(HTTPMessage(Array(plain.utf8), limit: 100)?.payload == Array("<p>plain".utf8))
  }
}

@Suite struct MailReaderTests {
  static func parts(_ text: String) -> [(name: String, text: String)] {
    MailReader(Array(text.replacing("\n", with: "\r\n").utf8), limit: 100).parts.map {
      ($0.name, String(decoding: $0.bytes, as: UTF8.self))
    }
  }

  @Test func `undoes transfer codings and encoded words`() {
    let parts = Self.parts(
      """
      From: =?utf-8?B?2LnZhNmK?= <a@example.org>
      Subject: =?iso-8859-1?Q?caf=E9_?= =?utf-8?Q?bar?=
      Content-Type: multipart/mixed; boundary="b"

      --b
      Content-Type: text/plain
      Content-Transfer-Encoding: quoted-printable

      one=20tw=
      o
      --b
      Content-Type: multipart/alternative; boundary=c

      --c
      Content-Type: text/html
      Content-Transfer-Encoding: base64

      PHA+dGhyZWU=
      --c--
      --b
      Content-Disposition: attachment; filename="../x/n.txt"

      four
      --b--
      """)
    #expect(parts.map(\.name) == ["header", "1.txt", "2.1.html", "3/n.txt"])
    #expect(parts[0].text.contains("علي <a@example.org>"))
    #expect(parts[0].text.contains("café bar"))
    #expect(parts.dropFirst().map(\.text) == ["one two", "<p>three", "four"])
  }

  @Test func `a boundary that is not closed ends with the message`() {
    let parts = Self.parts("A: b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\none\n--b\n\ntwo")
    #expect(parts.dropFirst().map(\.text) == ["one", "two"])
  }

  @Test func `an mbox file has several messages`() {
    #expect(Self.parts("From a\nSubject: x\n\none\n\nFrom b\nSubject: y\n\ntwo\n").count == 4)
  }
}

@Suite struct StreamWindowTests {
  static func windows(_ text: String, _ format: Format, size: Int) -> [StreamWindows.Window] {
    var windows = StreamWindows(
      BufferedStream(MemoryStream(Array(text.utf8))), format: format, windowBytes: size)
    var all: [StreamWindows.Window] = []
    while let window = windows.next() { all.append(window) }
    return all
  }

  @Test func `windows end with lines and together are the text`() {
    let text = (0..<4_000).map { "line \($0) with some words\n" }.joined()
    let windows = Self.windows(text, .jsonLines, size: 40_000)
    #expect(windows.count > 2)
    #expect(windows.flatMap(\.bytes) == Array(text.utf8))
    var lines = 0
    var bytes = 0
    for window in windows {
      #expect(window.origin.lines == lines && window.origin.bytes == bytes && window.origin.columns == 0)
      lines += window.bytes.count { $0 == 0x0A }
      bytes += window.bytes.count
    }
  }

  @Test(arguments: [Format.text, .jsonLines])
  func `an endless line is cut into windows that overlap`(_ format: Format) {
    let text = String(repeating: "é word \\u00e9 \\\\n ", count: 40_000)
    let windows = Self.windows(text, format, size: 40_000)
    var end = 0
    for window in windows {
      #expect(window.origin.bytes <= end)
      #expect(window.origin.ordinal == 0 || end - window.origin.bytes >= 1_000)
      #expect(String(validating: window.bytes, as: UTF8.self) != nil)
      #expect(window.origin.isInsideRecord == (format == .jsonLines) || windows.count == 1)
      end = window.origin.bytes + window.bytes.count
    }
    #expect(end == text.utf8.count)
  }

  @Test func `each window of a table begins with the names of its columns`() {
    let text = "name,answer\n" + (0..<6_000).map { "A\($0),\"some \"\"words\"\"\nmore\"\n" }.joined()
    for window in Self.windows(text, .table, size: 40_000) {
      #expect(window.bytes.starts(with: Array("name,answer\n".utf8)))
      #expect(window.bytes.suffix(6).elementsEqual(Array("more\"\n".utf8)))
    }
  }
}

@Suite struct LimitsTests {
  @Test func `limits are set by name`() {
    var limits = Limits()
    var accepted = limits.set("members=5")
    accepted = limits.set("file-size=2G") && accepted
    #expect(accepted && limits.members == 5 && limits.fileBytes == 2 << 30)
    for text in [
      "members", "members=", "members=0", "members=-1", "member=5", "depth=x", "ratio=99999999999999999999",
    ] {
      let isAccepted = limits.set(text)
      #expect(!isAccepted, "\(text)")
    }
  }
}

import Audit
import Foundation
import Testing

@Suite(.serialized) struct StreamCommandTests {
  static func objects(_ outcome: CommandLineTool.Outcome) throws -> [[String: Any]] {
    try outcome.lines.map {
      try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
    }
  }

  static let records = [
    #"{"id": "x", "text": "a miracle for layla.haddad@rhyta.com"}"#,
    #"{"id": 7, "html": "<p>mira<b>cle</b></p>"}"#, "this is no JSON", #"{"id": 9}"#, "[1]",
    #"{"id": "b", "base64": "YSBtaXJhY2xl", "media_type": "text/plain; charset=utf-8"}"#,
    #"{"id": "c", "base64": "***"}"#, #"{"id": "😀", "text": "😀 miracle"}"#, #"{"id": "", "text": ""}"#,
  ]

  @Test func `each line has one answer, in order, and a bad line does not end the stream`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(
      ["stream", "--trailer"] + scratch.pack(), input: Self.records.joined(separator: "\n") + "\n")
    #expect(outcome.code == 0, "\(outcome.errors)")
    let objects = try Self.objects(outcome)
    try #require(objects.count == Self.records.count + 1)
    let ids = objects.dropLast().map { "\($0["id"] ?? "missing")" }
    #expect(ids[0] == "x" && ids[1] == "7" && ids[3] == "9" && ids[5] == "b" && ids[7] == "😀" && ids[8] == "")
    #expect(objects[1]["id"] is Int || objects[1]["id"] is NSNumber)
    #expect(objects[2]["id"] is NSNull)
    let counts = objects.dropLast().map { ($0["findings"] as? [Any])?.count ?? -1 }
    #expect(counts == [2, 1, 0, 0, 0, 1, 0, 1, 0])
    let problems = objects.dropLast().map { ($0["problems"] as? [Any])?.count ?? -1 }
    #expect(problems == [0, 0, 1, 1, 1, 0, 1, 0, 0])
    let emoji = (objects[7]["findings"] as? [[String: Any]])?.first
    #expect(emoji?["start"] as? Int == 2 && emoji?["end"] as? Int == 9)
    #expect(!outcome.text.contains("haddad"))

    let trailer = try #require(objects.last?["trailer"] as? [String: Any])
    #expect(trailer["records"] as? Int == Self.records.count)
    #expect(trailer["findings"] as? Int == 5)
    #expect(trailer["problems"] as? Int == 4)
    let body = outcome.lines.dropLast().map { $0 + "\n" }.joined()
    #expect(trailer["sha256"] as? String == SecureHash.hexSHA256(Array(body.utf8)))
  }

  @Test func `values are in clear only with --reveal`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(["stream", "--reveal"] + scratch.pack(), input: Self.records[0])
    #expect(outcome.text.contains("layla.haddad@rhyta.com"))
  }

  @Test func `--inspect gives what is read`() throws {
    let outcome = try CommandLineTool.run(
      ["stream", "--inspect"],
      input: #"{"id": 1, "html": "<title>T</title><p>One &amp; two</p><script>x</script>"}"#)
    let segments = try #require(try Self.objects(outcome).first?["segments"] as? [[String: Any]])
    #expect(segments.contains { $0["text"] as? String == "One & two" && $0["role"] as? String == "body" })
    #expect(segments.contains { $0["channel"] as? String == "script" })
  }

  /// A ZIP file of one deflated member, a.txt: three times "a miracle ".
  static let zip =
    "UEsDBBQAAAAIAAAAIQAti1xoDwAAAB4AAAAFAAAAYS50eHRLVMjNLEpMzklVSMTCAgBQSwECFAMUAAAACAAAACEALYtcaA8AAAAeAAAABQAAAAAAAAAAAAAAgAEAAAAAYS50eHRQSwUGAAAAAAEAAQAzAAAAMgAAAAAA"

  @Test func `what base64 holds is opened as a file is`() throws {
    let scratch = try Scratch()
    let pdf = Data("%PDF-1.4 ".utf8 + [0, 0xFF]).base64EncodedString()
    let outcome = try CommandLineTool.run(
      ["stream", "--reveal"] + scratch.pack(),
      input: """
        {"id": 1, "base64": "\(Self.zip)", "media_type": "application/zip"}
        {"id": 2, "base64": "\(Self.zip)"}
        {"id": 3, "base64": "\(pdf)", "media_type": "application/pdf"}
        {"id": 4, "base64": "iVBORw0KGgoAAAA=", "media_type": "image/png"}

        """)
    let objects = try Self.objects(outcome)
    try #require(objects.count == 4)
    for object in objects.prefix(2) {
      let findings = try #require(object["findings"] as? [[String: Any]])
      #expect(findings.count == 3 && findings.allSatisfy { $0["path"] as? String == "record!/a.txt" })
      #expect((object["problems"] as? [Any])?.isEmpty == true)
    }
    for object in objects.suffix(2) {
      #expect((object["problems"] as? [[String: Any]])?.first?["leaves_gap"] as? Bool == true)
    }
  }

  @Test func `half of a surrogate pair costs nothing, and an empty line gets no answer`() throws {
    let scratch = try Scratch()
    let outcome = try CommandLineTool.run(
      ["stream"] + scratch.pack(),
      input: #"{"id": 1, "text": "x \ud800 \ud83d\ude00 a miracle \udc00"}"# + "\n\n  \n"
        + #"{"id": 2, "text": "b"}"#)
    let objects = try Self.objects(outcome)
    try #require(objects.count == 2)
    let finding = try #require((objects[0]["findings"] as? [[String: Any]])?.first)
    #expect(finding["start"] as? Int == 8 && finding["end"] as? Int == 15)
  }
}

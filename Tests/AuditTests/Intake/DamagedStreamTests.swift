@testable import Audit
import AuditCore
import Testing

/// Compressed files that are damaged, cut or followed by something else.
@Suite struct DamagedStreamTests {
  static func unpack(_ bytes: [UInt8], _ filter: String) -> (text: String, failures: [StreamFailure]) {
    guard let stream = try? CompressedStream(MemoryStream(bytes), filter: filter, ratio: 200) else {
      return ("", [.outOfMemory])
    }
    let buffered = BufferedStream(stream)
    var out: [UInt8] = []
    var failures: [StreamFailure] = []
    while failures.count < 10 {
      do throws(StreamFailure) {
        let part = try buffered.take(1 << 16)
        if part.isEmpty { break }
        out += part
      } catch {
        failures.append(error)
        if !error.goesOn { break }
      }
    }
    return (String(decoding: out, as: UTF8.self), failures)
  }

  /// "one " and "two", each a file of its own.
  static let members: [String: (one: [UInt8], two: [UInt8])] = [
    "gz": (Containers.gzip(Array("one ".utf8)), Containers.gzip(Array("two".utf8))),
    "bz2": (
      hex(
        "425a6839314159265359cfbaa0b4000001910040000201a000219a68334d0cbc5dc914e142433eea82d0"),
      hex(
        "425a6839314159265359cddc8d9a0000008180000084802000219819846177245385090cddc8d9a0")
    ),
    "xz": (
      hex(
        "fd377a585a000004e6d6b446020021010c0000008f98419c0100036f6e6520005a8c83a33135ef7e00011c046f2c9cc11fb6f37d010000000004595a"
      ),
      hex(
        "fd377a585a000004e6d6b446020021010c0000008f98419c01000274776f00005dd379297528520300011b030b2fb9101fb6f37d010000000004595a"
      )
    ),
  ]

  static func hex(_ text: String) -> [UInt8] {
    let digits = text.utf8.compactMap { $0.hexValue }
    return stride(from: 0, to: digits.count - 1, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
  }

  @Test(arguments: members.keys)
  func `what stands between two members is said, and the second is read`(_ filter: String) throws {
    let (one, two) = try #require(Self.members[filter])
    for junk in [[0x78], Array("some junk".utf8), [0, 0, 1], [0x1F, 0x8B]] as [[UInt8]] {
      let read = Self.unpack(one + junk + two, filter)
      #expect(read.text == "one two", "\(junk)")
      #expect(read.failures.map(\.goesOn) == [true], "\(junk)")
    }
  }

  @Test(arguments: members.keys)
  func `zeros between and after members are passed by`(_ filter: String) throws {
    let (one, two) = try #require(Self.members[filter])
    let zeros = [UInt8](repeating: 0, count: 16)
    #expect(Self.unpack(one + zeros + two + zeros, filter) == ("one two", []))
  }

  @Test(arguments: members.keys)
  func `what follows the last member is said`(_ filter: String) throws {
    let (one, two) = try #require(Self.members[filter])
    for rest in [Array("text".utf8), Array(two.prefix(8)), Array(two.prefix(2)), [0x20]] as [[UInt8]] {
      let read = Self.unpack(one + rest, filter)
      #expect(read.text == "one ", "\(rest)")
      #expect(read.failures.map(\.goesOn) == [false], "\(rest)")
    }
  }

  @Test(arguments: members.keys)
  func `a member that lost a byte costs no other`(_ filter: String) throws {
    let (one, two) = try #require(Self.members[filter])
    for at in one.indices.dropFirst(10) {
      var short = one
      short.remove(at: at)
      let read = Self.unpack(short + two, filter)
      #expect(read.text.hasSuffix("two"), "byte \(at)")
      #expect(!read.failures.isEmpty && read.failures.allSatisfy(\.goesOn), "byte \(at)")
    }
  }

  @Test(arguments: members.keys)
  func `no changed byte changes the text without a word`(_ filter: String) throws {
    let (one, _) = try #require(Self.members[filter])
    // Some bits stand for nothing: the time in a gzip header, the last ones of a bzip2 stream.
    for at in one.indices {
      var changed = one
      changed[at] ^= 0x55
      let read = Self.unpack(changed, filter)
      #expect(!read.failures.isEmpty || read.text == "one ", "byte \(at)")
    }
  }

  @Test func `what comes before the end of a file that was cut is read`() {
    let bytes = Containers.gzip(Array("some words".utf8))
    let read = Self.unpack(Array(bytes.dropLast(11)), "gz")
    #expect(read.text == "some wo")
    #expect(read.failures.map(\.goesOn) == [false])
  }

  @Test func `a text that does not agree with its checksum is read and said`() {
    var bytes = Containers.gzip(Array("some words".utf8))
    bytes[15] ^= 0x20
    let read = Self.unpack(bytes, "gz")
    #expect(read.text == "Some words")
    #expect(read.failures.count == 1)
  }
}

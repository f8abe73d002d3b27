import Audit
import AuditCore
import Foundation
import Testing

@Suite struct FileSourceTests {
  private func file(_ scratch: ScratchDirectory, _ name: String) -> InputFile {
    InputFile(path: name, systemPath: SystemPath(scratch.path + "/" + name), byteCount: 0)
  }

  @Test(arguments: [0, 1, 65_535, 65_536, 65_537, 1_000_003])
  func `reads a file whole`(_ size: Int) throws {
    let scratch = try ScratchDirectory()
    let bytes = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    try scratch.write(bytes, to: "a")
    var buffer: [UInt8] = [1, 2, 3]
    #expect(FileSource().read(file(scratch, "a"), into: &buffer) == .complete)
    #expect(buffer == bytes)
  }

  @Test func `a file over the limit is not read`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("12345", to: "a")
    var buffer: [UInt8] = []
    let reading = FileSource(limitInBytes: 4).read(file(scratch, "a"), into: &buffer)
    #expect(reading.problem?.kind == .limitReached)
    #expect(reading.problem?.leavesGap == true)
    #expect(buffer.isEmpty)
    #expect(FileSource(limitInBytes: 5).read(file(scratch, "a"), into: &buffer) == .complete)
  }

  @Test func `a missing file, a directory and a link are problems`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("x", to: "d/a")
    try FileManager.default.createSymbolicLink(atPath: scratch.path + "/l", withDestinationPath: "d/a")
    var buffer: [UInt8] = []
    #expect(FileSource().read(file(scratch, "gone"), into: &buffer).problem?.kind == .unreadable)
    #expect(FileSource().read(file(scratch, "d"), into: &buffer).problem?.kind == .notRegularFile)
    #expect(FileSource().read(file(scratch, "l"), into: &buffer).problem?.kind == .notRegularFile)
  }

  @Test func `a file that never stands still is partial, not complete`() async throws {
    let scratch = try ScratchDirectory()
    try scratch.write([UInt8](repeating: 65, count: 1_000_000), to: "a")
    let path = scratch.path + "/a"
    // A thread of its own: two such loops in the pool would hold up every other test.
    let writer = Thread {
      let handle = FileHandle(forWritingAtPath: path)
      while !Thread.current.isCancelled {
        _ = try? handle?.seekToEnd()
        handle?.write(Data([66]))
        try? handle?.truncate(atOffset: 900_000)
      }
    }
    writer.start()
    try await Task.sleep(for: .milliseconds(30))
    var buffer: [UInt8] = []
    let reading = FileSource().read(file(scratch, "a"), into: &buffer)
    writer.cancel()
    // The machine may be too slow for the writer to come in between; then it is complete, and rightly so.
    if let problem = reading.problem { #expect(problem.kind == .unreadable && problem.leavesGap) }
    #expect(buffer.count <= 1_000_001)
  }
}

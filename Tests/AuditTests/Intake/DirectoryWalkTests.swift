import Audit
import AuditCore
import Foundation
import Testing

@Suite struct DirectoryWalkTests {
  private func labels(
    _ scratch: ScratchDirectory, _ options: DirectoryWalk.Options = .init()
  ) throws -> [String] {
    try DirectoryWalk(options: options).inputs(at: [scratch.path]).files.map(\.path)
  }

  @Test func `files come sorted by the bytes of their paths`() throws {
    let scratch = try ScratchDirectory()
    for name in ["b.txt", "a/z.txt", "a.txt", "B.txt", "é.txt", "ملف.txt", "a/b/c.txt", ".hidden"] {
      try scratch.write("x", to: name)
    }
    #expect(
      try labels(scratch) == [
        ".hidden", "B.txt", "a.txt", "a/b/c.txt", "a/z.txt", "b.txt", "é.txt", "ملف.txt",
      ])
  }

  @Test func `ignore files hold in their directory, the deeper one wins`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("*.log\n/build/\n", to: ".gitignore")
    try scratch.write("!keep.log\n", to: "d/.gitignore")
    try scratch.write("secret.txt\n", to: "d/.auditorignore")
    for name in [
      "a.log", "a.txt", "build/x.txt", "d/keep.log", "d/b.log", "d/secret.txt", "secret.txt", ".git/config",
    ] {
      try scratch.write("x", to: name)
    }
    #expect(try labels(scratch) == ["a.txt", "d/keep.log", "secret.txt"])
    let inputs = try DirectoryWalk().inputs(at: [scratch.path])
    #expect(inputs.excludedCount == 4)
    let all = try labels(scratch, .init(readsIgnoreFiles: false))
    #expect(all.count == 10)
    #expect(!all.contains(".git/config"))
    #expect(try labels(scratch, .init(excludes: ["d/"])) == ["a.txt", "secret.txt"])
    #expect(
      try labels(scratch, .init(excludes: ["!a.log"])) == ["a.log", "a.txt", "d/keep.log", "secret.txt"])
  }

  @Test func `a path that does not exist is a mistake of the command`() throws {
    #expect(throws: IntakeError.self) { try DirectoryWalk().inputs(at: ["no/such/path"]) }
    do throws(IntakeError) {
      _ = try DirectoryWalk().inputs(at: ["no/such/path"])
    } catch {
      #expect(
        error.description
          == "no/such/path: no such file or directory; check the path, or give '-' for standard input")
    }
  }

  @Test func `links inside are named, not followed; a given link is followed`() throws {
    let scratch = try ScratchDirectory()
    let outside = try ScratchDirectory()
    try outside.write("x", to: "secret.txt")
    try scratch.write("x", to: "d/a.txt")
    let files = FileManager.default
    try files.createSymbolicLink(atPath: scratch.path + "/out", withDestinationPath: outside.path)
    try files.createSymbolicLink(atPath: scratch.path + "/loop", withDestinationPath: "loop")
    try files.createSymbolicLink(atPath: scratch.path + "/up", withDestinationPath: "..")
    try files.createSymbolicLink(atPath: scratch.path + "/inside", withDestinationPath: "d/a.txt")
    let inputs = try DirectoryWalk().inputs(at: [scratch.path])
    #expect(inputs.files.map(\.path) == ["d/a.txt"])
    #expect(inputs.problems.map(\.path) == ["inside", "loop", "out", "up"])
    #expect(inputs.problems.allSatisfy { $0.kind == .notRegularFile && !$0.message.ar.isEmpty })
    #expect(inputs.problems.filter(\.leavesGap).map(\.path) == ["out", "up"])
    let given = try DirectoryWalk().inputs(at: [scratch.path + "/out", scratch.path + "/inside"])
    #expect(given.files.map(\.path) == ["inside", "out/secret.txt"])
    #expect(throws: IntakeError.self) { try DirectoryWalk().inputs(at: [scratch.path + "/loop"]) }
  }

  @Test func `a named pipe and a socket are problems and do not hang`() throws {
    let scratch = try ScratchDirectory()
    try #require(mkfifo(scratch.path + "/pipe", 0o600) == 0)
    try scratch.write("x", to: "a.txt")
    let inputs = try DirectoryWalk().inputs(at: [scratch.path, scratch.path + "/pipe"])
    #expect(inputs.files.count == 1)
    #expect(inputs.problems.map(\.kind) == [.notRegularFile])
    #expect(inputs.problems.first?.leavesGap == true)
    var buffer: [UInt8] = []
    let pipe = InputFile(path: "pipe", systemPath: SystemPath(scratch.path + "/pipe"), byteCount: 0)
    #expect(FileSource().read(pipe, into: &buffer).problem?.kind == .notRegularFile)
  }

  @Test func `a file in two given directories has the label of the first`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("x", to: "d/a.txt")
    let inputs = try DirectoryWalk().inputs(at: [scratch.path + "/d", scratch.path])
    #expect(inputs.files.map(\.path) == ["d/a.txt"])
  }

  @Test func `a pipe of the shell is a problem, not a mistake`() throws {
    var ends: [Int32] = [0, 0]
    try #require(pipe(&ends) == 0)
    defer { ends.forEach { close($0) } }
    let inputs = try DirectoryWalk().inputs(at: ["/dev/fd/\(ends[0])"])
    #expect(inputs.problems.map(\.kind) == [.notRegularFile])
  }

  @Test func `a device is a problem`() throws {
    let inputs = try DirectoryWalk().inputs(at: ["/dev/null"])
    #expect(inputs.files.isEmpty)
    #expect(inputs.problems.map(\.kind) == [.notRegularFile])
  }

  @Test(.enabled(if: getuid() != 0, "root reads everything"))
  func `an unreadable file and an unreadable directory are problems`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("x", to: "a.txt")
    try scratch.write("x", to: "d/b.txt")
    chmod(scratch.path + "/a.txt", 0)
    chmod(scratch.path + "/d", 0)
    defer { chmod(scratch.path + "/d", 0o700) }
    let inputs = try DirectoryWalk().inputs(at: [scratch.path])
    #expect(inputs.problems.map(\.path) == ["d"])
    var buffer: [UInt8] = []
    let file = try #require(inputs.files.first)
    let problem = try #require(FileSource().read(file, into: &buffer).problem)
    #expect(problem.kind == .unreadable)
    #expect(problem.message.en.contains("permission denied"))
    #expect(problem.leavesGap)
  }

  @Test func `a file is counted once, however often it is given`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("x", to: "d/a.txt")
    let inputs = try DirectoryWalk().inputs(at: [
      scratch.path + "/d", scratch.path + "/d/../d/a.txt", scratch.path, "-", "-",
    ])
    #expect(inputs.files.map(\.path) == ["<stdin>", "a.txt"])
  }

  @Test func `different directories of one name keep different labels`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("x", to: "1/out/a.txt")
    try scratch.write("x", to: "2/out/a.txt")
    let inputs = try DirectoryWalk().inputs(at: [scratch.path + "/1/out", scratch.path + "/2/out"])
    #expect(inputs.files.map(\.path) == ["out/a.txt", "out~2/a.txt"])
  }

  @Test func `a name that is not UTF-8 or holds a newline is read and labelled`() throws {
    let scratch = try ScratchDirectory()
    try scratch.write("new line", to: "new\nline.txt")
    let raw = SystemPath(scratch.path).appending([0xFF, 0xFE, 0x62])
    let number = raw.bytes.map { CChar(bitPattern: $0) }.withUnsafeBufferPointer { name in
      var terminated = Array(name)
      terminated.append(0)
      return open(terminated, O_CREAT | O_WRONLY, 0o600)
    }
    try #require(number >= 0)
    close(number)
    let inputs = try DirectoryWalk().inputs(at: [scratch.path])
    #expect(inputs.files.map(\.path) == ["\\xFF\\xFEb", "new\nline.txt"])
    var buffer: [UInt8] = []
    for file in inputs.files { #expect(FileSource().read(file, into: &buffer) == .complete) }
    #expect(buffer == Array("new line".utf8))
  }
}

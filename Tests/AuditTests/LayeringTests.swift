import Foundation
import Testing

/// The house of `Decisions/0001`, kept by reading the sources: nouns import nothing, verbs do not touch the
/// outside world, edges do, and nothing traps on input.
@Suite struct LayeringTests {
  static let edges = ["Sources/Audit/Intake/", "Sources/Audit/Delivery/", "Sources/auditor/"]

  static let outsideWorld = [
    #"\bFileManager\b"#, #"\bURLSession\b"#, #"\bProcessInfo\b"#, #"\bDate\s*\("#, #"\bContinuousClock\b"#,
    #"\bSuspendingClock\b"#, #"\bclock_gettime\b"#, #"\bgettimeofday\b"#, #"\bgetenv\b"#, #"\bfopen\b"#,
    #"(?<![\w.])open\s*\("#, #"\b(Glibc|Darwin|Musl)\.open\b"#, #"\bimport\s+(Foundation\w*)\b"#,
  ]

  /// A function of ours may be called `open`; its file, or another of the same type, then declares it.
  static let ownOpen = #"\bfunc\s+open\s*[(<]"#

  static let traps = [
    #"\btry!"#, #"\bas!"#, #"(?<!\btry)(?<!\bas)[\w)\]}>"]!(?!=)"#, #"\bunsafelyUnwrapped\b"#,
    #"\bnonisolated\(unsafe\)\s+(\w+\s+)*var\b"#,
  ]

  static let anyImport = #"^\s*(@\w+\s+)*(public\s+|package\s+|internal\s+|private\s+)?import\b"#

  static let swiftFiles = Package.files(in: "Sources", withExtension: "swift")

  static func source(_ path: String) throws -> SourceCode {
    SourceCode(String(decoding: try Data(contentsOf: Package.url(path)), as: UTF8.self))
  }

  /// `path:line: text` for each line that any of `patterns` matches.
  static func hits(_ patterns: [String], in code: SourceCode, named path: String) throws -> [String] {
    let expressions = try patterns.map { try NSRegularExpression(pattern: $0) }
    return code.lines.enumerated().compactMap { index, line in
      let all = NSRange(line.startIndex..., in: line)
      guard expressions.contains(where: { $0.firstMatch(in: line, range: all) != nil }) else { return nil }
      return "\(path):\(index + 1): \(line.trimmingCharacters(in: .whitespaces))"
    }
  }

  static func touches(of code: SourceCode, named path: String) throws -> [String] {
    // The extensions of one type are files `Type+Subject.swift`; one of them may declare it for all.
    let stem = path.hasSuffix(".swift") ? path.dropLast(6).prefix { $0 != "+" } : path[...]
    let others = swiftFiles.filter { $0.hasPrefix(stem + "+") || $0 == stem + ".swift" }
    let declaresOpen = try ([code] + others.map { try source($0) }).contains {
      try !hits([ownOpen], in: $0, named: path).isEmpty
    }
    return try hits(
      outsideWorld.filter { !(declaresOpen && $0.hasPrefix(#"(?<![\w.])open"#)) }, in: code, named: path)
  }

  @Test func `there are sources to read`() {
    #expect(Self.swiftFiles.count > 10)
  }

  @Test(arguments: swiftFiles.filter { path in !edges.contains { path.hasPrefix($0) } })
  func `only the edges touch files, network, clock and environment`(_ path: String) throws {
    #expect(try Self.touches(of: Self.source(path), named: path) == [])
  }

  @Test(arguments: swiftFiles.filter { $0.hasPrefix("Sources/AuditCore/") })
  func `the nouns import nothing`(_ path: String) throws {
    #expect(try Self.hits([Self.anyImport], in: Self.source(path), named: path) == [])
  }

  @Test func `a renderer sees a report, never a document`() throws {
    for path in Self.swiftFiles where path.hasPrefix("Sources/Audit/Rendering/") {
      #expect(try Self.hits([#"\b(Document|SegmentBatch)\b"#], in: Self.source(path), named: path) == [])
    }
  }

  @Test(arguments: swiftFiles)
  func `nothing traps on input and no state is global`(_ path: String) throws {
    #expect(try Self.hits(Self.traps, in: Self.source(path), named: path) == [])
  }
}

/// The patterns above are approximations; these tables say what they must see and must leave alone.
@Suite struct LayeringPatternTests {
  @Test(arguments: [
    "let x = y!", "y!.z()", "f(y!)", "a[0]!", "g()!", "let v = try! f()", "let v = w as! Int", "x! = 3",
    #"let s = "\(y!)""#, "var p: Pointer!", "nonisolated(unsafe) static var count = 0",
  ])
  func `traps are seen`(_ line: String) throws {
    #expect(try LayeringTests.hits(LayeringTests.traps, in: SourceCode(line), named: "x").count == 1)
  }

  @Test(arguments: [
    "if x != y {}", "if x !== y {}", "if !x {}", "f(!x)", "[!x]", "a && !b", "#if !os(Linux)",
    "let s = \"wow!\"",
    "// it works!", "/* a! /* b! */ c! */ let x = 1", ##"let s = #"it "is"! \(y)"#"##, "x!=y",
    "return !x.isEmpty",
    "let s = \"\"\"\nhurry! \"now\"!\n\"\"\"", #"let s = "a\"b!" + c"#, "nonisolated(unsafe) let pointer = p",
  ])
  func `lines without traps are left alone`(_ line: String) throws {
    #expect(try LayeringTests.hits(LayeringTests.traps, in: SourceCode(line), named: "x") == [])
  }

  @Test(arguments: [
    "import Foundation", "internal import Foundation", "let d = Date()", "FileManager.default",
    "open(path, O_RDONLY)",
    "Glibc.open(path, 0)", "let home = getenv(name)", #"let s = "\(ProcessInfo.processInfo)""#,
  ])
  func `touches of the outside world are seen`(_ line: String) throws {
    #expect(try LayeringTests.touches(of: SourceCode(line), named: "x").count == 1)
  }

  @Test(arguments: [
    "// FileManager is not used here", #"let s = "open(path)""#, "stack.open(tag)", "let published: Date?",
    "isOpen(x)",
    "reopen(x)", "func open(_ tag: Tag) {}\nopen(tag)", "import AuditCore", "updateDate(x)",
  ])
  func `what only looks like a touch is left alone`(_ text: String) throws {
    #expect(try LayeringTests.touches(of: SourceCode(text), named: "x") == [])
  }

  @Test func `line numbers survive`() {
    let code = SourceCode("let a = \"\"\"\n  one\n  \"\"\"\n/* x\n y */ let b = 2\n")
    #expect(code.lines.count == 6)
    #expect(code.lines[4].contains("let b = 2"))
  }
}

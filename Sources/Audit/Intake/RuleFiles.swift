internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Darwin)
  internal import Darwin
#endif

/// Finds and reads rule packs and the knowledge beside them.
package struct RuleFiles: Sendable {
  package init() {}

  /// A pack that cannot be read; prints as `path: what is wrong; what would be right`.
  package struct Failure: Error, CustomStringConvertible {
    package let description: String
    package init(_ description: String) { self.description = description }
  }

  /// The packs at `path`: the directory itself when it has a `pack.yaml`, else its subdirectories that have one, or a
  /// single rule file.
  ///
  /// A link or a device inside a pack is refused: what the pack holds would depend on what stands elsewhere.
  package func packs(at path: String) throws(Failure) -> [PackFiles] {
    let (files, problems) = try read(path)
    if files.count == 1, files[0].path == path {
      // A single rule file is a pack of its own, named after the file.
      let name = (path.split(separator: "/").last.map(String.init) ?? path).prefix { $0 != "." }
      let manifest = "pack: '\(name.replacing("'", with: ""))'\nversion: 0.0.0\nschema: auditor.rules/v1\n"
      return [PackFiles(name: path, files: files + [(path: "pack.yaml", bytes: Array(manifest.utf8))])]
    }
    let manifests = files.filter { $0.path.hasSuffix("/pack.yaml") || $0.path.hasSuffix("/pack.yml") }
    let roots = manifests.map {
      String($0.path.prefix { _ in true }.dropLast($0.path.hasSuffix("yml") ? 9 : 10))
    }
    let outermost = roots.filter { root in !roots.contains { $0 != root && root.hasPrefix($0 + "/") } }
    guard !outermost.isEmpty else {
      throw Failure("\(path): no pack.yaml in it or one level below; a pack is a directory with a pack.yaml")
    }
    for problem in problems where outermost.contains(where: { problem.path.hasPrefix($0 + "/") }) {
      throw Failure(
        "\(problem.path): \(problem.message.en); a pack holds plain files only, replace or remove this one")
    }
    return outermost.sorted().map { root in
      PackFiles(name: root, files: files.filter { $0.path.hasPrefix(root + "/") })
    }
  }

  /// The file `name` of the knowledge directory.
  package func file(_ name: String, in directory: String) throws(Failure) -> (name: String, bytes: [UInt8]) {
    let path = directory + "/" + name
    guard let file = try files(at: path).first else {
      throw Failure("\(path): cannot be read; reinstall auditor, or point AUDITOR_RULES at its rules")
    }
    return (path, file.bytes)
  }

  /// The files at and below `path`, each with the path by which messages name it.
  package func files(at path: String) throws(Failure) -> [(path: String, bytes: [UInt8])] {
    try read(path).files
  }

  /// More than this is no rules: somebody gave the wrong directory.
  package static let fileLimit = 4096
  package static let limitInBytes = 64 << 20

  private func read(_ path: String) throws(Failure) -> (
    files: [(path: String, bytes: [UInt8])], problems: [(path: String, message: LocalizedText)]
  ) {
    let inputs: Inputs
    do throws(IntakeError) {
      inputs = try DirectoryWalk(options: .init(readsIgnoreFiles: false)).inputs(at: [path])
    } catch {
      throw Failure(error.description)
    }
    var trimmed = path
    while trimmed.count > 1, trimmed.hasSuffix("/") { trimmed.removeLast() }
    let isFile = inputs.files.count == 1 && inputs.files[0].systemPath.bytes.elementsEqual(trimmed.utf8)
    var files: [(path: String, bytes: [UInt8])] = []
    let source = FileSource(limitInBytes: 16 << 20)
    guard inputs.files.count <= Self.fileLimit else {
      throw Failure(
        "\(path): holds \(inputs.files.count) files, of rules at most \(Self.fileLimit) are read; give the directory of a pack"
      )
    }
    var total = 0
    for file in inputs.files {
      var bytes: [UInt8] = []
      if let problem = source.read(file, into: &bytes).problem {
        throw Failure("\(trimmed)/\(file.path): \(problem.message.en)")
      }
      total += bytes.count
      guard total <= Self.limitInBytes else {
        throw Failure(
          "\(path): holds more than \(Self.limitInBytes >> 20) MiB; give the directory of a pack")
      }
      let isSingle = isFile || trimmed.hasSuffix("/" + file.path) || trimmed == file.path
      files.append((isSingle ? path : trimmed + "/" + file.path, bytes))
    }
    return (files, inputs.problems.map { (trimmed + "/" + $0.path, $0.message) })
  }

  /// The directory of the bundled rules: `AUDITOR_RULES`, else `share/auditor/rules` or `rules` beside or above the
  /// program; nil when there is none.
  package static func bundledDirectory() -> String? {
    if let named = getenv("AUDITOR_RULES") { return String(cString: named) }
    guard var directory = executablePath() else { return nil }
    while let slash = directory.lastIndex(of: "/") {
      directory = String(directory[..<slash])
      for candidate in [directory + "/share/auditor/rules", directory + "/rules"]
      where access(candidate + "/frameworks/risks.yaml", R_OK) == 0 {
        return candidate
      }
    }
    return nil
  }

  private static func executablePath() -> String? {
    var buffer = [UInt8](repeating: 0, count: 4096)
    #if canImport(Glibc)
      let count = buffer.withUnsafeMutableBytes { raw in
        raw.bindMemory(to: CChar.self).baseAddress.map { readlink("/proc/self/exe", $0, raw.count) } ?? -1
      }
      return count > 0 ? String(decoding: buffer.prefix(count), as: UTF8.self) : nil
    #else
      var size = UInt32(buffer.count)
      let result = buffer.withUnsafeMutableBytes { raw in
        raw.bindMemory(to: CChar.self).baseAddress.map { _NSGetExecutablePath($0, &size) } ?? -1
      }
      return result == 0 ? String(decoding: buffer.prefix { $0 != 0 }, as: UTF8.self) : nil
    #endif
  }
}

import Audit
import AuditCore
import Foundation

/// The files that an import reads and writes.
struct ImportFiles {
  /// The bytes of one file, whatever its name.
  @Sendable static func read(_ path: String) throws(ImportProblem) -> [UInt8] {
    do throws(RuleFiles.Failure) {
      let files = try RuleFiles().files(at: path)
      if files.count == 1, let file = files.first, file.path == path { return file.bytes }
      throw RuleFiles.Failure("is a directory; give one file")
    } catch {
      throw ImportProblem(file: path, mark: GitleaksImporter.unread, text: error.description)
    }
  }

  /// The YAML files at or below `path`.
  static func yaml(at path: String) throws -> [(path: String, bytes: [UInt8])] {
    let files = try RuleFiles().files(at: path)
    if files.count == 1, files[0].path == path { return files }
    let yaml = files.filter { $0.path.hasSuffix(".yml") || $0.path.hasSuffix(".yaml") }
    guard !yaml.isEmpty else {
      throw RuleFiles.Failure(
        "\(path): no .yml or .yaml file in it; give a directory of rules or one rule file")
    }
    return yaml
  }

  /// A pack may not be mixed with files that are there already: they would be loaded with it.
  static func checkOutput(_ path: String, force: Bool) throws {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []
    guard names.isEmpty || force else {
      throw RuleFiles.Failure("\(path): is not empty; give a new directory, or add --force to write into it")
    }
  }

  static func write(_ pack: ImportedPack, to directory: String) throws {
    let writer = FileWriter()
    for file in pack.files { try writer.write(file.text, to: directory + "/" + file.path) }
    try writer.write(pack.report.json(), to: directory + "/import-report.json")
  }
}

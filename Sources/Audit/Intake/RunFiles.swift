internal import AuditCore

/// The files that a run itself reads and writes, kept apart from those that it audits.
package struct RunFiles {
  /// A report would replace one of the files to audit.
  package struct Conflict: Error, Hashable, CustomStringConvertible {
    package let path: String

    package var description: String {
      "\(path): is one of the files to audit, and -o would replace it; give the report another name"
    }
  }

  /// Where reports are written.
  package var reports: [String] = []
  /// Folders of pages that belong to reports.
  package var pageFolders: [String] = []
  /// Configuration, register, baseline, earlier runs.
  package var read: [String] = []
  /// Paths on the command line: what is named is audited, unless a report is written there.
  package var given: [String] = []

  package init() {}

  /// `inputs` without the files of the run, and the labels of those that were taken out.
  ///
  /// - Throws: when a report would replace a file to audit that is no earlier report.
  package func takenOut(of inputs: Inputs) throws(Conflict) -> (inputs: Inputs, own: [String]) {
    let targets = Self.identities(reports)
    let mine = Self.identities(read).filter { !Self.identities(given).keys.contains($0.key) }
    let folders = pageFolders.compactMap { try? SystemCalls.canonical(SystemPath($0)).bytes + [0x2F] }
    let sizes = Set(targets.values.map(\.size) + mine.values.map(\.size))
    guard !sizes.isEmpty || !folders.isEmpty else { return (inputs, []) }
    var kept = inputs
    kept.files = []
    var own: [String] = []
    for file in inputs.files {
      if !file.isStandardInput, sizes.contains(file.byteCount),
        let status = try? SystemCalls.status(of: file.systemPath, followingLink: false)
      {
        let identity = Identity(status)
        if let target = targets[identity] {
          guard file.byteCount == 0 || Self.isReport(file.systemPath) else {
            throw Conflict(path: target.path)
          }
          own.append(file.path)
          continue
        }
        if mine[identity] != nil {
          own.append(file.path)
          continue
        }
      }
      if folders.contains(where: { file.systemPath.bytes.starts(with: $0) }), Self.isReport(file.systemPath) {
        own.append(file.path)
        continue
      }
      kept.files.append(file)
    }
    return (kept, own)
  }

  private struct Identity: Hashable {
    let device: UInt64
    let inode: UInt64

    init(_ status: SystemCalls.Status) {
      device = status.device
      inode = status.inode
    }
  }

  /// The regular files among `paths` that are there.
  private static func identities(_ paths: [String]) -> [Identity: (path: String, size: Int)] {
    var found: [Identity: (path: String, size: Int)] = [:]
    for path in paths where path != "-" {
      guard let status = try? SystemCalls.status(of: SystemPath(path), followingLink: true),
        status.kind == .regular
      else { continue }
      found[Identity(status)] = (path, status.size)
    }
    return found
  }

  private static func isReport(_ path: SystemPath) -> Bool {
    var head = [UInt8](repeating: 0, count: OwnReport.headLength)
    guard let descriptor = try? SystemCalls.openForReading(path) else { return false }
    let count = head.withUnsafeMutableBytes { (try? SystemCalls.read(descriptor.number, into: $0)) ?? 0 }
    return OwnReport.begins(Array(head.prefix(count)))
  }
}

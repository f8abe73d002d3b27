internal import AuditCore

/// Finds the files to audit below the paths that were given.
///
/// Links are not followed, except one that is itself a given path. Directories `.git`, `.svn`, `.hg` are
/// skipped. Only names and kinds are looked at; nothing is opened but directories and ignore files.
package struct DirectoryWalk: Sendable {
  package struct Options: Sendable {
    /// Honour `.gitignore` and `.auditorignore` in every directory; the deeper file wins, and in one
    /// directory `.auditorignore` wins.
    package var readsIgnoreFiles = true
    /// Patterns as in an ignore file at the root of each given directory; they win over the files.
    package var excludes: [String] = []

    package init(readsIgnoreFiles: Bool = true, excludes: [String] = []) {
      self.readsIgnoreFiles = readsIgnoreFiles
      self.excludes = excludes
    }
  }

  private let options: Options
  private let excludes: IgnorePatterns

  package init(options: Options = Options()) {
    self.options = options
    excludes = IgnorePatterns(options.excludes)
  }

  /// The files at and below `paths`. A file named itself is taken even when a pattern excludes it.
  ///
  /// Labels are relative to the directory when one directory is given; otherwise they begin with the path as
  /// given, or with its last component when it is absolute or leads upwards.
  ///
  /// - Throws: when a given path does not exist: that is a mistake in the command, not in the content.
  package func inputs(at paths: [String]) throws(IntakeError) -> Inputs {
    let roots = try roots(at: paths)
    var inputs = Inputs()
    // What is given itself comes first, so that a walk can pass it by. Files of a walk need no place in the
    // set: without links, a tree that is entered once shows each of them once.
    var seen: Set<SystemPath> = []
    for root in roots where root.kind != .entry(.directory) && seen.insert(root.path).inserted {
      switch root.kind {
      case .standardInput: inputs.files.append(.standardInput)
      case .entry(.regular):
        inputs.files.append(InputFile(path: root.label, systemPath: root.path, byteCount: root.size))
      case .entry(let kind): inputs.problems.append(.notRegular(root.label, kind))
      }
    }
    for root in roots where root.kind == .entry(.directory) {
      walk(root, among: roots, into: &inputs, seen: &seen)
    }
    inputs.files.sort { $0.path.bytesPrecede($1.path) }
    inputs.problems.sort { $0.path.bytesPrecede($1.path) }
    return inputs
  }

  // MARK: given paths

  private struct Root {
    enum Kind: Hashable {
      case standardInput
      case entry(SystemCalls.Kind)
    }

    let label: String
    let path: SystemPath
    let kind: Kind
    let size: Int
  }

  private func roots(at paths: [String]) throws(IntakeError) -> [Root] {
    var roots: [Root] = []
    var labels: [String: SystemPath] = [:]
    for given in paths {
      if given == "-" {
        roots.append(Root(label: "<stdin>", path: SystemPath("-"), kind: .standardInput, size: 0))
        continue
      }
      let canonical: SystemPath
      let status: SystemCalls.Status
      do throws(SystemCalls.Failure) {
        let target = try SystemCalls.status(of: SystemPath(given), followingLink: true)
        // A pipe of the shell, /dev/fd/63, has no path of its own.
        let hasPath = target.kind == .regular || target.kind == .directory
        canonical = hasPath ? try SystemCalls.canonical(SystemPath(given)) : SystemPath(given)
        status = hasPath ? try SystemCalls.status(of: canonical, followingLink: false) : target
      } catch {
        throw IntakeError(path: given, reason: error.isMissing ? .missing : .unreadable(error.text.en))
      }
      var label = ""
      if paths.count > 1 || status.kind != .directory {
        let plain = Self.label(given: given, canonical: canonical)
        label = plain
        var ordinal = 2
        while let other = labels[label], other != canonical {
          label = "\(plain)~\(ordinal)"
          ordinal += 1
        }
        labels[label] = canonical
      }
      roots.append(Root(label: label, path: canonical, kind: .entry(status.kind), size: status.size))
    }
    return roots
  }

  /// The given path without "." and doubled "/"; its last component when it says more about the machine than
  /// about the content.
  private static func label(given: String, canonical: SystemPath) -> String {
    let parts = given.utf8.split(separator: UInt8(ascii: "/")).map { Array($0) }.filter { $0 != [0x2E] }
    if given.utf8.first == UInt8(ascii: "/") || parts.contains([0x2E, 0x2E]) {
      // A link keeps the name that it was given by.
      if let last = parts.last, last != [0x2E, 0x2E] { return String(labelFor: last) }
      let name = canonical.bytes.split(separator: UInt8(ascii: "/")).last ?? []
      return String(labelFor: Array(name))
    }
    return String(labelFor: Array(parts.joined(separator: [UInt8(ascii: "/")])))
  }

  // MARK: directories

  /// A directory still to be listed, with the patterns that hold in it.
  private struct Pending {
    /// Relative to the root, "/" separated, no "/" at the ends.
    let relative: [UInt8]
    let path: SystemPath
    /// Outermost first; the number of bytes of `relative` that lead to the directory of the patterns.
    let rules: [(base: Int, patterns: IgnorePatterns)]
  }

  private func walk(_ root: Root, among roots: [Root], into inputs: inout Inputs, seen: inout Set<SystemPath>)
  {
    var pending = [Pending(relative: [], path: root.path, rules: [])]
    while let directory = pending.popLast() {
      guard seen.insert(directory.path).inserted else { continue }
      let label = Self.label(root: root.label, relative: directory.relative)
      let names: [[UInt8]]
      do throws(SystemCalls.Failure) {
        names = try SystemCalls.names(in: directory.path)
      } catch {
        inputs.problems.append(.unreadableDirectory(label.isEmpty ? "." : label, error))
        continue
      }
      let rules = rules(in: directory, names: names, root: root, problems: &inputs.problems)
      for name in names {
        if options.readsIgnoreFiles, Self.ignoreFileNames.contains(name) { continue }
        let relative = directory.relative.isEmpty ? name : directory.relative + [UInt8(ascii: "/")] + name
        let path = directory.path.appending(name)
        let label = Self.label(root: root.label, relative: relative)
        let status: SystemCalls.Status
        do throws(SystemCalls.Failure) {
          status = try SystemCalls.status(of: path, followingLink: false)
        } catch {
          // Gone since the directory was listed: there is nothing to examine.
          if !error.isMissing { inputs.problems.append(.unreadable(label, error)) }
          continue
        }
        let isDirectory = status.kind == .directory
        if isDirectory, Self.versionControlNames.contains(name) { continue }
        if isExcluded(relative, isDirectory: isDirectory, rules: rules) {
          inputs.excludedCount += 1
          continue
        }
        switch status.kind {
        case .directory:
          pending.append(Pending(relative: relative, path: path, rules: rules))
        case .regular:
          if !seen.contains(path) {
            inputs.files.append(InputFile(path: label, systemPath: path, byteCount: status.size))
          }
        case .link:
          guard !seen.contains(path) else { continue }
          inputs.problems.append(problem(link: path, label: label, roots: roots))
        case .fifo, .socket, .device, .other:
          guard !seen.contains(path) else { continue }
          inputs.problems.append(.notRegular(label, status.kind))
        }
      }
    }
  }

  /// A link to something that the walk meets anyway, or to nothing, leaves no gap.
  private func problem(link path: SystemPath, label: String, roots: [Root]) -> Problem {
    let problem = Problem.notRegular(label, .link)
    let leavesGap: Bool
    do throws(SystemCalls.Failure) {
      let target = try SystemCalls.canonical(path)
      leavesGap = !roots.contains { root in
        target.bytes == root.path.bytes || target.bytes.starts(with: root.path.bytes + [UInt8(ascii: "/")])
      }
    } catch {
      leavesGap = !error.isMissing && !error.isLink
    }
    return Problem(problem.kind, path: label, message: problem.message, leavesGap: leavesGap)
  }

  private static func label(root: String, relative: [UInt8]) -> String {
    let below = String(labelFor: relative)
    if root.isEmpty { return below }
    return below.isEmpty ? root : root + "/" + below
  }

  // MARK: ignore files

  private static let ignoreFileNames: [[UInt8]] = [Array(".gitignore".utf8), Array(".auditorignore".utf8)]
  private static let versionControlNames: [[UInt8]] = [".git", ".svn", ".hg"].map { Array($0.utf8) }
  /// An ignore file beyond this is not one.
  private static let ignoreFileLimitInBytes = 1 << 20

  private func rules(
    in directory: Pending, names: [[UInt8]], root: Root, problems: inout [Problem]
  ) -> [(base: Int, patterns: IgnorePatterns)] {
    guard options.readsIgnoreFiles else { return directory.rules }
    var rules = directory.rules
    let base = directory.relative.isEmpty ? 0 : directory.relative.count + 1
    let source = FileSource(limitInBytes: Self.ignoreFileLimitInBytes)
    for name in Self.ignoreFileNames where names.contains(name) {
      let relative = directory.relative.isEmpty ? name : directory.relative + [UInt8(ascii: "/")] + name
      let label = Self.label(root: root.label, relative: relative)
      var bytes: [UInt8] = []
      let file = InputFile(path: label, systemPath: directory.path.appending(name), byteCount: 0)
      switch source.read(file, into: &bytes) {
      case .complete:
        let patterns = IgnorePatterns(parsing: bytes)
        if !patterns.isEmpty { rules.append((base, patterns)) }
      case .partial(let problem), .failed(let problem):
        problems.append(Problem(problem.kind, path: label, message: problem.message, leavesGap: false))
      }
    }
    return rules
  }

  private func isExcluded(
    _ relative: [UInt8], isDirectory: Bool, rules: [(base: Int, patterns: IgnorePatterns)]
  ) -> Bool {
    if let verdict = excludes.excludes(relative[...], isDirectory: isDirectory) { return verdict }
    for rule in rules.reversed() {
      if let verdict = rule.patterns.excludes(relative[rule.base...], isDirectory: isDirectory) {
        return verdict
      }
    }
    return false
  }
}

internal import AuditCore

/// Reads a Jupyter notebook: Markdown cells as text, code cells as code, outputs as what was shown.
///
/// Source: the nbformat 4 schema, jupyter/nbformat.
struct JSONNotebook {
  let tree: JSONTree
  let bytes: TextBytes

  static func isNotebook(_ tree: JSONTree, _ bytes: TextBytes) -> Bool {
    guard let root = tree.nodes.first, root.kind == .object, let cells = tree.child("cells", of: 0, in: bytes)
    else {
      return false
    }
    guard tree.nodes[cells].kind == .array else { return false }
    let first = Int(tree.nodes[cells].firstChild)
    return first < 0 || tree.child("cell_type", of: first, in: bytes) != nil
  }

  func write(to writer: inout RunWriter, _ emit: (inout BlockBatch) -> Void) {
    tree.forEachChild(of: 0) { child in
      if name(of: child) == "cells" {
        tree.forEachChild(of: child) { cell in write(cell: cell, to: &writer, emit) }
      } else {
        writeAll(
          child, path: "/" + JSONRecord.safe(name(of: child)), .metadata, role: .body, to: &writer, emit)
      }
    }
  }

  private func write(cell: Int, to writer: inout RunWriter, _ emit: (inout BlockBatch) -> Void) {
    let place = "/cells/\(tree.nodes[cell].ordinal)"
    let isCode = tree.child("cell_type", of: cell, in: bytes).map {
      tree.nodes[$0].kind == .string && bytes.string(tree.nodes[$0].range) == "code"
    }
    tree.forEachChild(of: cell) { child in
      let name = name(of: child)
      switch name {
      case "source":
        writeAll(child, path: place + "/source", .text, role: isCode == true ? .code : nil, to: &writer, emit)
      case "outputs":
        writeAll(child, path: place + "/outputs", .text, role: .body, to: &writer, emit)
      default:
        writeAll(child, path: place + "/" + JSONRecord.safe(name), .metadata, role: .body, to: &writer, emit)
      }
    }
  }

  /// The strings at and below `index`. Pictures are left out: they hold no text.
  private func writeAll(
    _ index: Int, path: String, _ channel: Channel, role: Role?, to writer: inout RunWriter,
    _ emit: (inout BlockBatch) -> Void
  ) {
    var pending = [(index, path)]
    while let (at, place) = pending.popLast() {
      let node = tree.nodes[at]
      if node.isContainer {
        var children: [(Int, String)] = []
        tree.forEachChild(of: at) { child in
          let part = node.kind == .array ? "\(tree.nodes[child].ordinal)" : JSONRecord.safe(name(of: child))
          if part.hasPrefix("image/") || part == "application/pdf" { return }
          children.append((child, place + "/" + part.replacing("/", with: "~1")))
        }
        pending += children.reversed()
        continue
      }
      var style = RunWriter.Style(channel: channel, role: role)
      if place.hasSuffix("_type") || place.hasSuffix("/name") || place.hasSuffix("/id") {
        style.channel = .metadata
      }
      style.path = writer.collector.index(of: place)
      writer.write(node.range, escapes: node.hasEscapes ? .json : .none, style: style, emit)
    }
  }

  private func name(of index: Int) -> String { bytes.string(tree.nodes[index].key) }
}

import CLibXML

/// An XPath 1.0 expression that libxml2 accepts, with its names in lower case as the tree has them.
package struct XPathExpression: Hashable, Sendable {
  package let text: String

  /// What XPath 1.0 defines; libxml2 knows more, but a rule must mean the same everywhere.
  private static let functions: Set<String> = [
    "last", "position", "count", "id", "local-name", "namespace-uri", "name", "string", "concat",
    "starts-with",
    "contains", "substring-before", "substring-after", "substring", "string-length", "normalize-space",
    "translate",
    "boolean", "not", "true", "false", "lang", "number", "sum", "floor", "ceiling", "round", "text", "node",
    "comment",
    "processing-instruction",
  ]

  /// Checks `source` when a rule is loaded.
  package init(_ source: String) throws(StructureError) {
    text = Self.lowerCased(source)
    if let problem = Self.problem(in: text) { throw StructureError(xpath: source, reason: .invalid(problem)) }
    _ = StructureLibrary.isReady
    guard let context = xmlXPathNewContext(nil) else { return }
    defer { xmlXPathFreeContext(context) }
    context.pointee.error = { _, _ in }
    guard let compiled = xmlXPathCtxtCompile(context, text) else {
      throw StructureError(xpath: source, reason: StructureTree.reason(of: context))
    }
    xmlXPathFreeCompExpr(compiled)
  }

  /// What is wrong with `source`, in words; nil when nothing is.
  package static func check(_ source: String) -> String? {
    do throws(StructureError) {
      _ = try XPathExpression(source)
      return nil
    } catch {
      return error.description
    }
  }

  /// Everything outside string literals in ASCII lower case.
  private static func lowerCased(_ source: String) -> String {
    var quote: Unicode.Scalar?
    var out = String.UnicodeScalarView()
    for scalar in source.unicodeScalars {
      if let open = quote {
        if scalar == open { quote = nil }
        out.append(scalar)
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
        out.append(scalar)
      } else if ("A"..."Z").contains(scalar), let lower = Unicode.Scalar(scalar.value + 0x20) {
        out.append(lower)
      } else {
        out.append(scalar)
      }
    }
    return String(out)
  }

  /// Unknown functions, variables and prefixes, which libxml2 would only notice when it meets a node.
  private static func problem(in text: String) -> String? {
    let bytes = Array(text.utf8)
    var at = 0
    while at < bytes.count {
      switch bytes[at] {
      case 0x27, 0x22:
        let quote = bytes[at]
        at += 1
        while at < bytes.count, bytes[at] != quote { at += 1 }
        if at >= bytes.count { return "a string is not closed" }
        at += 1
      case 0x24: return "variables are not known here"
      case 0x61...0x7A, 0x5F:
        let start = at
        while at < bytes.count, bytes[at].isASCIIAlphanumeric || [0x2D, 0x2E, 0x5F].contains(bytes[at]) {
          at += 1
        }
        let name = String(decoding: bytes[start..<at], as: UTF8.self)
        var next = at
        while next < bytes.count, bytes[next].isHTMLSpace { next += 1 }
        guard next < bytes.count else { continue }
        if bytes[next] == 0x28, !functions.contains(name), !["and", "or", "div", "mod"].contains(name) {
          return "there is no function '\(name)'"
        }
        let isPrefix = bytes[next] == 0x3A && (next + 1 >= bytes.count || bytes[next + 1] != 0x3A)
        if isPrefix { return "there is no prefix '\(name)'; ask for local-name()" }
      default: at += 1
      }
    }
    return nil
  }
}

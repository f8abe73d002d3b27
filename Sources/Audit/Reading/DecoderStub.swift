package import AuditCore
package struct Decoder {
  package static func document(path: String, source: [UInt8], format: Format?, declaredCharset: String?) -> (Document?, [Problem]) {
    let f: Format = format ?? (path.hasSuffix(".html") ? .html : path.hasSuffix(".md") ? .markdown : .text)
    return (Document(path: path, format: f, encoding: Encoding(name: "utf-8", evidence: .valid), bytes: source), [])
  }
}

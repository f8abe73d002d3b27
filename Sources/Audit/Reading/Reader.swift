package import AuditCore

/// Reads a document by its format: documents become blocks.
package struct Reader: Sendable {
  private let text = TextReader()
  private let markdown = MarkdownReader()
  private let html: HTMLReader
  private let office = OfficeReader()
  private let json: JSONReader
  private let table: TableReader

  /// - Parameter fields: JSON pointers, as globs, of what is text in records and tables; empty: by the names of fields.
  package init(fields: [String] = [], limits: Limits = Limits()) {
    html = HTMLReader(limits: limits)
    json = JSONReader(fields: fields)
    table = TableReader(fields: fields)
  }

  /// Calls `emit` with batches of blocks in source order; the batch is emptied after each call.
  package func read(_ document: Document, emit: (inout BlockBatch) -> Void) -> (
    facts: DocumentFacts, problems: [Problem]
  ) {
    switch document.format {
    case .text where document.isHeadline:
      text.read(document) { batch in
        for index in batch.blocks.indices { batch.blocks[index].role = .headline }
        emit(&batch)
      }
    case .text where document.isComment:
      text.read(document) { batch in
        for index in batch.blocks.indices { batch.blocks[index].channel = .comment }
        emit(&batch)
      }
    case .text, .pdf, .container: text.read(document, emit: emit)
    case .markdown: markdown.read(document, emit: emit)
    case .html: html.read(document, emit: emit)
    case .json, .jsonLines: json.read(document, emit: emit)
    case .table: table.read(document, emit: emit)
    case .office: office.read(document, emit: emit)
    }
  }
}

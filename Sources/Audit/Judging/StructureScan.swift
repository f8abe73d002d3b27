import AuditCore

/// Runs the structural rules on the tree of a page.
struct StructureScan {
  let scanner: Scanner

  func matches(in document: Document) -> ([StructuralMatch], [Problem]) { ([], []) }
}

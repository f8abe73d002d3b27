import AuditCore

/// Runs the structural rules on the tree of a page; the tree is built only when one of them can match.
struct StructureScan {
  let scanner: Scanner

  /// Matches of all structural units in `document`, and what could not be examined.
  func matches(in document: Document) -> ([StructuralMatch], [Problem]) {
    guard document.format == .html, !scanner.structuralUnits.isEmpty else { return ([], []) }
    var matches: [StructuralMatch] = []
    var treeUnits = scanner.structuralUnits
    if scanner.engine == .windows {
      let answer = scanner.tagSelector.answer(in: document)
      matches = answer.matches
      // An XPath expression is always asked of the tree.
      treeUnits = answer.needTree + scanner.treeUnits
      treeUnits.sort()
    }
    guard !treeUnits.isEmpty else { return (matches, []) }
    guard let tree = StructureTree(of: document) else {
      return (matches, [Self.problem(document.path, limit: StructureTree.byteLimit)])
    }
    var problems: [Problem] = []
    if tree.isPartial { problems.append(Self.partial(document.path)) }
    for unit in treeUnits {
      let expression: String
      switch scanner.units[Int(unit)].kind {
      case .css(let selector): expression = (try? CSSSelector(selector))?.xpath ?? ""
      case .xpath(let path): expression = path
      default: continue
      }
      do throws(StructureError) {
        matches += try tree.matches(xpath: expression).map {
          StructuralMatch(unit: Int(unit), document: $0.range.bytes(), path: $0.path)
        }
      } catch {
        problems.append(
          Problem(
            .ruleLimit, path: document.path,
            message: LocalizedText(
              en: "a structural rule was not run to the end: \(error.description)",
              ar: "لم تكتمل قاعدة بنيوية: \(error.description)")))
      }
    }
    return (matches, problems)
  }

  private static func problem(_ path: String, limit: Int) -> Problem {
    Problem(
      .structure, path: path,
      message: LocalizedText(
        en:
          "rules about the structure of the page were not run: it is larger than \(limit >> 20) MB, or memory is short",
        ar: "لم تُشغَّل قواعد بنية الصفحة: حجمها أكبر من \(limit >> 20) ميغابايت أو الذاكرة لا تكفي"))
  }

  private static func partial(_ path: String) -> Problem {
    Problem(
      .structure, path: path,
      message: LocalizedText(
        en:
          "rules about the structure of the page did not see all of it: it has more elements, attributes or nesting than the limits allow",
        ar: "لم تشمل قواعد بنية الصفحة كل أجزائها: عناصرها أو خصائصها أو تداخلها أكثر مما تسمح به الحدود"))
  }
}

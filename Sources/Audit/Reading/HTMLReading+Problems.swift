import AuditCore

extension HTMLReading {
  /// What could not be examined as a browser would.
  func problems(path: String) -> [Problem] {
    var problems: [Problem] = []
    let depth = open.depthLimit
    if open.hasOverflowed {
      problems.append(
        Problem(
          .limitReached, path: path,
          message: LocalizedText(
            en: "Elements are nested deeper than \(depth) levels; all text was read, but what the deeper "
              + "elements hide may not be known.",
            ar:
              "العناصر متداخلة لأكثر من \(depth) مستوى؛ قُرئ النص كله، لكن ما تخفيه العناصر الأعمق قد لا يُعرف."
          ),
          leavesGap: false))
    }
    let dropped = tokenizer.droppedAttributes
    if dropped > 0 {
      let limit = tokenizer.attributeLimit
      problems.append(
        Problem(
          .limitReached, path: path,
          message: LocalizedText(
            en: "A tag has more than \(limit) attributes; \(dropped) were not examined.",
            ar: "في وسم واحد أكثر من \(limit) سمة؛ لم تُفحص \(dropped) منها.")))
    }
    return problems
  }
}

/// What is wrong with the selectors of structural rules, for the rule loader.
package enum StructureSyntax {
  package static func cssProblem(_ selector: String) -> String? { nil }
  package static func xpathProblem(_ expression: String) -> String? { nil }
}

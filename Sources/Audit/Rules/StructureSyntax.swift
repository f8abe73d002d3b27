/// What is wrong with the selectors of structural rules, for the rule loader.
package enum StructureSyntax {
  package static func cssProblem(_ selector: String) -> String? {
    do throws(CSSSelectorError) {
      _ = try CSSSelector(selector)
      return nil
    } catch {
      return error.description
    }
  }

  package static func xpathProblem(_ expression: String) -> String? { XPathExpression.check(expression) }
}

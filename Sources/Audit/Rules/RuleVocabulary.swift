import AuditCore

/// The words that rule files are written in, for the JSON Schema, documentation and completion.
package enum RuleVocabulary {
  package static var ruleKeys: [String] { RuleReader.keys }
  package static var packKeys: [String] { RuleReader.manifestKeys }
  package static var defaultKeys: [String] { RuleReader.defaultKeys }
  package static var matcherKinds: [String] { MatcherKind.allCases.map(\.rawValue) }
  package static var matcherKeys: [String] { MatcherKind.keys }
  package static var scopes: [String] { Scope.names }
  package static var statuses: [String] { RuleReader.statuses }
  package static var metrics: [String] { Metric.allCases.map(\.rawValue) }
  package static var builtins: [String] { Matcher.Builtin.allCases.map(\.rawValue) }
}

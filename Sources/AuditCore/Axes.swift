/// How bad a finding is, if it is true.
public enum Severity: Int, Hashable, Comparable, Sendable, CaseIterable {
  case info, low, medium, high, critical

  /// The word used in rule files, on the command line and in every output.
  public var name: String {
    switch self {
    case .info: "info"
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .critical: "critical"
    }
  }

  public init?(name: String) {
    guard let value = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = value
  }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// How often a finding of its rule is true.
public enum Confidence: Int, Hashable, Comparable, Sendable, CaseIterable {
  case low, medium, high, certain

  public var name: String {
    switch self {
    case .low: "low"
    case .medium: "medium"
    case .high: "high"
    case .certain: "certain"
    }
  }

  public init?(name: String) {
    guard let value = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = value
  }

  /// This confidence moved by `steps`, staying within low...certain.
  public func raised(by steps: Int) -> Self {
    Self(rawValue: min(Self.certain.rawValue, max(Self.low.rawValue, rawValue + steps))) ?? self
  }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// A text in the languages that it was written in; English and Arabic are equals.
public struct LocalizedText: Hashable, Sendable {
  /// Text by BCP 47 primary language.
  public let byLanguage: [String: String]

  public init(_ byLanguage: [String: String]) { self.byLanguage = byLanguage }
  public init(en: String, ar: String) { byLanguage = ["en": en, "ar": ar] }

  public var en: String { self["en"] }
  public var ar: String { self["ar"] }
  public var isEmpty: Bool { byLanguage.isEmpty }

  /// The text in `language`, else in English, else in the first language by name, else "".
  public subscript(language: String) -> String {
    byLanguage[language] ?? byLanguage["en"] ?? byLanguage.min { $0.key < $1.key }?.value ?? ""
  }
}

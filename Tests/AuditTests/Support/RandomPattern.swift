/// A regular expression made at random that knows how to write itself and texts that it may match.
indirect enum RandomPattern {
  case text(String)
  /// What stands between the brackets, and some members.
  case oneOf(String, [String])
  case sequence([RandomPattern])
  case either([RandomPattern])
  case times(RandomPattern, Int, Int?)
  case nothing(String)

  static let texts = [
    "k", "s", "the", "risk", "Sk", "بحسب", "و", "é", "-", " ", "@", "://", "id", "ab", "AKIA", "no", "=", "2",
    "00", "x", "ß",
  ]
  static let classes: [(String, [String])] = [
    ("[0-9]", ["1", "7", "0"]), (#"\d"#, ["3", "9"]), ("[ -]", [" ", "-"]), ("[0-9 -]", ["4", " ", "-"]),
    ("[a-f]", ["a", "f"]),
    (#"\w"#, ["q", "ب", "5", "_"]), ("[ks]", ["k", "s"]), (".", ["z", "\u{1F600}", "ب"]), ("[٠-٩]", ["٣"]),
    (#"\s"#, [" "]),
    ("[^a]", ["b", "é"]), ("[.,]", [".", ","]), (#"\p{L}"#, ["r", "ع"]), ("[A-Z]", ["Q"]), ("[1-9]", ["8"]),
    ("[/ .]", ["/", "."]),
  ]
  static let marks = [#"\b"#, "(?=.)", "(?<!q)", "(?!zz)", "^", "$", "(?<=.)"]

  init(depth: Int, using random: inout SeededRandom) {
    switch Int.random(in: 0..<(depth > 0 ? 12 : 5), using: &random) {
    case 0, 1: self = .text(Self.texts.randomElement(using: &random) ?? "a")
    case 2, 3:
      let one = Self.classes.randomElement(using: &random) ?? ("a", ["a"])
      self = .oneOf(one.0, one.1)
    case 4:
      self =
        Int.random(in: 0..<4, using: &random) == 0
        ? .nothing(Self.marks.randomElement(using: &random) ?? "")
        : .text(Self.texts.randomElement(using: &random) ?? "b")
    case 5, 6, 7:
      self = .sequence(
        (0..<Int.random(in: 1...4, using: &random)).map { _ in Self(depth: depth - 1, using: &random) })
    case 8, 9:
      self = .either(
        (0..<Int.random(in: 1...3, using: &random)).map { _ in Self(depth: depth - 1, using: &random) })
    default:
      let least = Int.random(in: 0...3, using: &random)
      let most: Int? =
        Int.random(in: 0..<4, using: &random) == 0 ? nil : least + Int.random(in: 0...3, using: &random)
      self = .times(Self(depth: depth - 1, using: &random), least, most == 0 ? 1 : most)
    }
  }

  var regex: String {
    switch self {
    case .text(let text):
      text.map { "-=@:/".contains($0) || $0.isLetter || $0.isNumber || $0 == " " ? String($0) : "\\\($0)" }
        .joined()
    case .oneOf(let brackets, _): brackets
    case .sequence(let items): items.map(\.regex).joined()
    case .either(let items): "(?:" + items.map(\.regex).joined(separator: "|") + ")"
    case .times(.nothing(let mark), _, _): mark
    case .times(let item, 0, 1): "(?:\(item.regex))?"
    case .times(let item, 0, nil): "(?:\(item.regex))*"
    case .times(let item, 1, nil): "(\(item.regex))+"
    case .times(let item, let least, let most) where most == least: "(?:\(item.regex)){\(least)}"
    case .times(let item, let least, let most): "(?:\(item.regex)){\(least),\(most.map(String.init) ?? "")}"
    case .nothing(let mark): mark
    }
  }

  func sample(using random: inout SeededRandom) -> String {
    switch self {
    case .text(let text):
      switch Int.random(in: 0..<6, using: &random) {
      case 0: text.uppercased()
      // The Kelvin sign and the long s are k and s in another case.
      case 1: String(text.map { $0 == "k" ? "\u{212A}" : $0 == "s" ? "ſ" : $0 })
      default: text
      }
    case .oneOf(_, let members): members.randomElement(using: &random) ?? ""
    case .sequence(let items): items.map { $0.sample(using: &random) }.joined()
    case .either(let items): items.randomElement(using: &random)?.sample(using: &random) ?? ""
    case .times(let item, let least, let most):
      (0..<Int.random(in: least...(most ?? least + 5), using: &random)).map { _ in item.sample(using: &random)
      }.joined()
    case .nothing: ""
    }
  }

  /// Samples with other text around them.
  func text(using random: inout SeededRandom) -> String {
    let noise = ["", " ", "a", "7", " 12-34 ", "ب", ". ", "k", "\u{1F600}"]
    return (0..<4).map { _ in (noise.randomElement(using: &random) ?? "") + sample(using: &random) }.joined()
  }
}

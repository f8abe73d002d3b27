/// Order of versions such as "1.10.0" and "2.0.0-beta.1".
package enum PackVersion {
  /// True when `one` is surely older than `other`: their numbers say so, or `one` is a pre-release of `other`. Texts that
  /// do not begin with a number have no order.
  package static func precedes(_ one: String, _ other: String) -> Bool {
    guard let first = Version(one), let second = Version(other) else { return false }
    if first.numbers != second.numbers {
      for index in 0..<max(first.numbers.count, second.numbers.count) {
        let (left, right) = (
          index < first.numbers.count ? first.numbers[index] : 0,
          index < second.numbers.count ? second.numbers[index] : 0
        )
        if left != right { return left < right }
      }
    }
    return first.isPreRelease && !second.isPreRelease
  }

  private struct Version {
    let numbers: [Int]
    let isPreRelease: Bool

    init?(_ text: String) {
      let plain = text.prefix { $0 != "+" }
      let parts = plain.split(separator: "-", maxSplits: 1)
      let numbers = (parts.first ?? "").split(separator: ".").map { Int($0) }
      guard !numbers.isEmpty, numbers.allSatisfy({ $0 != nil }) else { return nil }
      self.numbers = numbers.compactMap { $0 }
      isPreRelease = parts.count > 1
    }
  }
}

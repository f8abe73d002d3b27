/// Which documents hang together (union-find). Memory: one entry for each document that was joined.
struct Groups {
  private var parent: [Int: Int] = [:]
  private var count: [Int: Int] = [:]

  init() {}

  mutating func join(_ one: Int, _ other: Int) {
    let (first, second) = (root(one), root(other))
    guard first != second else { return }
    let total = (count[first] ?? 1) + (count[second] ?? 1)
    let (low, high) = (min(first, second), max(first, second))
    parent[high] = low
    count[low] = total
  }

  mutating func size(of member: Int) -> Int { count[root(member)] ?? 1 }

  private mutating func root(_ member: Int) -> Int {
    var at = member
    while let next = parent[at] { at = next }
    // Later walks are short.
    var step = member
    while let next = parent[step], next != at {
      parent[step] = at
      step = next
    }
    return at
  }
}

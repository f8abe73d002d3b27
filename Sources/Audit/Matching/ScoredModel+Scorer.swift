/// How a model weighs a text in one pass.
extension ScoredModel {
  /// Scores `folded[range]`, or each of its sentences, and gives `body` what was scored, without spaces around it.
  ///
  /// One pass over the bytes; nothing is allocated.
  @inline(__always)
  func score(
    _ folded: UnsafeBufferPointer<UInt8>, _ range: Range<Int>, seen: inout Seen,
    _ body: (Range<Int>, Score) -> Void
  ) {
    seen.begin(nodes.count)
    withoutActuallyEscaping(body) { body in
      seen.stamps.withUnsafeMutableBufferPointer { stamps in
        withTables { tables in
          var sink = Scorer(
            tables: tables, stamps: stamps, stamp: seen.stamp, folded: folded,
            isBySentence: card.span == .sentence, body: body)
          ScoredWords.read(folded, range, bySentence: card.span == .sentence, into: &sink)
          seen.stamp = sink.stamp
        }
      }
    }
  }

  /// The tables while texts are read. They never leave the closure that they are given to.
  struct Tables {
    let keys: UnsafeBufferPointer<UInt64>
    let indexes: UnsafeBufferPointer<Int32>
    let nodes: UnsafeBufferPointer<Node>
    let tokens: UnsafeBufferPointer<UInt64>
    let others: UnsafeBufferPointer<Int>
    let start: Int

    /// The node of `key`; -1 when the model has none.
    @inline(__always)
    func node(_ key: UInt64) -> Int {
      var slot = ScoredModel.slot(key, keys.count)
      while keys[slot] != 0 {
        if keys[slot] == key { return Int(indexes[slot]) }
        slot = (slot &+ 1) & (keys.count &- 1)
      }
      return -1
    }

    /// The node of a token; -1 when no n-gram holds it.
    @inline(__always)
    func node(ofToken key: UInt64) -> Int {
      guard tokens[Int(truncatingIfNeeded: key >> 6 & 1023)] & 1 &<< (key & 63) != 0 else { return -1 }
      return node(key)
    }
  }

  func withTables<R>(_ body: (Tables) -> R) -> R {
    keys.withUnsafeBufferPointer { keys in
      indexes.withUnsafeBufferPointer { indexes in
        nodes.withUnsafeBufferPointer { nodes in
          tokens.withUnsafeBufferPointer { tokens in
            others.withUnsafeBufferPointer { others in
              body(
                Tables(
                  keys: keys, indexes: indexes, nodes: nodes, tokens: tokens, others: others, start: start))
            }
          }
        }
      }
    }
  }

  /// Adds up the n-grams of each text, along the nodes of the last token and of the last two.
  private struct Scorer: ScoredWords.Sink {
    let tables: Tables
    let stamps: UnsafeMutableBufferPointer<UInt32>
    var stamp: UInt32
    let folded: UnsafeBufferPointer<UInt8>
    let isBySentence: Bool
    let body: (Range<Int>, Score) -> Void
    private var score = Score()
    /// The last token and its node, and the same of the last two; nodes are -1 where nothing may follow.
    private var lastKey: UInt64
    private var last: Int
    private var lastTwoKey: UInt64 = 0
    private var lastTwo = -1

    init(
      tables: Tables, stamps: UnsafeMutableBufferPointer<UInt32>, stamp: UInt32,
      folded: UnsafeBufferPointer<UInt8>, isBySentence: Bool, body: @escaping (Range<Int>, Score) -> Void
    ) {
      self.tables = tables
      self.stamps = stamps
      self.stamp = stamp
      self.folded = folded
      self.isBySentence = isBySentence
      self.body = body
      lastKey = ScoredWords.keys.start
      last = tables.start
    }

    @inline(__always)
    private mutating func add(_ node: Int) {
      let weight = tables.nodes[node].weight
      guard weight != 0, stamps[node] != stamp else { return }
      stamps[node] = stamp
      score.sum &+= Int(weight)
      score.hits &+= 1
    }

    @inline(__always)
    mutating func token(_ key: UInt64, _ range: Range<Int>) {
      let node = tables.node(ofToken: key)
      guard node >= 0 else {
        last = -1
        lastTwo = -1
        return
      }
      add(node)
      let bit = ScoredModel.Node.bit(key)
      if lastTwo >= 0, tables.nodes[lastTwo].followers & bit != 0 {
        let three = tables.node(ScoredWords.joined(lastTwoKey, key))
        if three >= 0 { add(three) }
      }
      lastTwo = -1
      if last >= 0, tables.nodes[last].followers & bit != 0 {
        lastTwoKey = ScoredWords.joined(lastKey, key)
        lastTwo = tables.node(lastTwoKey)
        if lastTwo >= 0 { add(lastTwo) }
      }
      lastKey = key
      last = node
    }

    @inline(__always)
    mutating func other(_ index: Int, _ range: Range<Int>) {
      let node = tables.others[index]
      if node >= 0 { add(node) }
    }

    @inline(__always)
    mutating func end(_ range: Range<Int>, words: Int) {
      score.words = words
      score.isOpen =
        isBySentence && words < ScoredModel.leastOpenWords && ScoredModel.isOpen(folded, range)
      body(range, score)
      score = Score()
      lastKey = ScoredWords.keys.start
      last = tables.start
      lastTwo = -1
      stamp &+= 1
      if stamp == 0 {
        stamps.update(repeating: 0)
        stamp = 1
      }
    }
  }
}

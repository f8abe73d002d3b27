/// Literals through an Aho-Corasick automaton over byte classes, in plain Swift.
///
/// Dense transition table: states x classes x 4 bytes (2,000 literals: about 8 MB).
struct AutomatonLiterals: Sendable {
  private let classOf: [UInt8]
  private let classCount: Int
  /// Next state by state and class; the root is 0.
  private let next: [Int32]
  /// First index into `outputs` by state, and one past the last state.
  private let outputStart: [Int32]
  private let outputs: [Int32]

  init(_ literals: [[UInt8]], ignoresCase: Bool) {
    func lowered(_ byte: UInt8) -> UInt8 { ignoresCase && byte &- 0x41 < 26 ? byte | 0x20 : byte }
    var classOf = [UInt8](repeating: 0, count: 256)
    var classCount = 1
    for literal in literals {
      for byte in literal where classOf[Int(lowered(byte))] == 0 {
        // 255 distinct bytes at most, as no literal holds byte 0 and class 0 is "every other byte".
        classOf[Int(lowered(byte))] = UInt8(truncatingIfNeeded: min(classCount, 255))
        classCount = min(classCount + 1, 256)
      }
    }
    if ignoresCase { for byte in 0x41...0x5A { classOf[byte] = classOf[byte | 0x20] } }

    var next = [Int32](repeating: -1, count: classCount)
    var own: [[Int32]] = [[]]
    for (number, literal) in literals.enumerated() where !literal.isEmpty {
      var state = 0
      for byte in literal {
        let slot = state * classCount + Int(classOf[Int(byte)])
        if next[slot] < 0 {
          next[slot] = Int32(own.count)
          own.append([])
          next.append(contentsOf: repeatElement(-1, count: classCount))
        }
        state = Int(next[slot])
      }
      own[state].append(Int32(number))
    }
    var fail = [Int](repeating: 0, count: own.count)
    var queue: [Int] = []
    for symbol in 0..<classCount {
      if next[symbol] < 0 { next[symbol] = 0 } else { queue.append(Int(next[symbol])) }
    }
    var head = 0
    while head < queue.count {
      let state = queue[head]
      head += 1
      own[state] += own[fail[state]]
      for symbol in 0..<classCount {
        let slot = state * classCount + symbol
        let fallback = next[fail[state] * classCount + symbol]
        if next[slot] < 0 {
          next[slot] = fallback
        } else {
          fail[Int(next[slot])] = Int(fallback)
          queue.append(Int(next[slot]))
        }
      }
    }
    var outputStart: [Int32] = []
    var outputs: [Int32] = []
    for list in own {
      outputStart.append(Int32(outputs.count))
      outputs += list
    }
    outputStart.append(Int32(outputs.count))
    self.classOf = classOf
    self.classCount = classCount
    self.next = next
    self.outputStart = outputStart
    self.outputs = outputs
  }

  func find(in text: UnsafeBufferPointer<UInt8>, range: Range<Int>, into hits: inout [LiteralHit]) {
    var state = 0
    for index in range {
      state = Int(next[state * classCount + Int(classOf[Int(text[index])])])
      let first = outputStart[state]
      let last = outputStart[state + 1]
      if first < last {
        for output in first..<last { hits.append(LiteralHit(literal: outputs[Int(output)], end: index + 1)) }
      }
    }
  }
}

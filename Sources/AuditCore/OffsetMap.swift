/// Carries positions of one text back to the text that it was made from.
///
/// Piecewise: a run says "from here on, every output byte stands for the input byte at the same distance"
/// (`verbatim`), or "these output bytes all stand for that one range of the input" (a replacement: an entity, a
/// folded letter, a ligature), or "every `n` output bytes stand for the next `m` input bytes" (`stride`: a legacy
/// encoding, where a run would be needed for each letter). Runs are appended in order of output offset; a look-up is a binary search.
public struct OffsetMap<From, To>: Sendable {
  @usableFromInline struct Run: Sendable {
    @usableFromInline let output: Int
    @usableFromInline let input: Int
    /// Length of the input that a replacement stands for; -1 for a verbatim run; for a stride
    /// -(output step * 256 + input step).
    @usableFromInline let replaced: Int
    @inlinable init(output: Int, input: Int, replaced: Int) {
      self.output = output
      self.input = input
      self.replaced = replaced
    }

    /// The input that output byte `offset` of this run stands for.
    @inlinable func character(at offset: Int) -> Range<Int> {
      if replaced >= 0 { return input..<(input + replaced) }
      if replaced == -1 { return (input + offset - output)..<(input + offset - output + 1) }
      let step = -replaced & 0xFF
      let start = input + (offset - output) / (-replaced >> 8) * step
      return start..<(start + step)
    }
  }

  @usableFromInline var runs: [Run] = []

  // Everything is inlinable: the look-ups run once a match, and a generic call across modules costs ten times as much.
  @inlinable public init() {}

  /// The number of runs, for tests and for memory accounting.
  public var count: Int { runs.count }

  /// From `output` on, output and input advance together, byte for byte.
  @inlinable public mutating func appendVerbatim(output: Int, input: Int) {
    runs.append(Run(output: output, input: input, replaced: -1))
  }

  /// Output bytes from `output` up to the next run all stand for `length` input bytes at `input`.
  @inlinable public mutating func appendReplacement(output: Int, input: Int, length: Int) {
    runs.append(Run(output: output, input: input, replaced: length))
  }

  /// From `output` on, every `outputStep` bytes stand for the next `inputStep` bytes from `input` on; steps are 1...255.
  @inlinable public mutating func appendStride(output: Int, input: Int, outputStep: Int, inputStep: Int) {
    runs.append(Run(output: output, input: input, replaced: -(outputStep << 8 | inputStep)))
  }

  @inlinable public mutating func removeAll() { runs.removeAll(keepingCapacity: true) }

  /// The input range of the characters in `range`: from the first byte of its first character through the last
  /// byte of its last one, so that a removed character after the match is not part of it.
  ///
  /// An empty range maps to an empty range. Cost: two binary searches.
  @inlinable public func source(of range: Range<Offset<From>>) -> Range<Offset<To>> {
    let lower =
      run(at: range.lowerBound.byte)?.character(at: range.lowerBound.byte).lowerBound ?? range.lowerBound.byte
    guard !range.isEmpty else { return Offset(lower)..<Offset(lower) }
    let last = range.upperBound.byte - 1
    let upper = run(at: last)?.character(at: last).upperBound ?? last + 1
    return Offset(lower)..<Offset(Swift.max(lower, upper))
  }

  /// The run that covers output byte `offset`; nil before the first run (identity).
  @inlinable func run(at offset: Int) -> Run? {
    var low = 0
    var high = runs.count
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].output <= offset { low = middle + 1 } else { high = middle }
    }
    return low == 0 ? nil : runs[low - 1]
  }
}

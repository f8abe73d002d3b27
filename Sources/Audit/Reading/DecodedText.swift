internal import AuditCore

/// UTF-8 that grows while a legacy encoding is decoded, with the way back to its source.
///
/// Characters of the same width in both texts share one run, so a word costs one run and not one a letter.
struct DecodedText {
  private(set) var bytes: [UInt8] = []
  private(set) var map = OffsetMap<DocumentSpace, SourceSpace>()
  /// Bytes of the source that stood for nothing and became U+FFFD.
  private(set) var replacementCount = 0
  private var outputStep = 0
  private var inputStep = 0
  private var nextInput = 0

  init(capacity: Int) { bytes.reserveCapacity(capacity) }

  init(bytes: [UInt8], map: OffsetMap<DocumentSpace, SourceSpace>, replacementCount: Int) {
    self.bytes = bytes
    self.map = map
    self.replacementCount = replacementCount
  }

  /// Source bytes that stay as they are.
  mutating func appendVerbatim(_ source: TextBytes, _ range: Range<Int>) {
    guard !range.isEmpty else { return }
    note(outputStep: 1, inputStep: 1, input: range.lowerBound)
    bytes.append(contentsOf: UnsafeBufferPointer(start: source.base + range.lowerBound, count: range.count))
    nextInput = range.upperBound
  }

  /// One character that stands for `length` bytes of the source at `input`.
  @inline(__always)
  mutating func append(_ character: PackedUTF8, input: Int, length: Int) {
    note(outputStep: character.count, inputStep: length, input: input)
    var rest = character.bytes
    for _ in 0..<character.count {
      bytes.append(UInt8(truncatingIfNeeded: rest))
      rest >>= 8
    }
    nextInput = input + length
  }

  mutating func appendReplacement(input: Int, length: Int) {
    replacementCount += 1
    append(.replacement, input: input, length: length)
  }

  @inline(__always)
  private mutating func note(outputStep output: Int, inputStep input: Int, input start: Int) {
    if output == outputStep, input == inputStep, start == nextInput { return }
    outputStep = output
    inputStep = input
    if output == 1, input == 1 {
      map.appendVerbatim(output: bytes.count, input: start)
    } else {
      map.appendStride(output: bytes.count, input: start, outputStep: output, inputStep: input)
    }
  }
}

/// Up to seven bytes of UTF-8 in one word, the first in the lowest byte.
struct PackedUTF8: Hashable {
  let bytes: UInt64
  let count: Int

  init(_ scalar: Unicode.Scalar) {
    var packed: UInt64 = 0
    var count = 0
    for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
      packed |= UInt64(byte) << UInt64(count * 8)
      count += 1
    }
    bytes = packed
    self.count = count
  }

  /// Nil when there are none, or more than seven.
  init?(_ utf8: some Collection<UInt8>) {
    guard (1...7).contains(utf8.count) else { return nil }
    var packed: UInt64 = 0
    for (index, byte) in utf8.enumerated() { packed |= UInt64(byte) << UInt64(index * 8) }
    bytes = packed
    count = utf8.count
  }

  init(word: UInt64) {
    bytes = word & 0x00FF_FFFF_FFFF_FFFF
    count = Int(word >> 56)
  }

  /// Both in one word, for tables; never 0.
  var word: UInt64 { bytes | UInt64(count) << 56 }

  static let replacement = PackedUTF8("\u{FFFD}")
}

internal import AuditCore

/// What the members of a gzip, bzip2 or xz file hold, joined.
///
/// Nothing is lost without a word: a member that is damaged, cut or does not agree with its checksum gives what could be
/// decoded of it and then a failure; bytes that belong to no member are a failure; and reading goes on with the next
/// member wherever it begins. Zeros between members fill up blocks and are passed by.
final class MemberStream: ByteStream {
  private let source: BufferedStream
  private let format: MemberFormat
  private var decoder: DecoderBox?
  /// The bytes of the member so far, or the last of them: the next member may begin among them.
  private var recent: [UInt8] = []
  private static let recentLimit = 1 << 20
  /// Comes after what was decoded before it.
  private var failure: StreamFailure?
  private var isOver = false
  /// Behind this place nothing was looked for yet.
  private var furthest = 0

  init(_ source: any ByteStream, _ format: MemberFormat) {
    self.source = (source as? BufferedStream) ?? BufferedStream(source)
    self.format = format
  }

  /// Bytes of the source that were read so far.
  var consumed: Int { max(furthest, source.offset) }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    while true {
      if let failure {
        self.failure = nil
        isOver = !failure.goesOn
        throw failure
      }
      guard !isOver else { return 0 }
      if decoder == nil {
        guard try beginMember() else { continue }
      }
      let made = try step(into: buffer)
      if made > 0 { return made }
    }
  }

  private func step(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    guard let decoder else { return 0 }
    let chunk = source.peek(64 << 10)
    guard !chunk.isEmpty else {
      try endOfSource()
      end(with: Self.cut, lookingBack: recent.count)
      return 0
    }
    let (taken, made, state) = chunk.withUnsafeBytes { decoder.decoder.step($0, into: buffer) }
    recent += chunk.prefix(taken)
    if recent.count > 2 * Self.recentLimit { recent.removeFirst(recent.count - Self.recentLimit) }
    source.drop(taken)
    switch state {
    case .more where taken > 0 || made > 0: break
    case .end:
      self.decoder = nil
      recent = []
    // The member was read to its end; only its last eight bytes can hold the start of another.
    case .mismatch: end(with: Self.mismatch, lookingBack: min(8, recent.count))
    case .outOfMemory: end(with: .outOfMemory, lookingBack: 0)
    case .more, .damaged: end(with: Self.damaged, lookingBack: recent.count)
    }
    return made
  }

  /// False when there is none, or when something else stands in its place.
  private func beginMember() throws(StreamFailure) -> Bool {
    while source.peek(1).first == 0 { source.drop(source.peek(64 << 10).prefix { $0 == 0 }.count) }
    let head = source.peek(format.markLength)
    guard !head.isEmpty else {
      try endOfSource()
      isOver = true
      return false
    }
    guard format.firstMark(in: head) == 0 else {
      end(with: Self.foreign, lookingBack: 0)
      return false
    }
    decoder = DecoderBox(try MemberDecoder(format))
    recent = []
    return true
  }

  /// Throws the failure of the source when it has one.
  private func endOfSource() throws(StreamFailure) {
    do throws(StreamFailure) {
      _ = try source.take(1)
    } catch {
      isOver = true
      throw StreamFailure(text: error.text, isLimit: error.isLimit)
    }
  }

  /// Gives the member up and looks for the next one, from so many bytes before this place on.
  private func end(with failure: StreamFailure, lookingBack count: Int) {
    decoder = nil
    furthest = max(furthest, source.offset)
    // Its own first byte begins no other member.
    let isWhole = count == recent.count && count > 0
    source.pushBack(Array(recent.suffix(count).dropFirst(isWhole ? 1 : 0)))
    recent = []
    var failure = failure
    failure.goesOn = findMember()
    self.failure = failure
  }

  private func findMember() -> Bool {
    while true {
      let window = source.peek(256 << 10)
      if let at = format.firstMark(in: window) {
        source.drop(at)
        return true
      }
      guard window.count >= format.markLength else {
        source.drop(window.count)
        return false
      }
      source.drop(window.count - format.markLength + 1)
    }
  }

  /// A property of a class cannot be set to nil when it holds what is not copyable.
  private final class DecoderBox {
    let decoder: MemberDecoder
    init(_ decoder: consuming MemberDecoder) { self.decoder = decoder }
  }

  private static let cut = StreamFailure(
    text: LocalizedText(en: "it ends in the middle", ar: "ينتهي قبل تمامه"))
  private static let damaged = StreamFailure(
    text: LocalizedText(en: "its compressed data is damaged", ar: "بياناته المضغوطة تالفة"))
  private static let mismatch = StreamFailure(
    text: LocalizedText(
      en: "its text does not agree with its checksum or length, so some of it may be missing or wrong",
      ar: "لا يتفق نصه مع مجموعه الاختباري أو طوله، فقد يكون بعضه ناقصًا أو خاطئًا"))
  private static let foreign = StreamFailure(
    text: LocalizedText(
      en: "it holds bytes that belong to no compressed part", ar: "فيه بايتات لا تنتمي إلى أي جزء مضغوط"))
}

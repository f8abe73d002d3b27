internal import CArchive

/// Decodes one gzip member, bzip2 stream or xz stream, and says where it ends and whether its checksum holds.
///
/// Not copyable: it owns a state of zlib, libbz2 or liblzma. That state knows its own address, so it stays in one place.
struct MemberDecoder: ~Copyable {
  enum State: Hashable {
    case more
    /// The member is over, and its checksum and length hold.
    case end
    case damaged
    /// It was decoded to its end, and checksum or length disagree.
    case mismatch
    case outOfMemory
  }

  private let decoder: UnsafeMutablePointer<carchive_decoder>

  init(_ format: MemberFormat) throws(StreamFailure) {
    decoder = .allocate(capacity: 1)
    decoder.initialize(to: carchive_decoder())
    guard carchive_decoder_open(decoder, format.code) != 0 else {
      decoder.deallocate()
      throw .outOfMemory
    }
  }

  deinit {
    carchive_decoder_close(decoder)
    decoder.deallocate()
  }

  /// Decodes from the start of `input` into the start of `output`. What was made is good whatever the state.
  func step(
    _ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer
  ) -> (taken: Int, made: Int, state: State) {
    var taken = input.count
    var made = output.count
    let code = carchive_decoder_step(
      decoder, input.bindMemory(to: UInt8.self).baseAddress, &taken,
      output.bindMemory(to: UInt8.self).baseAddress, &made)
    switch Int(code) {
    case Int(CARCHIVE_MORE): return (taken, made, .more)
    case Int(CARCHIVE_END): return (taken, made, .end)
    case Int(CARCHIVE_MISMATCH): return (taken, made, .mismatch)
    case Int(CARCHIVE_NO_MEMORY): return (taken, made, .outOfMemory)
    default: return (taken, made, .damaged)
    }
  }
}

/// The formats in which a file may be several streams, one after the other.
enum MemberFormat: String {
  case gzip = "gz"
  case bzip2 = "bz2"
  case xz

  fileprivate var code: Int32 {
    switch self {
    case .gzip: Int32(CARCHIVE_GZIP)
    case .bzip2: Int32(CARCHIVE_BZIP2)
    case .xz: Int32(CARCHIVE_XZ)
    }
  }

  /// Bytes that `isMark` looks at.
  var markLength: Int {
    switch self {
    case .gzip: 4
    case .bzip2: 10
    case .xz: 6
    }
  }

  /// Whether a member begins at `at`.
  ///
  /// Sources: RFC 1952, 2.3 (the reserved flags are 0); the bzip2 and xz format descriptions.
  func isMark(_ bytes: TextBytes, at: Int) -> Bool {
    guard at + markLength <= bytes.count else { return false }
    func holds(_ mark: [UInt8], _ offset: Int = 0) -> Bool {
      mark.indices.allSatisfy { bytes[at + offset + $0] == mark[$0] }
    }
    switch self {
    case .gzip: return holds([0x1F, 0x8B, 8]) && bytes[at + 3] & 0xE0 == 0
    case .bzip2:
      return holds([0x42, 0x5A, 0x68]) && (0x31...0x39).contains(bytes[at + 3])
        && (holds([0x31, 0x41, 0x59, 0x26, 0x53, 0x59], 4) || holds([0x17, 0x72, 0x45, 0x38, 0x50, 0x90], 4))
    case .xz: return holds([0xFD, 0x37, 0x7A, 0x58, 0x5A, 0])
    }
  }

  private var firstByte: UInt8 {
    switch self {
    case .gzip: 0x1F
    case .bzip2: 0x42
    case .xz: 0xFD
    }
  }

  /// The distance from the start of `bytes` to the first member that begins in them.
  func firstMark(in bytes: ArraySlice<UInt8>) -> Int? {
    bytes.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return nil }
      let view = TextBytes(base: base, count: buffer.count)
      var at = 0
      while true {
        at = view.firstIndex(of: firstByte, in: at..<view.count)
        if at + markLength > view.count { return nil }
        if isMark(view, at: at) { return at }
        at += 1
      }
    }
  }
}

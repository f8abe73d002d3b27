internal import AuditCore

/// What an archive may still unpack to.
struct ArchiveBudget {
  private let limits: Limits
  private var members = 0
  private var produced = 0

  init(_ limits: Limits) { self.limits = limits }

  mutating func takesMember() -> Bool {
    members += 1
    return members <= limits.members
  }

  /// Counts bytes that were unpacked.
  ///
  /// - Parameter consumed: bytes of the archive that were read for everything so far.
  mutating func take(_ count: Int, consumed: Int) throws(StreamFailure) {
    produced += count
    if produced > limits.archiveBytes {
      throw StreamFailure(
        text: LocalizedText(
          en: "it unpacks to more than the limit of \(limits.archiveBytes) bytes",
          ar: "يتجاوز حجمه بعد فك الضغط الحد البالغ \(limits.archiveBytes) بايت"), isLimit: true)
    }
    if produced > Limits.ratioFreeBytes, produced / max(1, consumed) > limits.ratio {
      throw StreamFailure(
        text: LocalizedText(
          en: "it unpacks to more than \(limits.ratio) times its size, as archive bombs do",
          ar: "يتجاوز حجمه بعد فك الضغط \(limits.ratio) ضعف حجمه، كما تفعل القنابل المضغوطة"), isLimit: true)
    }
  }
}

/// A member of an archive that is counted while it is read.
final class MeteredStream: ByteStream {
  private let base: any ByteStream
  private let archive: ArchiveReader
  private(set) var budget: ArchiveBudget
  private(set) var failure: StreamFailure?

  init(_ base: any ByteStream, _ archive: ArchiveReader, _ budget: ArchiveBudget) {
    self.base = base
    self.archive = archive
    self.budget = budget
  }

  func read(into buffer: UnsafeMutableRawBufferPointer) throws(StreamFailure) -> Int {
    if let failure { throw failure }
    let count = try base.read(into: buffer)
    do throws(StreamFailure) {
      try budget.take(count, consumed: archive.consumed)
    } catch {
      failure = error
      throw error
    }
    return count
  }
}

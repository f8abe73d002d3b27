import AuditCore

/// The pages that a document links to, as hashes: enough to see that two documents link to each other.
struct CitedPages: Sendable {
  /// A page's address without scheme, "www.", query and fragment: the hash of its host and that of host and path.
  struct Address: Hashable, Sendable {
    let host: UInt64
    let page: UInt64

    /// Nil when `text` is no http(s) address, or one of a whole site.
    init?(_ text: String) {
      let bytes = FoldedText.folded(text)
      guard
        let address = bytes.withUnsafeBufferPointer({
          Self.read(CheckText(bytes: $0, range: 0..<$0.count))
        }), address.page != address.host
      else { return nil }
      self = address
    }

    init(host: UInt64, page: UInt64) {
      self.host = host
      self.page = page
    }

    static func read(_ text: CheckText) -> Address? {
      var at = text.range.lowerBound
      if text.holds("https://", at: at) {
        at += 8
      } else if text.holds("http://", at: at) {
        at += 7
      } else {
        return nil
      }
      if text.holds("www.", at: at) { at += 4 }
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      var host: UInt64?
      var slashes = 0
      while at < text.range.upperBound {
        let byte = text[at]
        if byte == 0x3F || byte == 0x23 || byte <= 0x20 { break }
        if byte == 0x2F {
          if host == nil { host = hash }
          slashes += 1
        } else {
          // A slash at the end makes no other page.
          while slashes > 0 {
            hash = (hash ^ 0x2F) &* 0x0000_0100_0000_01B3
            slashes -= 1
          }
          hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01B3
        }
        at += 1
      }
      return Address(host: host ?? hash, page: hash)
    }
  }

  /// More links make a page that lists pages: its links are not remembered.
  static let most = 64
  private(set) var pages: Set<UInt64> = []
  private(set) var hosts: Set<UInt64> = []
  private var isFull = false

  mutating func take(_ text: CheckText) {
    guard !isFull, let address = Address.read(text) else { return }
    pages.insert(address.page)
    hosts.insert(address.host)
    if pages.count > Self.most {
      isFull = true
      pages = []
      hosts = []
    }
  }

  /// It links to `other`, and to no site but `own` and that of `other`.
  func citesOnly(_ other: Address, besides own: Address) -> Bool {
    pages.contains(other.page) && hosts.isSubset(of: [own.host, other.host])
  }
}

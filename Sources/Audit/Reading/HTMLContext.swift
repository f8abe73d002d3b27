import AuditCore

/// What an element gives to the text inside it.
struct HTMLContext: Sendable {
  var role = Role.body
  var channel = Channel.text
  var region = Region.main
  var visibility = Visibility.visible
  /// Indexes into `BlockBatch.names`; -1 for none.
  var language: Int32 = -1
  var path: Int32 = -1
  var isLink = false
  var isCode = false
  /// White space is kept as written.
  var isPreformatted = false
  /// Inside article or main, where a header belongs to the text.
  var isArticle = false
  /// The background behind the text, as far as it is known.
  var ground = HTMLColour.page
  /// The block element around, as an index into `HTMLOutline.nodes`.
  var node: Int32 = 0

  func block(pieces: Range<Int>) -> Block {
    Block(
      role: role, channel: channel, region: region, visibility: visibility, pieces: pieces,
      declaredLanguage: Int(language), path: Int(path))
  }
}

/// The vocabulary that an element's name is read in.
enum HTMLNamespace: UInt8, Sendable { case html, svg, math }

/// One open element of the document.
struct HTMLOpenElement: Sendable {
  let element: HTMLElement
  let traits: HTMLTraits
  let key: HTMLNameKey
  let namespace: HTMLNamespace
  /// HTML elements stand inside it although it is of svg or math.
  let holdsHTML: Bool
  /// This element itself hides, links, or is code; to renew `context` when one below is taken away.
  let hides: Bool
  var context: HTMLContext
  /// What the maker of the element wants to know again.
  var mark = 0

  /// Names of svg and math elements do not close what the HTML rules close.
  func isHTML(_ element: HTMLElement) -> Bool { self.element == element && namespace == .html }
}

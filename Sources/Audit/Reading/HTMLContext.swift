import AuditCore

/// What an element gives to the text inside it.
struct HTMLContext: Sendable {
  // The largest first: many are copied.
  /// What rules about elements inside others ask of the elements around, and of the innermost
  /// (`HTMLStyleSheet.style(of:)`).
  var marks: UInt64 = 0
  var ownMarks: UInt64 = 0
  /// Indexes into `BlockBatch.names`; -1 for none.
  var language: Int32 = -1
  var path: Int32 = -1
  /// The block element around, as an index into `HTMLOutline.nodes`.
  var node: Int32 = 0
  /// The background behind the text, as far as it is known.
  var ground = HTMLColour.page
  /// The colour of the text, as far as it is known.
  var ink = HTMLColour.unknown
  var role = Role.body
  var channel = Channel.text
  var region = Region.main
  /// Who sees the text, but for what `veils` does.
  var standing = Visibility.visible
  var veils: HTMLVeils = []
  var isLink = false
  var isCode = false
  /// White space is kept as written.
  var isPreformatted = false
  /// Inside article or main, where a header belongs to the text.
  var isArticle = false

  var visibility: Visibility {
    @inline(__always) get { veils.isEmpty ? standing : .hidden }
    @inline(__always) set { standing = newValue }
  }

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
  let key: HTMLNameKey
  var context: HTMLContext
  /// What the maker of the element wants to know again.
  var mark = 0
  let element: HTMLElement
  let traits: HTMLTraits
  let namespace: HTMLNamespace
  /// HTML elements stand inside it although it is of svg or math.
  let holdsHTML: Bool
  /// This element itself hides, links, or is code; to renew `context` when one below is taken away.
  let hides: Bool
  /// What this element hides by that one inside can take back, and what it takes back itself.
  var veils: HTMLVeils = []
  var lifted: HTMLVeils = []
  /// Each child is a box of its own.
  var holdsItems = false
  /// It has a shadow tree, so what stands in the element itself is seen only where a slot takes it.
  var isHost = false

  /// Names of svg and math elements do not close what the HTML rules close.
  func isHTML(_ element: HTMLElement) -> Bool { self.element == element && namespace == .html }
}

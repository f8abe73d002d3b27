/// The views of a single text, for callers outside the pipeline.
package enum FoldedText {
  /// The `text` view of `value`: digits of all scripts as ASCII.
  package static func digitsFolded(_ value: String) -> [UInt8] { FoldedViewWriter.textView(of: value) }

  /// The `folded` view of `value`.
  package static func folded(_ value: String) -> [UInt8] { FoldedViewWriter().folded(value) }
}

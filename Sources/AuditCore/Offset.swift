/// A distance in bytes from the start of one particular text; offsets of two spaces do not mix.
public struct Offset<Space>: Hashable, Comparable, Sendable {
  public let byte: Int

  @inlinable public init(_ byte: Int) { self.byte = byte }

  @inlinable public static func < (left: Self, right: Self) -> Bool { left.byte < right.byte }
}

/// Bytes exactly as they were delivered: the file, the archive member, standard input.
public enum SourceSpace: Sendable {}

/// The document decoded to UTF-8. Equal to the source, byte for byte, when the source is UTF-8 without a BOM;
/// invalid sequences are kept as they are.
public enum DocumentSpace: Sendable {}

/// The `text` view of a batch of segments: valid UTF-8, entities decoded, digits ASCII, invisible characters removed.
public enum TextSpace: Sendable {}

/// The `folded` view of a batch: the `text` view case-folded, NFKC, Arabic marks and variants unified,
/// runs of white space one space.
public enum FoldedSpace: Sendable {}

public typealias SourceRange = Range<Offset<SourceSpace>>
public typealias DocumentRange = Range<Offset<DocumentSpace>>

extension Range {
  /// `Range<Offset<S>>(bytes: 3..<9)`
  @inlinable public init<Space>(bytes: Range<Int>) where Bound == Offset<Space> {
    self = Offset<Space>(bytes.lowerBound)..<Offset<Space>(bytes.upperBound)
  }

  /// The plain byte numbers of a range of offsets.
  @inlinable public func bytes<Space>() -> Range<Int> where Bound == Offset<Space> {
    lowerBound.byte..<upperBound.byte
  }
}

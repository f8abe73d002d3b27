package import AuditCore

/// The fixed matrix of `scoring.yaml`: what likelihood and impact mean together.
package struct Scoring: Hashable, Sendable {
  /// Rows likelihood 1...4, columns impact 1...4.
  package let matrix: [[Risk.Band]]

  /// The band, with the cap for low confidence: never above high.
  ///
  /// Likelihood 0 has no band. Values outside 0...4 and 1...4 are brought to the nearest one.
  package func band(likelihood: Int, impact: Int, confidence: Confidence) -> Risk.Band {
    guard likelihood > 0 else { return .none }
    let band = matrix[min(4, likelihood) - 1][min(4, max(1, impact)) - 1]
    return confidence == .low && band == .veryHigh ? .high : band
  }

  static func read(_ file: Knowledge.File, _ problems: inout [KnowledgeError.Item]) -> Self? {
    var reader = YAMLReader(file: file.name)
    defer { problems += reader.problems }
    guard let top = reader.compose(file.bytes), let fields = reader.mapping(top) else { return nil }
    let key = "matrix_rows_likelihood_1_to_4_cols_impact_1_to_4"
    let rows = reader.list(key, of: fields)
    let known = Risk.Band.allCases.filter { $0 != .none }.map(\.rawValue)
    var matrix: [[Risk.Band]] = []
    for row in rows {
      guard case .sequence(let cells) = row.content else {
        reader.fail(.notList(key: key), at: row)
        continue
      }
      var bands: [Risk.Band] = []
      for cell in cells {
        guard let band = Risk.Band(rawValue: cell.scalarText), band != .none else {
          reader.fail(.unknownBand(cell.scalarText, known: known), at: cell)
          continue
        }
        bands.append(band)
      }
      if bands.count != 4 { reader.fail(.wrongSize(key: key, expected: 4, found: bands.count), at: row) }
      matrix.append(bands)
    }
    if matrix.count != 4 { reader.fail(.wrongSize(key: key, expected: 4, found: matrix.count), at: top) }
    return matrix.count == 4 && matrix.allSatisfy { $0.count == 4 } ? Self(matrix: matrix) : nil
  }
}

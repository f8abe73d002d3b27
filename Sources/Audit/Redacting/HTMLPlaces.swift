/// Which bytes of an HTML document may change, and how what takes their place is written: characters, attribute values,
/// comments and scripts; never tags and quotes.
struct HTMLPlaces {
  /// A run of bytes that a finding stands on.
  struct Wanted {
    let range: Range<Int>
    let isURL: Bool
  }

  struct Part: Hashable {
    let range: Range<Int>
    let place: RedactionPlace
  }

  /// The parts of each wanted range, in step with `wanted`. Cost: one pass of the tokenizer.
  static func parts(of wanted: [Wanted], in bytes: [UInt8]) -> [[Part]] {
    var parts = [[Part]](repeating: [], count: wanted.count)
    let order = wanted.indices.sorted {
      (wanted[$0].range.lowerBound, $0) < (wanted[$1].range.lowerBound, $1)
    }
    guard !order.isEmpty else { return parts }
    var next = 0
    var open: [Int] = []
    bytes.withUnsafeBufferPointer { buffer in
      HTMLTokenizer.forEachToken(of: bytes) { token, attributes in
        while next < order.count, wanted[order[next]].range.lowerBound < token.end {
          open.append(order[next])
          next += 1
        }
        open.removeAll { wanted[$0].range.upperBound <= token.start }
        var script = ScriptState(token.content)
        for index in open { add(token, attributes, wanted[index], &script, buffer, to: &parts[index]) }
      }
    }
    return parts
  }

  private static func add(
    _ token: HTMLToken, _ attributes: [HTMLAttribute], _ wanted: Wanted,
    _ script: inout ScriptState, _ bytes: HTMLBytes, to parts: inout [Part]
  ) {
    func add(_ range: Range<Int>, _ place: RedactionPlace) {
      let common = range.clamped(to: wanted.range)
      if !common.isEmpty { parts.append(Part(range: common, place: place)) }
    }
    switch token.kind {
    case .text:
      switch token.model {
      case .data, .rcdata: add(token.content, .markup)
      case .scriptData:
        let start = max(token.content.lowerBound, wanted.range.lowerBound)
        add(token.content, .script(isString: script.isString(bytes, at: start)))
      case .rawText, .plainText, .cdata: add(token.content, .word)
      }
    case .startTag:
      add(token.content, .word)
      for attribute in attributes {
        let value = attribute.value
        add(attribute.name, .word)
        guard !value.isEmpty, value.overlaps(wanted.range) else { continue }
        if wanted.isURL, bytes.matches("data:image/", at: value.lowerBound) {
          // A picture goes whole: its rest would still hold what its head points to.
          parts.append(Part(range: value, place: .url))
          continue
        }
        let before = value.lowerBound > 0 ? bytes[value.lowerBound - 1] : 0
        let isQuoted = before == 0x22 || before == 0x27
        let isWhole = value.clamped(to: wanted.range) == value
        add(value, wanted.isURL ? .url : isQuoted ? .markup : .unquoted(isWhole: isWhole))
      }
    case .comment: add(token.content, .comment)
    case .endTag, .doctype, .unfinished: add(token.content, .word)
    case .end: break
    }
  }
}

/// Whether places of a script stand in a string. Comments count as strings: a bare word is safe there too.
///
/// Reads on from place to place, so that many places cost one pass. A regular expression with a quote in it can mislead
/// it until the end of its line.
struct ScriptState {
  private enum Mode: Equatable { case code, string(UInt8), line, block }

  private let end: Int
  private var at: Int
  private var mode = Mode.code

  init(_ script: Range<Int>) {
    at = script.lowerBound
    end = script.upperBound
  }

  /// - Parameter place: not before the one asked for last.
  mutating func isString(_ bytes: HTMLBytes, at place: Int) -> Bool {
    while at < place {
      let byte = bytes[at]
      let next = at + 1 < end ? bytes[at + 1] : 0
      switch mode {
      case .string(let quote):
        if byte == 0x5C {
          at += 1
        } else if byte == quote || byte == 0x0A && quote != 0x60 {
          mode = .code
        }
      case .line:
        if byte == 0x0A { mode = .code }
      case .block:
        if byte == 0x2A, next == 0x2F {
          mode = .code
          at += 1
        }
      case .code:
        if byte == 0x22 || byte == 0x27 || byte == 0x60 {
          mode = .string(byte)
        } else if byte == 0x2F, next == 0x2F || next == 0x2A {
          mode = next == 0x2F ? .line : .block
          at += 1
        }
      }
      at += 1
    }
    return mode != .code
  }
}

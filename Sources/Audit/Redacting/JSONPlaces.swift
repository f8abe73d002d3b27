/// Which bytes of JSON may change: the insides of strings, and numbers and words as a whole; never what gives it its
/// structure.
enum JSONPlaces {
  /// The parts of each range, in step with `wanted`; in lines of records, a string ends with its line. Cost: one pass.
  static func parts(of wanted: [Range<Int>], in bytes: [UInt8], isLines: Bool) -> [[HTMLPlaces.Part]] {
    var parts = [[HTMLPlaces.Part]](repeating: [], count: wanted.count)
    let order = wanted.indices.sorted { (wanted[$0].lowerBound, $0) < (wanted[$1].lowerBound, $1) }
    var next = 0
    var open: [Int] = []
    func take(_ region: Range<Int>, isString: Bool) {
      while next < order.count, wanted[order[next]].lowerBound < region.upperBound {
        open.append(order[next])
        next += 1
      }
      open.removeAll { wanted[$0].upperBound <= region.lowerBound }
      for index in open {
        let common = region.clamped(to: wanted[index])
        guard !common.isEmpty else { continue }
        parts[index].append(
          HTMLPlaces.Part(range: isString ? common : region, place: isString ? .jsonText : .jsonScalar))
      }
    }
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      if byte == 0x22 {
        let start = at + 1
        at = start
        while at < bytes.count, bytes[at] != 0x22, !(isLines && bytes[at] == 0x0A) {
          at += bytes[at] == 0x5C && !(isLines && at + 1 < bytes.count && bytes[at + 1] == 0x0A) ? 2 : 1
        }
        let end = min(at, bytes.count)
        if end > start { take(start..<end, isString: true) }
        at = end + 1
      } else if byte <= 0x20 || [0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D].contains(byte) {
        at += 1
      } else {
        let start = at
        while at < bytes.count, bytes[at] > 0x20,
          ![0x22, 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D].contains(bytes[at])
        {
          at += 1
        }
        take(start..<at, isString: false)
      }
    }
    return parts
  }
}

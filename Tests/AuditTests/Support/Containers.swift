/// Small containers, written byte by byte, so that no binary file stands in the repository.
enum Containers {
  /// CRC-32 of ISO 3309, bit by bit.
  static func crc32(_ bytes: [UInt8]) -> UInt32 {
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
      crc ^= UInt32(byte)
      for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return ~crc
  }

  static func little(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> ($0 * 8)) }
  }

  /// One gzip member with stored blocks (RFC 1952, RFC 1951 3.2.4).
  static func gzip(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 3]
    var at = 0
    repeat {
      let count = min(65_535, bytes.count - at)
      out.append(at + count == bytes.count ? 1 : 0)
      out += little(count, 2) + little(~count, 2) + bytes[at..<at + count]
      at += count
    } while at < bytes.count
    return out + little(Int(crc32(bytes)), 4) + little(bytes.count, 4)
  }

  /// A ZIP archive with stored members.
  static func zip(_ members: [(name: String, bytes: [UInt8])], flags: Int = 0) -> [UInt8] {
    var out: [UInt8] = []
    var directory: [UInt8] = []
    for (name, bytes) in members {
      let name = Array(name.utf8)
      let fields =
        little(20, 2) + little(flags, 2) + little(0, 2) + little(0, 4) + little(Int(crc32(bytes)), 4)
        + little(bytes.count, 4)
        + little(bytes.count, 4) + little(name.count, 2) + little(0, 2)
      directory +=
        little(0x0201_4B50, 4) + little(20, 2) + fields + little(0, 2) + little(0, 2) + little(0, 2)
      directory += little(0, 4) + little(out.count, 4) + name
      out += little(0x0403_4B50, 4) + fields + name + bytes
    }
    let start = out.count
    out += directory
    out += little(0x0605_4B50, 4) + little(0, 4) + little(members.count, 2) + little(members.count, 2)
    return out + little(directory.count, 4) + little(start, 4) + little(0, 2)
  }

  static func zip(_ members: [(name: String, text: String)]) -> [UInt8] {
    zip(members.map { ($0.name, Array($0.text.utf8)) })
  }

  /// A POSIX tar archive. `kind`: "0" files, "2" links to `link`.
  static func tar(_ members: [(name: String, text: String)], kind: String = "0", link: String = "") -> [UInt8]
  {
    var out: [UInt8] = []
    for (name, text) in members {
      var header = [UInt8](repeating: 0, count: 512)
      func put(_ text: String, _ at: Int) {
        for (index, byte) in text.utf8.enumerated() { header[at + index] = byte }
      }
      func octal(_ value: Int, _ width: Int) -> String {
        let digits = String(value, radix: 8)
        return String(repeating: "0", count: width - digits.count) + digits
      }
      put(name, 0)
      put("0000644\0", 100)
      put("0000000\0", 108)
      put("0000000\0", 116)
      put(octal(text.utf8.count, 11) + "\0", 124)
      put(octal(0, 11) + "\0", 136)
      put("        ", 148)
      put(kind, 156)
      put(link, 157)
      put("ustar\u{0}00", 257)
      put(octal(header.reduce(0) { $0 + Int($1) }, 6) + "\0 ", 148)
      out += header + Array(text.utf8)
      out += [UInt8](repeating: 0, count: (512 - text.utf8.count % 512) % 512)
    }
    return out + [UInt8](repeating: 0, count: 1024)
  }

  /// One response record of a WARC file.
  static func warc(_ page: String, _ target: String, length: Int? = nil, type: String = "response") -> [UInt8]
  {
    let block = Array("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n\(page)".utf8)
    let header =
      "WARC/1.0\r\nWARC-Type: \(type)\r\nWARC-Target-URI: \(target)\r\nContent-Type: application/http\r\n"
      + "Content-Length: \(length ?? block.count)\r\n\r\n"
    return Array(header.utf8) + block + Array("\r\n\r\n".utf8)
  }
}

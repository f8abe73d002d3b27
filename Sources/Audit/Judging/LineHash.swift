package enum LineHash { package static func hashes(of bytes: [UInt8]) -> [Int: String] { [:] } }

import Audit
import Foundation

/// Where compiled rules are kept between runs: `$AUDITOR_CACHE`, `$XDG_CACHE_HOME/auditor` or `~/.cache/auditor`
/// (`~/Library/Caches/auditor` on macOS). `AUDITOR_CACHE=off` keeps nothing.
enum Cache {
  static var directory: CacheDirectory? {
    let environment = ProcessInfo.processInfo.environment
    if let path = environment["AUDITOR_CACHE"], !path.isEmpty {
      return path == "off" ? nil : CacheDirectory(path)
    }
    if let path = environment["XDG_CACHE_HOME"], path.hasPrefix("/") {
      return CacheDirectory(path + "/auditor")
    }
    guard let home = environment["HOME"], home.hasPrefix("/") else { return nil }
    #if os(macOS)
      return CacheDirectory(home + "/Library/Caches/auditor")
    #else
      return CacheDirectory(home + "/.cache/auditor")
    #endif
  }

  static var literals: LiteralStore? {
    directory.map { directory in
      LiteralStore(load: { directory.load($0) }, save: { directory.save($0, $1) })
    }
  }
}

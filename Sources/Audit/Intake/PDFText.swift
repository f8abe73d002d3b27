internal import AuditCore

#if canImport(Glibc)
  internal import Glibc
#elseif canImport(Musl)
  internal import Musl
#else
  internal import Darwin
#endif

/// The text layer of a PDF, by `pdftotext` (poppler) when the machine has it.
///
/// It runs as a process of its own, because poppler is GPL and because PDFs attack their readers; it is given nothing
/// but the bytes on its standard input.
enum PDFText {
  enum Outcome {
    case text([UInt8])
    /// `pdftotext` is not installed.
    case missing
    case failed
  }

  static func text(of bytes: [UInt8], limit: Int, seconds: Int?) -> Outcome {
    // A socket, because writing to one whose reader is gone can be told not to raise SIGPIPE.
    var input: [Int32] = [0, 0]
    var output: [Int32] = [0, 0]
    guard socketpair(AF_UNIX, Self.streamKind, 0, &input) == 0 else { return .failed }
    guard pipe(&output) == 0 else {
      for number in input { _ = close(number) }
      return .failed
    }
    for number in input + output { _ = fcntl(number, F_SETFD, FD_CLOEXEC) }
    var pid: pid_t = 0
    let status = spawn(&pid, input: input[0], output: output[1])
    _ = close(input[0])
    _ = close(output[1])
    guard status == 0 else {
      _ = close(input[1])
      _ = close(output[0])
      return .missing
    }
    let text = exchange(
      bytes, input: input[1], output: output[0], limit: limit, deadline: Deadline(seconds: seconds))
    _ = close(output[0])
    if text == nil { _ = kill(pid, SIGKILL) }
    var result: Int32 = 0
    while waitpid(pid, &result, 0) < 0, errno == EINTR {}
    let code = (result >> 8) & 0xFF
    if code == 127, text?.isEmpty ?? true { return .missing }
    guard let text, result & 0x7F == 0, code == 0 else { return .failed }
    return .text(text)
  }

  #if canImport(Darwin)
    private static let streamKind = SOCK_STREAM
  #else
    private static let streamKind = Int32(SOCK_STREAM.rawValue)
  #endif

  private static func spawn(_ pid: inout pid_t, input: Int32, output: Int32) -> Int32 {
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
    #else
      var actions = posix_spawn_file_actions_t()
    #endif
    guard posix_spawn_file_actions_init(&actions) == 0 else { return ENOMEM }
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, input, 0)
    posix_spawn_file_actions_adddup2(&actions, output, 1)
    _ = "/dev/null".withCString { posix_spawn_file_actions_addopen(&actions, 2, $0, O_WRONLY, 0) }
    let words: [String] = ["pdftotext", "-q", "-enc", "UTF-8", "-", "-"]
    let arguments: [UnsafeMutablePointer<CChar>?] = words.map { $0.withCString { strdup($0) } }
    let environment: [UnsafeMutablePointer<CChar>?] = ["LC_ALL=C"].map { (text: String) in
      text.withCString { strdup($0) }
    }
    defer { for text in arguments + environment { free(text) } }
    return posix_spawnp(&pid, "pdftotext", &actions, nil, arguments + [nil], environment + [nil])
  }

  /// Writes and reads at once, so that neither side waits for the other; nil when time or limit is over.
  private static func exchange(_ bytes: [UInt8], input: Int32, output: Int32, limit: Int, deadline: Deadline)
    -> [UInt8]?
  {
    var text: [UInt8] = []
    var written = 0
    var isOpen = true
    _ = fcntl(input, F_SETFL, O_NONBLOCK)
    #if canImport(Darwin)
      var isSet: Int32 = 1
      _ = setsockopt(input, SOL_SOCKET, SO_NOSIGPIPE, &isSet, socklen_t(MemoryLayout<Int32>.size))
      let flags: Int32 = 0
    #else
      let flags = Int32(MSG_NOSIGNAL)
    #endif
    defer { if isOpen { _ = close(input) } }
    var chunk = [UInt8](repeating: 0, count: 64 << 10)
    while !deadline.isOver, text.count <= limit {
      if isOpen, written >= bytes.count {
        _ = close(input)
        isOpen = false
      }
      var waiting = [pollfd(fd: output, events: Int16(POLLIN), revents: 0)]
      if isOpen { waiting.append(pollfd(fd: input, events: Int16(POLLOUT), revents: 0)) }
      _ = poll(&waiting, nfds_t(waiting.count), 200)
      if isOpen, waiting[1].revents != 0 {
        let count = bytes.withUnsafeBytes { raw in
          send(input, raw.baseAddress.map { $0 + written }, min(64 << 10, bytes.count - written), flags)
        }
        if count > 0 {
          written += count
        } else if errno != EAGAIN, errno != EINTR {
          _ = close(input)
          isOpen = false
        }
      }
      if waiting[0].revents != 0 {
        let count = chunk.withUnsafeMutableBytes { read(output, $0.baseAddress, $0.count) }
        if count == 0 { return text }
        if count < 0, errno != EINTR, errno != EAGAIN { return nil }
        if count > 0 { text += chunk[..<count] }
      }
    }
    return nil
  }
}

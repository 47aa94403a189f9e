import Foundation

#if canImport(Glibc)
  import Glibc
  private let stream = Int32(SOCK_STREAM.rawValue)
#else
  import Darwin
  private let stream = SOCK_STREAM
#endif

/// The network between phone and city. Taking it away cuts what is open and refuses what comes.
final class Relay: @unchecked Sendable {
  let url: String
  private let listener: Int32
  // Guards the rest.
  private let lock = NSCondition()
  private var allowance = Int.max
  private var passed = 0
  private var open: Set<Int32> = []
  private var city: UInt16 = 0
  private var there = true

  init() throws {
    let listener = socket(AF_INET, stream, 0)
    self.listener = listener
    var place = Self.loopback(0)
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let bound = Self.with(&place) { bind(listener, $0, length) }
    guard bound == 0, listen(listener, 64) == 0 else { throw Surprise("no port on the loopback") }
    _ = Self.with(&place) { getsockname(listener, $0, &length) }
    url = "http://127.0.0.1:\(UInt16(bigEndian: place.sin_port))"
    Thread.detachNewThread { [self] in while true { if !accept() { return } } }
  }

  /// How many bytes the phone has sent.
  var sent: Int { lock.withLock { passed } }

  func lead(to port: UInt16) { lock.withLock { city = port } }

  /// The network comes or goes.
  func set(_ there: Bool) {
    lock.withLock {
      self.there = there
      if !there { open.forEach { _ = shutdown($0, Int32(SHUT_RDWR)) } }
      lock.broadcast()
    }
  }

  /// Lets so much more pass from the phone to the city, and then nothing until more is allowed.
  func allow(_ bytes: Int) {
    lock.withLock {
      allowance = bytes
      lock.broadcast()
    }
  }

  /// Takes from what is allowed; waits while there is none left, unless the network goes.
  private func take(_ bytes: Int) {
    lock.withLock {
      while allowance == 0 && there { lock.wait() }
      allowance = max(0, allowance - bytes)
      passed += bytes
    }
  }

  func close() {
    set(false)
    _ = shutdown(listener, Int32(SHUT_RDWR))
    #if canImport(Glibc)
      Glibc.close(listener)
    #else
      Darwin.close(listener)
    #endif
  }

  private func accept() -> Bool {
    #if canImport(Glibc)
      let phone = Glibc.accept(listener, nil, nil)
    #else
      let phone = Darwin.accept(listener, nil, nil)
    #endif
    if phone < 0 { return false }
    let (port, there) = lock.withLock { (city, self.there) }
    let far = socket(AF_INET, stream, 0)
    var place = Self.loopback(port)
    let reached = Self.with(&place) { connect(far, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0 }
    let pair = Pair(phone, far)
    guard there, reached else {
      pair.end()
      pair.end()
      return true
    }
    lock.withLock { open.formUnion([phone, far]) }
    Thread.detachNewThread { self.pass(pair, phone, far) { self.take($0) } }
    Thread.detachNewThread { self.pass(pair, far, phone) { _ in } }
    return true
  }

  private func pass(_ pair: Pair, _ from: Int32, _ to: Int32, _ take: (Int) -> Void) {
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while true {
      let count = read(from, &buffer, buffer.count)
      if count <= 0 { break }
      take(count)
      var sent = 0
      while sent < count {
        let more = buffer[sent..<count].withUnsafeBytes { send(to, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
        if more <= 0 { break }
        sent += more
      }
      if sent < count { break }
    }
    _ = shutdown(from, Int32(SHUT_RDWR))
    _ = shutdown(to, Int32(SHUT_RDWR))
    // A number that is given back may be another connection's at once: it leaves the set before.
    lock.withLock {
      if pair.isLast { open.subtract([from, to]) }
      pair.end()
    }
  }

  private static func loopback(_ port: UInt16) -> sockaddr_in {
    var place = sockaddr_in()
    place.sin_family = sa_family_t(AF_INET)
    place.sin_port = port.bigEndian
    place.sin_addr.s_addr = inet_addr("127.0.0.1")
    return place
  }

  private static func with<T>(_ place: inout sockaddr_in, _ call: (UnsafeMutablePointer<sockaddr>) -> T) -> T {
    withUnsafeMutablePointer(to: &place) { $0.withMemoryRebound(to: sockaddr.self, capacity: 1, call) }
  }
}

/// The two ends of a connection, closed when both ways have ended.
private final class Pair: @unchecked Sendable {
  private let one: Int32
  private let other: Int32
  private var ways = 2

  init(_ one: Int32, _ other: Int32) {
    self.one = one
    self.other = other
  }

  var isLast: Bool { ways == 1 }

  func end() {
    ways -= 1
    if ways > 0 { return }
    #if canImport(Glibc)
      Glibc.close(one)
      Glibc.close(other)
    #else
      Darwin.close(one)
      Darwin.close(other)
    #endif
  }
}

import Foundation

/// A port of 127.0.0.1 that refuses connections and is reserved, so that no other server can use it.
package final class ClosedPort: Sendable {
    private let descriptor: Int32
    private let port: UInt16

    package var url: String { "http://127.0.0.1:\(port)" }

    package init() { (descriptor, port) = boundSocket() }

    deinit { close(descriptor) }
}

/// A socket bound to a free port of 127.0.0.1.
func boundSocket() -> (Int32, port: UInt16) {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var length = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isBound = withUnsafeMutablePointer(to: &address) { pointer in
        pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
            bind(descriptor, $0, length) == 0 && getsockname(descriptor, $0, &length) == 0
        }
    }
    precondition(isBound, "no port on 127.0.0.1")
    return (descriptor, UInt16(bigEndian: address.sin_port))
}

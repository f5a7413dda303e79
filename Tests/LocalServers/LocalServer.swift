import Foundation
import HTTPTransfers
import Synchronization

/// A real HTTP server on 127.0.0.1 that sends the replies of a test.
package final class LocalServer: Sendable {
    package struct Request: Sendable {
        package let method: String
        package let path: String
        package let headers: [HTTPHeader]
        package let body: String
        /// The number of the connection, from 1.
        package let connection: Int

        package func header(_ name: String) -> String? {
            headers.first { $0.name.lowercased() == name.lowercased() }?.value
        }
    }

    package enum Reply: Sendable {
        case response(Int, [String: String] = [:], String)
        /// These bytes, then the end of the connection.
        case raw(String)
        /// Nothing, until the client disconnects.
        case silence
        /// These bytes, then nothing until the client disconnects.
        case stall(String)
        /// A body of that many bytes, as far as the client reads it.
        case flood(Int)
    }

    private let listener: Int32
    package let port: UInt16
    private let log = Mutex<[Request]>([])
    /// The number of connections that have ended.
    private let disconnects = Mutex<Int>(0)
    private let reply: @Sendable (Request) -> Reply

    package var url: String { "http://127.0.0.1:\(port)" }
    package var requests: [Request] { log.withLock { $0 } }

    /// - Parameter reply: Called on the connection's thread; requests on different connections run concurrently.
    package init(_ reply: @escaping @Sendable (Request) -> Reply) {
        self.reply = reply
        (listener, port) = boundSocket()
        let listener = listener
        precondition(listen(listener, 256) == 0, "no port on 127.0.0.1")
        Thread.detachNewThread { [weak self] in
            var connection = 0
            while case let client = accept(listener, nil, nil), client >= 0 {
                connection += 1
                let number = connection
                Thread.detachNewThread { [weak self] in
                    self?.serve(client, number)
                    close(client)
                    self?.disconnects.withLock { $0 += 1 }
                }
            }
            close(listener)
        }
    }

    // The accepting thread closes the socket, because its number must not be reused while that thread uses it.
    deinit { shutdown(listener, Int32(SHUT_RDWR)) }

    /// Waits until this many connections have ended.
    package func waitForDisconnects(_ count: Int) async throws {
        while disconnects.withLock({ $0 }) < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    package func waitForRequests(_ count: Int) async throws {
        while requests.count < count { try await Task.sleep(for: .milliseconds(2)) }
    }

    private func serve(_ client: Int32, _ connection: Int) {
        var buffer: [UInt8] = []
        while let request = Self.read(client, &buffer, connection) {
            log.withLock { $0.append(request) }
            switch reply(request) {
            case .response(let status, let headers, let body):
                let lines = headers.map { "\($0.key): \($0.value)\r\n" }.joined()
                let head = "HTTP/1.1 \(status) X\r\nContent-Length: \(body.utf8.count)\r\n\(lines)\r\n"
                guard Self.write(client, head + body) else { return }
            case .raw(let text):
                _ = Self.write(client, text)
                return
            case .silence: return Self.waitForEnd(client)
            case .stall(let text):
                _ = Self.write(client, text)
                return Self.waitForEnd(client)
            case .flood(let count):
                guard Self.write(client, "HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n") else { return }
                let chunk = "10000\r\n\(String(repeating: "x", count: 0x10000))\r\n"
                for _ in 0..<(count / 0x10000) { guard Self.write(client, chunk) else { return } }
                guard Self.write(client, "0\r\n\r\n") else { return }
            }
        }
    }

    private static func waitForEnd(_ client: Int32) {
        var byte: UInt8 = 0
        while recv(client, &byte, 1, 0) > 0 {}
    }

    private static func write(_ client: Int32, _ text: String) -> Bool {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes { send(client, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            guard count > 0 else { return false }
            bytes = bytes.dropFirst(count)
        }
        return true
    }

    private static func read(_ client: Int32, _ buffer: inout [UInt8], _ connection: Int) -> Request? {
        let end = Array("\r\n\r\n".utf8)
        var chunk = [UInt8](repeating: 0, count: 65536)
        while true {
            if let range = buffer.firstRange(of: end) {
                let lines = String(decoding: buffer[..<range.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
                let headers = lines.dropFirst().map { line in
                    let parts = line.split(separator: ":", maxSplits: 1)
                    return HTTPHeader(String(parts[0]), parts[1].trimmingCharacters(in: .whitespaces))
                }
                let length = headers.first { $0.name.lowercased() == "content-length" }.flatMap { Int($0.value) } ?? 0
                if buffer.count >= range.upperBound + length {
                    let body = String(decoding: buffer[range.upperBound...].prefix(length), as: UTF8.self)
                    buffer.removeFirst(range.upperBound + length)
                    let words = lines[0].split(separator: " ")
                    return Request(
                        method: String(words[0]), path: String(words[1]), headers: headers, body: body,
                        connection: connection)
                }
            }
            let count = recv(client, &chunk, chunk.count, 0)
            guard count > 0 else { return nil }
            buffer += chunk.prefix(count)
        }
    }
}

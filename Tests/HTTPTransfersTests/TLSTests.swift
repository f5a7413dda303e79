import Foundation
import HTTPTransfers
import Testing

/// Tests the verification of certificates with OpenSSL's own server and a new certificate.
@Suite(.enabled(if: TLSServer.isPossible, "needs the openssl command"), .timeLimit(.minutes(10)))
struct TLSTests {
    private func status(_ url: String, authorities: String?) async throws(TransportError) -> Int {
        let transport = CurlTransport(CurlTransport.Configuration(certificateAuthorities: authorities))
        return try await transport.send(HTTPRequest(url: url)).status
    }

    @Test func `a certificate of an unknown authority is refused`() async throws {
        let server = try TLSServer(name: "localhost")
        let error = await #expect(throws: TransportError.self) {
            try await status("https://localhost:\(server.port)/", authorities: nil)
        }
        #expect(error?.reason == .certificate(.unknownAuthority))
        #expect(error?.message.hasPrefix("the server's certificate is signed by an unknown authority (") == true)
    }

    @Test func `the user's certificate authorities are trusted`() async throws {
        let server = try TLSServer(name: "localhost")
        #expect(try await status("https://localhost:\(server.port)/", authorities: server.certificate) == 200)
    }

    @Test func `a certificate for another name is refused`() async throws {
        let server = try TLSServer(name: "elsewhere.example")
        let error = await #expect(throws: TransportError.self) {
            try await status("https://localhost:\(server.port)/", authorities: server.certificate)
        }
        #expect(error?.reason == .certificate(.otherHost))
        #expect(error?.message.hasPrefix("the server's certificate is for another host (") == true)
    }

    @Test func `unreadable certificate authorities are an error, never a reason to trust`() async throws {
        let server = try TLSServer(name: "localhost")
        let error = await #expect(throws: TransportError.self) {
            try await status("https://localhost:\(server.port)/", authorities: "/nonexistent/bundle.pem")
        }
        #expect(error?.reason == .certificate(.unreadableAuthorities))
        #expect(error?.message.contains("/nonexistent/bundle.pem") == true)
    }

    @Test func `an expired certificate is refused`() async throws {
        let server = try TLSServer(name: "localhost", days: -1)
        let error = await #expect(throws: TransportError.self) {
            try await status("https://localhost:\(server.port)/", authorities: server.certificate)
        }
        #expect(error?.reason == .certificate(.expired))
        #expect(error?.message.hasPrefix("the server's certificate has expired (") == true)
    }
}

/// A server, `openssl s_server`, with its own certificate.
final class TLSServer {
    let port: UInt16
    let certificate: String
    private let folder: URL
    private let process = Process()

    static let isPossible = (try? run(["version"])) == 0

    /// - Parameter days: The validity of the certificate from now on.
    init(name: String, days: Int = 2) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "tls-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        certificate = folder.appending(path: "certificate.pem").path
        let key = folder.appending(path: "key.pem").path
        let request = folder.appending(path: "request.pem").path
        try #require(
            Self.run([
                "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", "/CN=\(name)",
                "-addext", "subjectAltName=DNS:\(name)", "-keyout", key, "-out", request,
            ]) == 0)
        // Unlike `req`, `x509` can make an expired certificate.
        try #require(
            Self.run([
                "x509", "-req", "-in", request, "-signkey", key, "-days", "\(days)", "-copy_extensions", "copyall",
                "-out", certificate,
            ]) == 0)
        let output = Pipe()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            "openssl", "s_server", "-accept", "127.0.0.1:0", "-www", "-cert", certificate, "-key", key,
        ]
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        // The server prints its port: "ACCEPT 127.0.0.1:40123".
        var text = ""
        while !text.contains("ACCEPT") || !text.hasSuffix("\n") {
            let data = output.fileHandleForReading.availableData
            try #require(!data.isEmpty)
            text += String(decoding: data, as: UTF8.self)
        }
        port = try #require(text.split(separator: ":").last.flatMap { UInt16($0.prefix { $0.isNumber }) })
    }

    deinit {
        // Foundation starts a child with SIGTERM blocked, so only SIGKILL ends it.
        kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
        try? FileManager.default.removeItem(at: folder)
    }

    private static func run(_ arguments: [String]) throws -> Int32 {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["openssl"] + arguments
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

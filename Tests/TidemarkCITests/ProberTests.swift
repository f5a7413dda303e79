import HTTPTransfers
import LocalServers
import Testing
import Tidemark
import TidemarkCI

@Suite(.timeLimit(.minutes(10))) struct ProberTests {
    private func result(
        of url: String, allowsLocalAddresses: Bool = true
    ) async throws -> ProbeResult? {
        let prober = Prober(transport: CurlTransport(), allowsLocalAddresses: allowsLocalAddresses)
        return try await prober.ask([Probe(name: "api", url: url)]).first
    }

    @Test func `an answer of 2xx passes, and any other fails`() async throws {
        let server = LocalServer { .response(Int($0.path.dropFirst()) ?? 500, [:], "hunter2") }
        let passed = try #require(try await result(of: "\(server.url)/204"))
        #expect(passed.status == 204)
        #expect(passed.failure == nil)
        #expect(passed.milliseconds >= 0)
        let failed = try #require(try await result(of: "\(server.url)/503"))
        #expect(failed.status == 503)
        #expect(failed.failure == "the server answered 503")
    }

    @Test func `a redirect is followed on the same host, and no further`() async throws {
        let server = LocalServer { request in
            switch request.path {
            case "/here": .response(302, ["Location": "/there?x=1"], "")
            case "/away": .response(302, ["Location": "http://elsewhere.example/"], "")
            case "/round": .response(302, ["Location": "/round"], "")
            case "/secret": .response(302, ["Location": "http://me:hunter2@127.0.0.1/"], "")
            default: .response(200, [:], "")
            }
        }
        #expect(try await result(of: "\(server.url)/here")?.status == 200)
        #expect(server.requests.map(\.path) == ["/here", "/there?x=1"])
        for path in ["/away", "/secret"] {
            let failure = try await result(of: server.url + path)?.failure
            #expect(failure == "the server redirected to another host, or from https to http")
        }
        #expect(try await result(of: "\(server.url)/round")?.failure == "the server redirected more than 3 times")
    }

    @Test func `a large answer fails, and so does a closed port`() async throws {
        let server = LocalServer { _ in .flood(1 << 22) }
        #expect(try await result(of: server.url)?.failure == "the answer is larger than 1048576 bytes")
        #expect(try await result(of: ClosedPort().url)?.failure != nil)
    }

    @Test func `an address of this machine is asked only where that is allowed`() async throws {
        let server = LocalServer { _ in .response(200, [:], "") }
        let refused = try await result(of: server.url, allowsLocalAddresses: false)
        #expect(refused?.failure == "the host has an address of this machine or its link")
        #expect(server.requests.isEmpty)
    }

    @Test func `the results are in the order of the probes`() async throws {
        let server = LocalServer { .response(200, [:], $0.path) }
        let probes = try ["c", "a", "b"].map { try Probe(name: $0, url: "\(server.url)/\($0)") }
        let results = try await Prober(transport: CurlTransport(), allowsLocalAddresses: true).ask(probes)
        #expect(results.map(\.name) == ["c", "a", "b"])
    }

    @Test(arguments: [
        "ftp://h/", "file:///etc/passwd", "https://", "https://me:hunter2@h/", "https://@h/", "https://h/#x",
        "https://h\\@evil/", "https://h/ x", "h/api", "", "https://h/\u{E9}",
    ])
    func `an address that is not plain is refused`(_ url: String) {
        #expect(throws: Failure.self) { try Probe(name: "api", url: url) }
    }

    @Test(arguments: ["", "a b", "-a", "a=b", "é", "a/b"])
    func `a name that is not a word is refused`(_ name: String) {
        #expect(throws: Failure.self) { try Probe(name: name, url: "https://h/") }
    }
}

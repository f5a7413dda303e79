import ArgumentParser
import HTTPTransfers
import SignedTokens
import Tidemark
import TidemarkCI

/// The keys of issuers that signatures are verified with, beside those that the recorders fetched.
struct KeySetOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Refuse a signature whose key is not in this set of keys, in JSON: a file, or an https URL. Repeatable: name every "
                + "set that the issuer has had.", valueName: "file|url"))
    var jwks: [String] = []

    private static let largest = 1 << 20

    private var urls: [String] { jwks.filter { $0.hasPrefix("https://") } }

    /// Whether a set is requested from its address.
    var needsNetwork: Bool { !urls.isEmpty }

    func validate() throws {
        guard let other = jwks.first(where: { $0.hasPrefix("http://") }) else { return }
        throw ValidationError("--jwks '\(other.printable)' is not secure: pass an https URL, or a file")
    }

    /// The keys of the files; nil if no set is named.
    func keysOfFiles() throws(Failure) -> [JSONWebKey]? {
        var keys: [JSONWebKey] = []
        for name in jwks where !name.hasPrefix("https://") {
            let bytes = try NamedFile.typed(name).read(
                "set of keys", takesPipes: true, atMost: Self.largest, remedy: "pass another --jwks")
            keys += try read(bytes, name)
        }
        return jwks.isEmpty ? nil : keys
    }

    /// The keys of the files and of the addresses; nil if no set is named.
    func keys() async throws(Failure) -> [JSONWebKey]? {
        guard var keys = try keysOfFiles() else { return nil }
        for url in urls { keys += try read(await bytes(of: url), url) }
        return keys
    }

    private func bytes(of url: String) async throws(Failure) -> [UInt8] {
        let response: HTTPResponse
        do throws(TransportError) {
            response = try await Console.transport.send(
                HTTPRequest(url: url, timeout: .seconds(20), maximumBodySize: Self.largest))
        } catch {
            throw unreadable(url, error.message)
        }
        guard response.status == 200 else { throw unreadable(url, "the server answered \(response.status)") }
        return response.body
    }

    private func read(_ bytes: [UInt8], _ name: String) throws(Failure) -> [JSONWebKey] {
        guard let set = JSONWebKeySet(bytes) else { throw unreadable(name, "it is not a JSON Web Key Set") }
        return set.keys
    }

    private func unreadable(_ name: String, _ why: String) -> Failure {
        Failure(
            .unavailable, "the set of keys '\(name.printable)' cannot be read", why: why, remedy: "pass another --jwks")
    }
}

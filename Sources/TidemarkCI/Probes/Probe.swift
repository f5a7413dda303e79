import FoundationEssentials
import Tidemark

/// An address that is asked when a release is recorded.
public struct Probe: Sendable, Hashable {
    /// The user's name for it: `api`.
    public let name: String
    /// The address, which is recorded.
    public let url: String

    /// Validates a probe.
    /// - Throws: `Failure` with the code `invalid` for a name that is not a word, and for anything but an http or https URL without
    ///   a user name, a password and a fragment.
    public init(name: String, url: String) throws(Failure) {
        guard name.wholeMatch(of: /[A-Za-z0-9][A-Za-z0-9._\-]{0,62}/) != nil else {
            throw Failure(
                .invalid, "'\(name.printable)' cannot name a probe",
                why: "a name has letters, digits, '.', '_' and '-'",
                remedy: "write it like 'api'")
        }
        guard URL(probing: url) != nil, url.count <= Release.maximumLength else {
            throw Failure(
                .invalid, "the probe '\(name)' cannot be asked",
                why: "it is not an http or https URL, or it has a user name, a password or a fragment",
                remedy: "write it like api=https://HOST/api/v2/")
        }
        self.name = name
        self.url = url
    }
}

extension URL {
    /// The address of a probe; nil for one that readers of URLs could understand in different ways, and for a secret in it.
    init?(probing text: String) {
        let isPlain = text.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && !"\\\"<>^`{|}#".utf8.contains($0) }
        guard isPlain, let url = URL(string: text), let scheme = url.scheme, ["http", "https"].contains(scheme),
            let host = url.host(), !host.isEmpty, url.user() == nil, url.password() == nil,
            !text.dropFirst(scheme.count + 3).prefix(while: { $0 != "/" && $0 != "?" }).contains("@")
        else { return nil }
        self = url
    }
}

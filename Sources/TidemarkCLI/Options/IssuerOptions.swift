import ArgumentParser
import HTTPTransfers
import SignedTokens
import Tidemark
import TidemarkCI
import TidemarkKinds

/// The issuers of tokens that are trusted beside the public ones.
struct IssuerOptions: ParsableArguments {
    @Option(
        name: .customLong("issuer"),
        help: ArgumentHelp(
            "Trust the tokens of a GitHub Enterprise or a self-managed GitLab too, by the 'iss' in them. Repeatable. Default: "
                + "tidemark.yml's.", valueName: "url"))
    var issuers: [String] = []

    func validate() throws {
        for issuer in issuers where !issuer.isIssuer {
            throw ValidationError(
                "--issuer '\(issuer.printable)' is not an issuer: pass an https URL, as a token has it")
        }
    }

    func trusted(in project: Project) -> TrustedIssuers {
        TrustedIssuers(others: issuers.isEmpty ? project.issuers : issuers)
    }

    /// Has releases signed by the CI provider whose job this is.
    func signer(in project: Project) -> BookingSigner {
        .ci(
            Console.variables, issuers: trusted(in: project), images: KindRegistry.all.images,
            transport: Console.transport)
    }
}

extension String {
    /// Whether a text can be the address of an issuer.
    var isIssuer: Bool { hasPrefix("https://") && count > 8 && !contains { $0.isWhitespace || "?#@".contains($0) } }
}

extension Console {
    /// The transport to CI providers and probes. `SSL_CERT_FILE` names other certificate authorities than the system's.
    static var transport: CurlTransport {
        let file = variables["SSL_CERT_FILE"].flatMap { $0.isEmpty ? nil : $0 }
        return CurlTransport(CurlTransport.Configuration(certificateAuthorities: file))
    }
}

import StrictJSON
import Tidemark

extension Release {
    /// The release as reports have it: as it is recorded, but with the signer in the place of the token.
    var reported: JSON {
        var members = json.object ?? JSONObject()
        guard var signature = members["signature"]?.object else { return .object(members) }
        signature["token"] = nil
        signature["signer"] = identity?.signer?.json ?? .null
        members["signature"] = .object(signature)
        return .object(members)
    }

    /// `signed by GitHub: run 77 of acme/antenna, …`, or why nobody signed; nil for a release that no CI run recorded.
    package var identityInWords: String? {
        switch identity {
        case .signed: "signed by \(identity?.signer?.words ?? "a token that cannot be read")\(anotherCommit)"
        case .attested: identity?.signer.map { "attested when recorded, by \($0.words)" }
        case .unsigned(let reason): reason.code == "outside-ci" ? nil : "not signed: \(reason.words.printable)"
        case nil: nil
        }
    }
}

extension Release {
    /// A note on a claimed commit that is not the workflow's.
    private var anotherCommit: String {
        guard let signer = identity?.signer, signer.differs(from: commit), let commit else { return "" }
        return "; \(commit.printable) is claimed"
    }
}

extension ProbeResult {
    /// The result in words: `api: 200 in 35 ms`, or `api: failed: the server answered 503`.
    package var sentence: String {
        failure.map { "\(name): failed: \($0)".printable }
            ?? "\(name): \(status.map { "\($0)" } ?? "?") in \(milliseconds) ms"
    }
}

extension ReleaseSigner {
    /// The signer in JSON.
    var json: JSON {
        [
            "provider": .string(provider.rawValue), "issuer": .string(issuer), "run": JSON(run),
            "attempt": JSON(attempt), "repository": JSON(repository), "workflow": JSON(workflow),
            "commit": JSON(commit), "environment": JSON(environment), "actor": JSON(actor),
        ]
    }

    /// The signer in words: `GitHub: run 77 of acme/antenna, workflow deploy.yml at 9d07b3a, environment production, first started
    /// by release-bot`.
    package var words: String {
        let (name, noun) = provider == .github ? ("GitHub", "run") : ("GitLab", "pipeline")
        let parts = [
            run.map { "\(noun) \($0)\(repository.map { " of \($0)" } ?? "")" },
            workflow.map { "workflow \($0)\(commit.map { " at \($0.prefix(7))" } ?? "")" },
            environment.map { "environment \($0)" }, actor.map { "first started by \($0)" },
        ]
        return "\(name): \(parts.compactMap(\.self).joined(separator: ", "))".printable
    }
}

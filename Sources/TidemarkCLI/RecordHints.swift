import Tidemark
import TidemarkAWS

/// Hints for the user who recorded a snapshot: what looks unintended, and what can be improved.
struct RecordHints {
    let appended: AppendedSnapshot
    /// The project's settings for the environment.
    let configured: Project.Environment

    init(for appended: AppendedSnapshot, _ configured: Project.Environment) {
        self.appended = appended
        self.configured = configured
    }

    /// The hints, one line each.
    var lines: [String] { missing + [secrets, unchanged, misnamed, clock].compactMap(\.self) }

    private var missing: [String] {
        configured.also.filter(appended.observation.isAbsent).map {
            "\($0.description.printable) does not exist; \(Project.file) lists it under 'also:'"
        }
    }

    private var secrets: String? {
        let hasKey = appended.body.keyID != nil
        if let before = appended.uncomparedSecrets {
            return "secrets cannot be compared with those of \(before): "
                + (hasKey ? "the key differs" : "it was recorded with a key; set TIDEMARK_KEY or pass --key-file")
        }
        if hasKey || !appended.isNewlyBound { return nil }
        return "without fingerprints, rotated secrets are not noticed: set TIDEMARK_KEY or pass --key-file"
    }

    private var unchanged: String? {
        guard let label = appended.body.release?.label, appended.changes.isEmpty else { return nil }
        return "nothing that was seen changed since the snapshot before: was release '\(label.printable)' deployed?"
    }

    private var misnamed: String? {
        guard let release = appended.body.release, let running = appended.observation.running(kinds: .all),
            ![release.label, release.commit].compactMap(\.self).contains(where: running.isCalled),
            !release.isNamedByCommit
        else { return nil }
        return
            "no running image or version is named '\(release.label.printable)': the environment runs \(running.version.printable)"
    }

    private var clock: String? {
        appended.observation.clockError.map {
            "this machine's clock is \($0) seconds off; the entry has AWS's time"
        }
    }
}

extension Release {
    /// Whether the label is the commit or its beginning, which tells what runs without a tag or a version of that name.
    fileprivate var isNamedByCommit: Bool { commit?.hasPrefix(label) ?? false }
}

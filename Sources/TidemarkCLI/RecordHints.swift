import Tidemark
import TidemarkAWS

/// What the one who records should know beside the receipt.
struct RecordHints {
    let appended: AppendedSnapshot
    /// What the project says of the environment.
    let said: Project.Environment

    init(for appended: AppendedSnapshot, _ said: Project.Environment) {
        self.appended = appended
        self.said = said
    }

    /// One line each.
    var lines: [String] { missing + [secrets, unchanged, misnamed, clock].compactMap(\.self) }

    private var missing: [String] {
        said.also.filter(appended.observation.isAbsent).map {
            "there is no \($0.description.printable), which \(Project.file) lists under 'also:'"
        }
    }

    private var secrets: String? {
        let hasKey = appended.body.keyID != nil
        if let before = appended.uncomparedSecrets {
            return "secrets cannot be compared with those of \(before): "
                + (hasKey ? "the key is another one" : "there was a key then; set TIDEMARK_KEY or pass --key-file")
        }
        if hasKey || !appended.isNewlyBound { return nil }
        return "rotated secrets go unnoticed: set TIDEMARK_KEY or pass --key-file to have fingerprints"
    }

    private var unchanged: String? {
        guard let label = appended.body.release?.label, appended.body.changes.isEmpty else { return nil }
        return "nothing that was seen changed with release \(label.printable): was it deployed?"
    }

    private var misnamed: String? {
        guard let label = appended.body.release?.label, let running = appended.observation.running(kinds: .all),
            !running.isCalled(label)
        else { return nil }
        return "nothing that runs is called '\(label.printable)': the environment's version is "
            + running.version.printable
    }

    private var clock: String? {
        appended.observation.clockError.map {
            "this machine's clock differs from AWS's by \($0) seconds; the entry has AWS's time"
        }
    }
}

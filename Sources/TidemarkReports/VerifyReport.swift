import StrictJSON
import Tidemark

/// The report of `history verify`: what the history has, all of which holds.
public struct VerifyReport: Sendable {
    private let name: String
    private let verification: Verification
    private let objects: Int?
    private let hasKeySet: Bool

    /// Creates the report of a verification.
    /// - Parameters:
    ///   - name: The history as the user named it.
    ///   - objects: The number of objects that were read from a bucket; nil if none were.
    ///   - hasKeySet: Whether the signatures were verified with keys of the issuers that the user passed.
    public init(
        _ verification: Verification, of name: String, objects: Int? = nil, hasKeySet: Bool = false
    ) {
        self.hasKeySet = hasKeySet
        self.name = name
        self.verification = verification
        self.objects = objects
    }

    private var environments: [EnvironmentName] {
        verification.entries.keys.sorted { $0.rawValue.precedesByUTF8($1.rawValue) }
    }

    private var erased: String? {
        let (bodies, contents) = (verification.erasedBodies, verification.erasedContents)
        if bodies == 0 { return nil }
        return "\(bodies) \(bodies == 1 ? "body" : "bodies"), \(counted(contents, "content"))"
    }

    private var signatures: String? {
        let count = verification.signatures
        if count == 0 { return nil }
        let end = hasKeySet ? "in a set of keys that was passed" : "that the recorder fetched"
        return "\(count), \(count == 1 ? "which matches" : "each of which matches") the key \(end)"
    }

    /// The report as text for people.
    public var text: String {
        var text = TextLines()
        text.add("'\(name.printable)' holds: every entry, content and state matches its hash")
        for environment in environments {
            text.add()
            text.add(environment.rawValue)
            text.add("entries", verification.entries[environment].map { "\($0)" })
            text.add("head", verification.heads[environment]?.description)
            let repeated = verification.repeated[environment].map { $0.map(\.description).joined(separator: ", ") }
            text.add("repeated", repeated.map { "\($0): a command recorded twice" })
        }
        text.add()
        text.add("contents", "\(verification.contents)", indent: 0)
        text.add("signatures", signatures, indent: 0)
        text.add("erased", erased, indent: 0)
        text.add("objects", objects.map { "\($0) read from the bucket, one for each entry" }, indent: 0)
        return text.text
    }

    /// The report as a JSON document.
    public var json: String {
        JSONReport.document(
            "verify", from: verification.heads,
            [
                "history": .string(name),
                "entries": .object(
                    JSONObject(environments.map { ($0.rawValue, .init(verification.entries[$0] ?? 0)) })),
                "contents": .init(verification.contents),
                "repeated": .object(
                    JSONObject(
                        verification.repeated.map { name, seqs in
                            (name.rawValue, .array(seqs.map { .init($0.rawValue) }))
                        })),
                "signatures": .init(verification.signatures), "signatureKeys": hasKeySet ? "passed" : "fetched",
                "erasedBodies": .init(verification.erasedBodies),
                "erasedContents": .init(verification.erasedContents),
                "objects": objects.map { .init($0) } ?? .null,
            ])
    }
}

import ArgumentParser
import SignedTokens
import Tidemark
import TidemarkCI
import TidemarkHistory
import TidemarkReports

/// A command that reads more of a bucket than the local copy needs.
protocol BucketReader: HistoryReader {
    /// Runs the command on a history in a bucket, unless the local copy is read offline.
    func runOnBucket() async throws
}

struct HistoryVerifyCommand: BucketReader {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify everything in the history.",
        discussion: """
            Reads the whole file: every page, entry, content and state, and every row of the index. The first thing that does not \
            hold is named. --head also compares an entry with one that was kept elsewhere: whoever kept it notices a history \
            that was replaced.

            Of a history in a bucket, the local copy is verified, and then the object of each entry is read and compared with it. \
            With --offline, the local copy alone is verified.

            The signature of each release is verified over its entry, with the key that the recorder fetched from the issuer. Whoever             can write a whole history can write such a key: --jwks verifies with the issuer's own.

            Exit status: 0 everything holds, 1 the history cannot be read, 2 something does not hold.
            """)

    var readsEveryEnvironment: Bool { true }

    @OptionGroup var history: HistoryOptions
    @OptionGroup var issuers: IssuerOptions
    @OptionGroup var keys: KeySetOptions
    @OptionGroup var output: FormatOptions

    var needsNetwork: Bool { keys.needsNetwork }

    func validate() throws {
        try history.refuseEnvironment("leave it out")
        guard history.offline, keys.needsNetwork else { return }
        throw ValidationError("--offline makes no request: pass --jwks FILE")
    }

    func run() throws {
        let location = try history.location(in: history.projectFile())
        if location.bucket != nil {
            Console.note("tidemark: the local copy of '\(location.name)' is verified; the bucket was not read")
        }
        let log = try history.openLog(location)
        do {
            try report(verify(log, keys.keysOfFiles()), of: log)
        } catch let failure as Failure {
            throw try end(failure)
        }
    }

    func runOnBucket() async throws {
        let location = try history.location(in: history.projectFile())
        do {
            try await history.pull(all: true)
            let log = try history.openLog(location)
            let verification = try verify(log, await keys.keys())
            let objects = try await location.shared()?.verify { Console.note([$0]) }
            try report(verification, of: log, objects: objects)
        } catch let failure as Failure {
            throw try end(failure)
        }
    }

    private func verify(_ log: History, _ anchors: [JSONWebKey]?) throws -> Verification {
        let project = try history.projectFile().project
        let signatures = SignatureVerifier(issuers: issuers.trusted(in: project), anchors: anchors)
        let verification = try log.verify(signature: signatures.verify)
        try history.verifyHead(in: log)
        return verification
    }

    /// - Parameter objects: The number of objects of a bucket that were read; nil if none were.
    private func report(_ verification: Verification, of log: History, objects: Int? = nil) throws {
        let report = VerifyReport(
            verification, of: log.path, objects: objects, hasKeySet: !keys.jwks.isEmpty)
        try output.print(text: report.text, json: report.json)
    }

    /// The exit status of something that does not hold, which is printed; any other failure as it is.
    private func end(_ failure: Failure) throws -> any Error {
        let explained = try history.explained(failure)
        guard [.history, .mismatch].contains(failure.code) else { return explained }
        Console.note("tidemark: \(explained.message)".printable)
        return ExitStatus.drifted
    }
}

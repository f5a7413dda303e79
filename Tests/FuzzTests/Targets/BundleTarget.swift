import ArchiveReading
import StrictJSON

@testable import Tidemark
@testable import TidemarkKinds

/// The reader of source bundles: possible secrets are redacted, and an error quotes nothing of the bundle.
///
/// Half of the inputs are archives; the others start with a letter, and the rest is the text of one file of a bundle.
enum BundleTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        switch input.first {
        case UInt8(ascii: "P"): try check(Result { () throws(UnreadableAnswer) in try SourceBundle(input).members })
        case UInt8(ascii: "c"): try check(Array(input.dropFirst()), configuration)
        case UInt8(ascii: "d"): try check(Array(input.dropFirst()), dockerrun)
        default: return false
        }
        return true
    }

    private static func configuration(_ text: [UInt8]) throws(UnreadableAnswer) -> [(String, JSON)] {
        let file = try ConfigurationFile(String(decoding: text, as: UTF8.self), path: "a.config")
        return [("EBExtensions", [file.description])]
    }

    private static func dockerrun(_ text: [UInt8]) throws(UnreadableAnswer) -> [(String, JSON)] {
        [("Dockerrun", try Dockerrun.description(text))]
    }

    private static func check(
        _ text: [UInt8], _ read: ([UInt8]) throws(UnreadableAnswer) -> [(String, JSON)]
    ) throws(BrokenProperty) {
        try check(Result { () throws(UnreadableAnswer) in try read(text) })
    }

    private static func check(_ read: Result<[(String, JSON)], UnreadableAnswer>) throws(BrokenProperty) {
        switch read {
        case .success(let members):
            guard let facet = KindDefinition.elasticBeanstalkBundle.facet(Snapshot.description) else { return }
            let content = JSON.object(JSONObject(members))
            let stored = facet.read(content, names: PropertyNames()).content
            try demand(facet.read(stored, names: PropertyNames()).content == stored, "what is stored reads as itself")
            for file in stored.elements("EBExtensions") { try checkSecrets(in: file) }
        case .failure(let unreadable): try demand(unreadable.reason.sentence.isOneLine, "an error is one line")
        }
    }

    /// Checks the texts of commands, and all values without a name of EB's.
    private static func checkSecrets(in file: JSON) throws(BrokenProperty) {
        let commands = file.elements("commands") + file.elements("container_commands")
        let secrets = commands.compactMap { $0["command"] } + file.elements("Other").compactMap { $0["Value"] }
        for secret in secrets {
            try demand(secret == Redacted.value || ["", [:], [], .null].contains(secret), "no secret is stored")
        }
    }
}

import StrictJSON
import Tidemark
import TidemarkKinds

extension ResourceID {
    /// The resource with secrets redacted in its identity.
    var withoutSecrets: ResourceID { ResourceID(kind, RedactedText(identity).text) }
}

extension [MembersDefinition.Member] {
    /// The members with secrets redacted in their names, since names are stored too.
    /// - Throws: `UnreadableAnswer` if two names become equal.
    func withRedactedNames() throws(UnreadableAnswer) -> [MembersDefinition.Member] {
        let named = map { member in
            MembersDefinition.Member(RedactedText(member.identity).text, member.content, readings: member.readings)
        }
        let count = Set(map { JSON.string($0.identity) }).count
        guard Set(named.map { JSON.string($0.identity) }).count == count else {
            throw UnreadableAnswer(.equalNames)
        }
        return named
    }
}

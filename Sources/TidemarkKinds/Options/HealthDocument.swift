import StrictJSON

/// The `ConfigDocument` of enhanced health reporting: the metrics to publish and the rules to apply.
///
/// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/health-enhanced-rules.html>.
enum HealthDocument {
    /// Whether a document has nothing but sections, metrics and rules by name, and numbers and truth values in them.
    static func isHarmless(_ document: JSON) -> Bool {
        switch document {
        case .null, .bool, .number: true
        case .string(let text): NamedForm.number.admits(text) || NamedForm.boolean.admits(text)
        case .object(let object): object.members.allSatisfy { isName($0.key) && isHarmless($0.value) }
        case .array: false
        }
    }

    private static func isName(_ key: String) -> Bool {
        let name =
            #/(Version|Rules|Enabled|CloudWatchMetrics|Environment|Instance|Application|ELB|CPU|LoadAverage|RootFilesystem)[A-Za-z0-9.]{0,24}/#
        return key.wholeMatch(of: name) != nil
    }
}

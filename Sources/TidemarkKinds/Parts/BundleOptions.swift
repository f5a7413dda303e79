import StrictJSON
import Tidemark

/// Comparison of the options that a bundle sets with those of its environment.
///
/// If several sources set an option, the first of these counts: the environment itself (the console, the CLIs, the API, and
/// the values that the console and the CLI of Elastic Beanstalk recommend), a saved configuration, the files of
/// `.ebextensions` (the last one by name wins), the default. A value on the environment itself stays, however often a bundle
/// with another value is deployed.
///
/// Source: "Precedence" in
/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options.html#configuration-options-precedence>.
struct BundleOptions {
    static let facts = [
        FactDefinition(
            "options", "What its .ebextensions set, as 'NAMESPACE/OPTION'; of several files the last one counts.",
            shape: .map,
            compute: { reader in all(&reader).map { JSON.object(JSONObject($0.map { ($0.key, $0.value) })) } }),
        FactDefinition(
            "overridden",
            "Options whose value in the environment is another than .ebextensions set: overridden outside the bundle.",
            shape: .list, compute: { reader in texts(&reader, overridden) }),
        FactDefinition(
            "overridden-secrets",
            "Options whose redacted value in the environment is another than .ebextensions set, by its fingerprint.",
            shape: .list, compute: { reader in texts(&reader, overriddenSecret) }),
        FactDefinition(
            "not-applied", "Options that .ebextensions set and the environment does not have.", shape: .list,
            compute: { reader in
                texts(&reader) { option, environment, _ in environment[option.key] == nil ? option.key : nil }
            }),
        FactDefinition(
            "set-outside",
            "Options that the environment has, that are not the platform's defaults and that .ebextensions do not set: "
                + "set outside the bundle, or recommended by EB's console or CLI. Without a key, a redacted default too.",
            shape: .list, compute: setOutside),
    ]

    /// An option that a file of the bundle sets.
    private struct Option {
        let key: String
        let file: String
        let value: JSON
        let isFunction: Bool

        /// The path of its value in the bundle's description.
        var path: AttributePath {
            AttributePath([
                .member("EBExtensions"), .key(file), .member("option_settings"), .key(key), .member("Value"),
            ])
        }
    }

    /// The options of the environment, by their keys.
    private typealias Options = [String: JSON]

    private static func all(_ reader: inout FactReader) -> [Option]? {
        guard let files = reader.facet(Snapshot.description)?.elements("EBExtensions") else { return nil }
        var options: [String: Option] = [:]
        for file in files {
            for setting in file.elements("option_settings") {
                guard let key = OptionSetting.rule.key(of: setting) else { continue }
                options[key] = Option(
                    key: key, file: file["File"]?.string ?? "", value: setting["Value"] ?? .null,
                    isFunction: setting["IsFunction"] == true)
            }
        }
        return options.values.sorted { $0.key.precedesByUTF8($1.key) }
    }

    private static func environment(_ reader: FactReader) -> ResourceID {
        ResourceID(.elasticBeanstalkEnvironment, reader.resource.identity)
    }

    private static func inForce(_ reader: inout FactReader) -> Options {
        let settings = reader.facet("OptionSettings", ofNamed: environment(reader))?.array ?? []
        return Dictionary(settings.compactMap { setting in OptionSetting.rule.key(of: setting).map { ($0, setting) } })
        {
            first, _ in first
        }
    }

    private static func texts(
        _ reader: inout FactReader, _ text: (Option, Options, inout FactReader) -> String?
    ) -> JSON? {
        guard let options = all(&reader) else { return nil }
        let environment = inForce(&reader)
        return JSON(options.compactMap { text($0, environment, &reader) })
    }

    // MARK: Overridden

    private static func overridden(_ option: Option, _ environment: Options, _: inout FactReader) -> String? {
        guard let value = value(of: option, in: environment), value != Redacted.value, option.value != Redacted.value,
            !isEqual(option.value, value, option.key)
        else { return nil }
        return "\(option.key): \(quoted(value)), and in \(option.file) \(quoted(option.value))"
    }

    private static func overriddenSecret(
        _ option: Option, _ environment: Options, _ reader: inout FactReader
    ) -> String? {
        guard let value = value(of: option, in: environment), hasSecret(value) || hasSecret(option.value) else {
            return nil
        }
        let bundle = FacetID(reader.resource, Snapshot.description)
        let there = FacetID(Self.environment(reader), "OptionSettings")
        let isSame = reader.isSameSecret(
            (bundle, option.path), (there, AttributePath([.key(option.key), .member("Value")])))
        return isSame == false ? "\(option.key): another secret than in \(option.file)" : nil
    }

    /// The value in the environment; nil if it does not have the option, or if the bundle computes the value.
    private static func value(of option: Option, in environment: Options) -> JSON? {
        option.isFunction ? nil : environment[option.key].map { $0["Value"] ?? "" }
    }

    private static func hasSecret(_ value: JSON) -> Bool {
        value == Redacted.value || value.string?.contains(Redacted.part) == true
    }

    /// Elastic Beanstalk stores texts, so a YAML value may come back in another spelling, and a list in another order.
    private static func isEqual(_ one: JSON, _ other: JSON, _ key: String) -> Bool {
        let (one, other) = (text(one), text(other))
        if one.isIdenticalText(to: other)
            || one.lowercased() == other.lowercased() && ["true", "false"].contains(one.lowercased())
        {
            return true
        }
        if let one = DecimalNumber(one), one == DecimalNumber(other) { return true }
        if key.hasPrefix(OptionSetting.properties) { return false }
        let (names, others) = (Set(one.namesInList), Set(other.namesInList))
        // Elastic Beanstalk adds a group of its own to those that are named.
        let isAddedTo = key.hasSuffix("launchconfiguration/SecurityGroups") && !names.isEmpty
        return isAddedTo ? names.isSubset(of: others) : names == others
    }

    /// The value, in quotes if it is empty or begins or ends with a blank.
    private static func quoted(_ value: JSON) -> String {
        let text = text(value)
        return text.isEmpty || text.first == " " || text.last == " " ? "'\(text)'" : text
    }

    private static func text(_ value: JSON) -> String { value.scalarText ?? (value.isNull ? "" : value.canonical) }

    // MARK: Set outside

    private static func setOutside(_ reader: inout FactReader) -> JSON? {
        guard let options = all(&reader) else { return nil }
        let inBundle = Set(options.map(\.key))
        let settings = inForce(&reader)
        let defaults = defaults(&reader)
        let outside = settings.filter { key, setting in
            let value = setting["Value"] ?? .null
            return !inBundle.contains(key) && setting["Namespace"]?.string != OptionSetting.template
                && !text(value).isEmpty && !isDefault(value, of: key, in: defaults, reader)
        }
        return JSON(
            outside.map { key, setting in
                let value = setting["Value"] ?? .null
                return value == Redacted.value ? key : "\(key): \(text(value))"
            }.sorted { $0.precedesByUTF8($1) })
    }

    /// Whether an option has the platform's default. Redacted values are compared by their fingerprints.
    private static func isDefault(_ value: JSON, of key: String, in defaults: Options, _ reader: FactReader) -> Bool {
        guard defaults[key] == value, hasSecret(value) else { return defaults[key] == value }
        let environment = environment(reader)
        return reader.isKnownSameSecret(
            (FacetID(environment, "OptionSettings"), AttributePath([.key(key), .member("Value")])),
            (FacetID(environment, "ConfigurationOptions"), AttributePath([.key(key), .member("DefaultValue")])))
    }

    /// The platform's defaults. An option that it does not know, such as a property, has none.
    private static func defaults(_ reader: inout FactReader) -> Options {
        let options = reader.facet("ConfigurationOptions", ofNamed: environment(reader))?.array ?? []
        let known = options.compactMap { option -> (String, JSON)? in
            guard let namespace = option["Namespace"]?.string, let name = option["Name"]?.string else { return nil }
            return option["DefaultValue"].map { ("\(namespace)/\(name)", $0) }
        }
        return Dictionary(known) { first, _ in first }
    }
}

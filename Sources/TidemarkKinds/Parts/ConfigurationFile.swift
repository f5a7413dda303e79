import StrictJSON
import StrictYAML
import Yams

/// A configuration file of `.ebextensions`. Sections become lists of named elements, so that each can be addressed.
///
/// Harmless members keep the names of Elastic Beanstalk. Everything else is kept under `Other`, where it is redacted.
///
/// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions.html> and the pages on customizing software
/// and on option settings below it.
struct ConfigurationFile {
    /// Its sections and their members.
    let description: JSON

    /// - Throws: `UnreadableAnswer` if the text is not YAML, or not of the form that Elastic Beanstalk reads. The reason has
    ///   the position, never the text.
    init(_ text: String, path: String) throws(UnreadableAnswer) {
        let node: Node?
        do throws(FileError) {
            node = try Node.document(yaml: SourceFile(name: path, text: text))
        } catch {
            let position = error.mistakes.first?.position
            throw UnreadableAnswer(
                .notYAML(path, line: Int64(position?.line ?? 1), column: Int64(position?.column ?? 1)))
        }
        let content = (node ?? [:]).json(MistakeCollector())
        guard let sections = content == .null ? [:] : content?.object else {
            throw UnreadableAnswer(.unreadableFile(path, .notSections))
        }
        var members: [(String, JSON)] = []
        var others: [(String, JSON)] = []
        for (name, content) in sections.members {
            // Unreadable settings must not look like no settings.
            if name == Self.optionSettings, !Self.isReadable(content) {
                throw UnreadableAnswer(.unreadableFile(path, .unreadableSettings))
            }
            if let list = Self.list(name, content) {
                members.append((name, list))
            } else {
                others.append((name, content))
            }
        }
        description = .object(JSONObject(members + Self.other(others)))
    }

    // MARK: Sections

    /// A section whose members are maps.
    private struct Section {
        let name: String
        /// The member that gets the name of an element.
        let key: String
        /// The members that are harmless in their form.
        var plain: [String: ValueForm] = [:]
        /// The members that are redacted under their own names, so that a change shows which one.
        var secret: [String] = []
        var urls: [String] = []

        var forms: [String: ValueForm] {
            plain.merging((secret + urls).map { ($0, .any) }) { $1 }
        }
    }

    private static let commands = ["command", "env", "test"]
    private static let sections: [Section] = [
        Section(
            name: "commands", key: "Name",
            plain: ["cwd": .name, "ignoreErrors": .truth, "waitAfterCompletion": .number],
            secret: commands),
        Section(
            name: "container_commands", key: "Name",
            plain: ["cwd": .name, "ignoreErrors": .truth, "leader_only": .truth],
            secret: commands),
        Section(
            name: "files", key: "Path",
            plain: ["mode": .number, "owner": .name, "group": .name, "encoding": .name, "authentication": .name],
            secret: ["content"], urls: ["source"]),
        Section(name: "users", key: "Name", plain: ["uid": .number, "groups": .list(.name), "homeDir": .name]),
        Section(name: "groups", key: "Name", plain: ["gid": .number]),
        Section(name: "Resources", key: "Name", plain: ["Type": .name]),
    ]

    private static func list(_ name: String, _ content: JSON) -> JSON? {
        if name == optionSettings { return options(content) }
        if name == "packages" { return nested(content, "Versions") }
        if name == "services" { return nested(content, "State") }
        guard let entries = content.object?.members else { return nil }
        if name == "sources" {
            return .array(entries.map { ["Path": .string($0.key), "URL": $0.value] })
        }
        guard let section = sections.first(where: { $0.name == name }) else { return nil }
        return .array(entries.map { element($0.key, $0.value, of: section) })
    }

    private static func element(_ name: String, _ content: JSON, of section: Section) -> JSON {
        let members = (content.object ?? ["": content]).restricted(to: section.forms).members.map { ($0.key, $0.value) }
        return .object(JSONObject([(section.key, .string(name))] + members))
    }

    /// Packages and services, which are below their managers.
    private static func nested(_ content: JSON, _ member: String) -> JSON? {
        guard let managers = content.object?.members else { return nil }
        return .array(
            managers.flatMap { manager, entries in
                (entries.object?.members ?? []).map { entry in
                    ["Manager": .string(manager), "Name": .string(entry.key), .init(member): entry.value]
                }
            })
    }

    private static func other(_ members: [(String, JSON)]) -> [(String, JSON)] {
        members.isEmpty ? [] : [("Other", .array(members.map { ["Name": .string($0), "Value": $1] }))]
    }

    // MARK: Option settings

    private static let optionSettings = "option_settings"

    /// Whether every option has a name and one of the two forms.
    private static func isReadable(_ content: JSON) -> Bool {
        switch content {
        case .null: true
        case .array(let settings): settings.allSatisfy { $0["option_name"]?.scalarText != nil }
        case .object(let namespaces): namespaces.members.allSatisfy { $0.value.object != nil || $0.value.isNull }
        default: false
        }
    }

    /// The options in the form in which Elastic Beanstalk describes them, from a list of settings or a map of namespaces.
    private static func options(_ content: JSON) -> JSON? {
        var settings: [(String, JSON)] = []
        for setting in content.array ?? content.object.map(entries) ?? [] {
            guard let name = setting["option_name"]?.scalarText else { continue }
            let namespace = setting["namespace"]?.string ?? OptionSetting.properties
            var option: JSONObject = ["Namespace": .string(namespace), "OptionName": .string(name)]
            option["ResourceName"] = setting["resource_name"]
            let value = setting["value"] ?? .null
            option["Value"] = value.scalarText.map(JSON.string) ?? value
            if value.object != nil || value.array != nil || value.string.map(BundleFunction.isPart) == true {
                option["IsFunction"] = true
            }
            // If a file sets an option twice, the last value counts.
            settings.append((OptionSetting.rule.key(of: .object(option)) ?? name, .object(option)))
        }
        return .array(JSONObject(settings).members.map(\.value))
    }

    private static func entries(_ namespaces: JSONObject) -> [JSON] {
        namespaces.members.flatMap { namespace, options in
            (options.object?.members ?? []).map { option in
                ["namespace": .string(namespace), "option_name": .string(option.key), "value": option.value]
            }
        }
    }

    // MARK: Storage

    /// - Parameter place: The path of the file in the facet.
    static func lists(at place: AttributePattern) -> ListRules {
        let keyed: ListRules = [
            "option_settings": OptionSetting.rule, "packages": .keyed(by: ["Manager", "Name"]),
            "services": .keyed(by: ["Manager", "Name"]), "sources": .keyed(by: ["Path"]), "Other": .keyed(by: ["Name"]),
        ]
        let rules = sections.flatMap { section -> [(AttributePattern, ListRule)] in
            let list = AttributePattern([.member(section.name)])
            return [
                (list, .keyed(by: [.init(section.key, ignoringPrefix: nil)])),
                (list + "[].Other", .keyed(by: ["Name"])),
            ]
        }
        return Dictionary(uniqueKeysWithValues: (rules + keyed.map { ($0, $1) }).map { (place + $0.0, $0.1) })
    }

    /// - Parameter place: The path of the file in the facet.
    static func redactions(at place: AttributePattern) -> [Redaction] {
        let ofSections = sections.flatMap { section -> [Redaction] in
            let element = place + AttributePattern([.member(section.name), .elements])
            return section.secret.map { .secret(element.appending(.member($0))) }
                + section.urls.map { Redaction(element.appending(.member($0))) { _, _ in .url } }
                + [.secret(element + "Other[].Value")]
        }
        return ofSections + [
            Redaction(place + "option_settings[].Value", treatment: OptionSetting.treatment(of:names:)),
            Redaction(place + "sources[].URL") { _, _ in .url },
            // A package's version can be the URL of the package.
            Redaction(place + "packages[].Versions") { package, _ in isVersions(package["Versions"]) ? .plain : .secret
            },
            Redaction(place + "services[].State") { service, _ in
                state.admits(service["State"] ?? .null) ? .plain : .secret
            },
            .secret(place + "Other[].Value"),
        ]
    }

    private static func isVersions(_ versions: JSON?) -> Bool {
        let texts = versions?.array ?? versions.map { [$0] } ?? []
        return texts.allSatisfy { $0.scalarText?.wholeMatch(of: #/[0-9][0-9A-Za-z.\-+~:]{0,31}/#) != nil }
    }

    /// The members of a service's state: whether it runs, and what restarts it.
    private static let state = ValueForm.object([
        "enabled": .truth, "ensureRunning": .truth, "files": .list(.name), "sources": .list(.name),
        "commands": .list(.name),
    ])
}

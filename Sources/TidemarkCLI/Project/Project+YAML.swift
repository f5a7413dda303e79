import Reports
import StrictJSON
import StrictYAML
import Tidemark
import TidemarkBaseline
import TidemarkCI
import TidemarkKinds
import Yams

extension Project {
    /// Reads a project from YAML.
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: Its name, for messages.
    /// - Throws: `FileError` with every mistake in the file.
    init(yaml text: String, file: String, kinds: KindRegistry) throws(FileError) {
        let source = SourceFile(name: file, text: text)
        let collector = MistakeCollector(source)
        let project = ProjectReader(kinds: kinds, collector: collector).read(try Node(yaml: source))
        guard let project, collector.mistakes.isEmpty else { throw FileError(collector.mistakes, in: [source]) }
        self = project
    }
}

/// Parses a project and collects its mistakes.
private struct ProjectReader {
    let kinds: KindRegistry
    let collector: MistakeCollector

    func read(_ root: Node) -> Project? {
        let keys = ["history", "issuers", "environments"]
        guard root.mapping == nil || root.hasKey(of: keys) else {
            // The content of another file must not be shown.
            collector.add("not a project: it has none of the keys \(keys.joined(separator: ", "))", at: root)
            return nil
        }
        guard let map = YAMLMap(root, keys: keys, what: "a project", collector) else { return nil }
        return Project(
            history: map.value("history").flatMap(history),
            issuers: texts(map.value("issuers"), "issuers").compactMap(issuer),
            environments: environments(map.value("environments")))
    }

    /// The place alone, or a map with it and the access to a bucket.
    private func history(_ node: Node) -> Project.History? {
        if let url = node.scalar?.string, !url.isEmpty { return Project.History(url: url) }
        let settings = Project.BucketAccess.keys
        let keys = ["url"] + settings.map(\.key)
        guard let map = YAMLMap(node, keys: keys, what: "a history", collector) else { return nil }
        guard let url = map.text("url") else {
            collector.add("a history needs 'url': a file, or s3://BUCKET/PREFIX", at: node)
            return nil
        }
        var history = Project.History(url: url)
        for (key, setting) in settings { history.access[keyPath: setting] = accessText(key, in: map) }
        if !HistoryLocation.isBucket(url),
            let key = settings.first(where: { history.access[keyPath: $0.setting] != nil })
        {
            collector.add("'\(key.key)' is about a history in a bucket, and this one is a file", at: node)
        }
        return history
    }

    /// A setting of the access to a bucket, which would be ignored or fail late if it had another form.
    private func accessText(_ key: String, in map: YAMLMap) -> String? {
        guard let node = map.value(key), let text = map.text(key) else { return nil }
        guard !text.isEmpty else {
            collector.add("'\(key)' is empty", at: node)
            return nil
        }
        let form: (isRight: Bool, words: String)? =
            switch key {
            case "owner":
                (text.utf8.count == 12 && text.utf8.allSatisfy { 0x30...0x39 ~= $0 }, "the 12 digits of an account")
            case "role": (text.hasPrefix("arn:"), "the ARN of a role")
            case "endpoint": (text.hasPrefix("http://") || text.hasPrefix("https://"), "an http or https URL")
            case "region": (text.utf8.allSatisfy { $0 < 0x80 && $0 != 0x20 }, "a region")
            default: nil
            }
        if let form, !form.isRight { collector.add("'\(key)' must be \(form.words)", at: node) }
        return text
    }

    private func environments(_ node: Node?) -> [Project.Environment] {
        guard let node else { return [] }
        guard let mapping = node.mapping else {
            collector.add("'environments' must be a map of environments by name, and this is \(node.noun)", at: node)
            return []
        }
        return mapping.compactMap { key, value in
            guard let name = environmentName(key) else { return nil }
            return environment(name, value)
        }
    }

    private func environmentName(_ node: Node) -> EnvironmentName? {
        do throws(Failure) {
            return try EnvironmentName(node.string ?? "")
        } catch {
            collector.add("\(error)", at: node)
            return nil
        }
    }

    private func environment(_ name: EnvironmentName, _ node: Node) -> Project.Environment {
        var environment = Project.Environment(name)
        // A name without settings.
        if node.scalar?.string.isEmpty == true { return environment }
        let keys = [
            "eb-environment", "region", "profile", "role", "baseline", "also", "plain", "manifests", "probes",
        ]
        guard let map = YAMLMap(node, keys: keys, what: "an environment", collector) else { return environment }
        environment.ebEnvironment = map.text("eb-environment")
        environment.region = map.text("region")
        environment.profile = map.text("profile")
        environment.role = map.text("role")
        environment.baseline = map.text("baseline")
        environment.asksForManifests = truth(map.value("manifests"), "manifests") ?? true
        environment.also = texts(map.value("also"), "also").compactMap(resource)
        environment.plain = Set(texts(map.value("plain"), "plain").compactMap(plainName))
        environment.probes = probes(map.value("probes"))
        return environment
    }

    private func truth(_ node: Node?, _ key: String) -> Bool? {
        guard let node else { return nil }
        switch node.scalar?.string {
        case "true": return true
        case "false": return false
        default:
            collector.add("'\(key)' must be true or false", at: node)
            return nil
        }
    }

    private func probes(_ node: Node?) -> [Probe] {
        guard let node else { return [] }
        guard let mapping = node.mapping else {
            collector.add("'probes' must be a map of URLs by name, and this is \(node.noun)", at: node)
            return []
        }
        return mapping.compactMap { key, value in
            let url = value.scalar?.string ?? ""
            if let secret = SecretNoun(in: url) {
                collector.add("the URL of a probe has \(secret.noun) in it, which would be stored", at: value)
                return nil
            }
            do throws(Failure) {
                return try Probe(name: key.string ?? "", url: url)
            } catch {
                collector.add("\(error)", at: value)
                return nil
            }
        }
    }

    private func texts(_ node: Node?, _ key: String) -> [(text: String, node: Node)] {
        guard let node else { return [] }
        guard let items = node.sequence else {
            collector.add("'\(key)' must be a list, and this is \(node.noun)", at: node)
            return []
        }
        return items.compactMap { item in
            if let text = item.scalar?.string, !text.isEmpty { return (text, item) }
            collector.add("'\(key)' takes texts, and this is \(item.scalar == nil ? item.noun : "empty")", at: item)
            return nil
        }
    }

    private func issuer(_ text: String, _ node: Node) -> String? {
        if text.isIssuer { return text }
        collector.add("'\(text.printable)' is not an issuer: write an https URL, as a token has it", at: node)
        return nil
    }

    /// `LOG_LEVEL`, or `shipped:antenna`.
    private func plainName(_ text: String, _ node: Node) -> String? {
        guard let list = ShippedName.name(in: text), ShippedPlainNames.text(named: list) == nil else {
            return text
        }
        let known = ShippedPlainNames.names
        let hint = nearest(to: list, among: known).map { "did you mean '\(ShippedName.written($0))'?" }
        collector.add(
            "unknown list '\(text.printable)': "
                + (hint ?? "the shipped lists are \(known.map(ShippedName.written).joined(separator: ", "))"),
            at: node)
        return nil
    }

    /// `rds.db-instance/antenna-replica`.
    private func resource(_ text: String, _ node: Node) -> ResourceID? {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else {
            collector.add("'\(text.printable)' is not a resource: write it as kind/identity", at: node)
            return nil
        }
        guard let definition = kinds.definition(named: String(parts[0]), at: node, collector) else { return nil }
        let resource = ResourceID(definition.kind, String(parts[1]))
        guard definition.canBeLeft, definition.inputs(resource.identity) != nil else {
            collector.add("'\(text.printable)' cannot be queried by its identity", at: node)
            return nil
        }
        return resource
    }
}

import StrictYAML
import Tidemark
import Yams

extension Project {
    /// The text of a `tidemark.yml` with these settings.
    func yaml() throws(Failure) -> String {
        var members: [(String, Node)] = history.map { [("history", $0.node)] } ?? []
        if !issuers.isEmpty { members.append(("issuers", Node.sequence(.init(issuers.map(Node.text))))) }
        members.append(("environments", .map(environments.map { ($0.name.rawValue, $0.node) })))
        do {
            return try Yams.serialize(node: .map(members), indent: 2, width: 120, allowUnicode: true)
        } catch {
            throw Failure(.invalid, "\(Project.file) cannot be written", why: "\(error)".printable)
        }
    }
}

extension Project.Environment {
    fileprivate var node: Node {
        let texts = [
            ("eb-environment", ebEnvironment), ("region", region), ("profile", profile), ("role", role),
            ("baseline", baseline),
        ].compactMap { key, value in value.map { (key, Node($0)) } }
        let lists = [("also", also.map(\.description)), ("plain", plain.sorted())]
            .filter { !$0.1.isEmpty }.map { ($0.0, Node.sequence(.init($0.1.map(Node.text)))) }
        let manifests = asksForManifests ? [] : [("manifests", Node("false"))]
        let asked = probes.isEmpty ? [] : [("probes", Node.map(probes.map { ($0.name, Node.text($0.url)) }))]
        return .map(texts + lists + manifests + asked)
    }
}

extension Project.History {
    fileprivate var node: Node {
        let settings = Project.BucketAccess.keys.compactMap { key, setting in
            access[keyPath: setting].map { (key, Node($0)) }
        }
        return settings.isEmpty ? Node.text(url) : .map([("url", Node(url))] + settings)
    }
}

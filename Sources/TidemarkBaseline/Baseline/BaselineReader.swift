import StrictJSON
import StrictYAML
import Tidemark
import TidemarkKinds
import Yams

/// Parses a baseline, after the files that it extends.
struct BaselineReader {
    let kinds: KindRegistry
    let attributes: any AttributeCatalogue
    /// The files that were read, the baseline's own first.
    private(set) var files: [SourceFile] = []
    private(set) var mistakes: [FileMistake] = []
    private var extensions: [String: Position] = [:]

    init(kinds: KindRegistry, attributes: any AttributeCatalogue) {
        self.kinds = kinds
        self.attributes = attributes
    }

    /// More files than any sensible chain has. The limit also ends a cycle that different spellings of a name hide.
    private static let longestChain = 10

    private static let keys = [
        "extends", "environment", "documents", "expect", "remove", "unexpected", "releases", "history", "rules",
        "not-followed", "waivers",
    ]

    mutating func read(_ file: SourceFile, loading load: Baseline.Loader) -> Baseline? {
        files.append(file)
        let root: Node
        do {
            root = try Node(yaml: file)
        } catch {
            mistakes += error.mistakes
            return nil
        }
        guard Self.isBaseline(root) else {
            mistakes.append(Self.notABaseline(file, root))
            return nil
        }
        files = [file.quotable]
        guard let part = part(file, root, chain: [], load) else { return nil }
        var checker = ReferenceChecker(
            part.expectations, repeated: part.repeated, broken: part.broken, removed: part.removed, kinds: kinds,
            attributes: attributes)
        mistakes += checker.mistakes()
        guard let environment = part.environment else { return nil }
        let baseline = Baseline(
            environment: environment, documents: part.documents, expectations: part.expectations,
            unexpected: part.unexpected, releases: part.releases, history: part.history, waivers: part.waivers,
            settings: part.settings, notFollowed: part.notFollowed, files: files, extensions: extensions)
        mistakes += WaiverChecker(baseline).mistakes(in: part.waivers)
        return baseline
    }

    /// - Parameter chain: The names of the files from the baseline's own to the one that extends this one.
    private mutating func part(
        _ file: SourceFile, _ root: Node, chain: [String], _ load: Baseline.Loader
    ) -> BaselinePart? {
        let collector = MistakeCollector(file)
        defer { mistakes += collector.mistakes }
        guard let map = YAMLMap(root, keys: Self.keys, what: "a baseline", collector) else { return nil }
        let base = map.value("extends") == nil ? nil : extended(by: map, in: file, chain: chain, load, collector)
        // Without the extended file, most further mistakes would be false.
        if map.value("extends") != nil, base == nil { return nil }
        return part(map, root, on: base, isRoot: chain.isEmpty, collector)
    }

    // MARK: Extended files

    private mutating func extended(
        by map: YAMLMap, in file: SourceFile, chain: [String], _ load: Baseline.Loader, _ collector: MistakeCollector
    ) -> BaselinePart? {
        guard let node = map.value("extends"), let name = map.requiredText("extends", in: "a baseline") else {
            return nil
        }
        let path = FilePath.resolve(name, beside: file.name)
        let chain = chain + [FilePath.resolve(file.name, beside: "")]
        if chain.contains(path) || chain.count > Self.longestChain {
            let files = (chain + [path]).map(\.printable).joined(separator: " -> ")
            let fault =
                chain.contains(path) ? "circular 'extends'" : "'extends' in more than \(Self.longestChain) files"
            collector.add("\(fault): \(files)", at: node)
            return nil
        }
        do throws(Failure) {
            let base = SourceFile(name: path, text: try load(path, file.name))
            guard let root = Self.root(ofBaseline: base) else {
                collector.add("'\(name.printable)' is not a baseline: check that file by itself", at: node)
                return nil
            }
            files.append(base.quotable)
            extensions[path] = collector.position(of: node)
            return part(base, root, chain: chain, load)
        } catch {
            collector.add("\(error)", at: node)
            return nil
        }
    }

    /// Nil for a file without a key of a baseline.
    private static func root(ofBaseline file: SourceFile) -> Node? {
        guard let root = try? Node(yaml: file) else { return nil }
        return isBaseline(root) ? root : nil
    }

    private static func isBaseline(_ root: Node) -> Bool { root.hasKey(of: keys) }

    /// The one mistake of a file that is not a baseline. It shows none of the file's lines and keys: they may be secret.
    private static func notABaseline(_ file: SourceFile, _ root: Node) -> FileMistake {
        FileMistake(
            Position(file: file.name, line: 1, column: 1),
            root.mapping == nil
                ? "a baseline must be a map, and this is \(root.noun)"
                : "not a baseline: it has none of the keys \(keys.joined(separator: ", "))")
    }

    // MARK: Content

    private func part(
        _ map: YAMLMap, _ root: Node, on base: BaselinePart?, isRoot: Bool, _ collector: MistakeCollector
    ) -> BaselinePart {
        var part = base ?? BaselinePart()
        let environment = environmentName(map, isRequired: isRoot && base?.environment == nil, collector)
        // The environment is part of a finding's id: a waiver of another environment accepts nothing.
        if let environment, let other = part.environment, environment != other { part.waivers = [] }
        part.environment = environment ?? part.environment
        part.documents = map.text("documents") ?? part.documents
        remove(map.value("remove"), from: &part, isExtending: base != nil, collector)
        let reader = ExpectationReader(kinds: kinds, attributes: attributes, collector: collector)
        reader.read(map.value("expect"), in: root, isRequired: base == nil, into: &part)
        RuleReader(kinds: kinds, collector: collector).read(map, into: &part)
        return part
    }

    private func environmentName(
        _ map: YAMLMap, isRequired: Bool, _ collector: MistakeCollector
    ) -> EnvironmentName? {
        guard isRequired || map.value("environment") != nil else { return nil }
        guard let text = map.requiredText("environment", in: "a baseline") else { return nil }
        do {
            return try EnvironmentName(text)
        } catch {
            if let node = map.value("environment") { collector.add("\(error)", at: node) }
            return nil
        }
    }

    private func remove(
        _ node: Node?, from part: inout BaselinePart, isExtending: Bool, _ collector: MistakeCollector
    ) {
        guard let node else { return }
        guard let items = node.sequence else {
            collector.add("'remove' must be a list of names, and this is \(node.noun)", at: node)
            return
        }
        if !isExtending {
            collector.add(
                "'remove' is only for expectations of an extended baseline: add 'extends:', or leave it out", at: node)
        }
        let names = part.expectations.map(\.name)
        var (kept, hints) = (Set(names), NameHints())
        for item in items where isExtending {
            let name = item.scalar?.string ?? ""
            if part.broken.contains(name) { continue }
            guard kept.remove(name) == nil else {
                part.removed[name] = collector.file.name
                continue
            }
            let hint = hints.nearest(to: name, among: names).map { ": did you mean '\($0.printable)'?" }
            collector.add("no expectation '\(name.printable)' to remove\(hint ?? "")", at: item)
        }
        part.expectations.removeAll { !kept.contains($0.name) }
    }
}

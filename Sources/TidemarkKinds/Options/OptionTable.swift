import StrictJSON

/// The documented options of Elastic Beanstalk and the form of their values, as `options.txt` lists them.
///
/// Sources: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html> and
/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-specific.html>.
struct OptionTable: Sendable {
    static let documented = OptionTable(Embedded.options)

    /// The forms by namespace and option. `*` is any option and `/*` any path; `:*` ends a namespace that ends in a name of
    /// the user's.
    private(set) var namespaces: [String: [String: OptionForm]] = [:]
    /// The lines that do not have the format of the table, or give an option twice. Their options are secret.
    private(set) var mistakes: [Substring] = []

    init(_ text: String) {
        var namespace = ""
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            if line.hasPrefix("namespace ") {
                namespace = String(line.dropFirst("namespace ".count))
                if namespaces.updateValue([:], forKey: namespace) != nil { mistakes.append(line) }
            } else if let (name, form) = Self.option(line), let options = namespaces[namespace], options[name] == nil {
                namespaces[namespace]?[name] = form
            } else {
                mistakes.append(line)
            }
        }
    }

    private static func option(_ line: Substring) -> (String, OptionForm)? {
        guard line.hasPrefix("  "), let colon = line.firstRange(of: ": "),
            let form = OptionForm(line[colon.upperBound...])
        else { return nil }
        return (String(line.dropFirst(2)[..<colon.lowerBound]), form)
    }

    /// The form of an option's values, or nil for an option that is not documented. Names count as they are spelled.
    func form(of option: String, in namespace: String) -> OptionForm? {
        let options = namespaces[namespace] ?? namespaces[Self.withoutName(namespace)]
        return options?[option] ?? options?[option.hasPrefix("/") ? "/*" : "*"]
    }

    /// The key of the documented option, `NAMESPACE/OPTION`, that is nearest to a key of an option that is not documented; nil for
    /// a documented one, and if none is near. Only options of the same namespace are compared, or of the nearest namespace.
    func nearestKey(to key: String) -> String? {
        let parts = key.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else { return nil }
        let (namespace, names) = (parts[0], [parts[1], parts[1].split(separator: "/").first.map(String.init) ?? ""])
        // A third part of a key is the name of a resource.
        if names.contains(where: { form(of: $0, in: namespace) != nil }) { return nil }
        let isKnown = namespaces[namespace] != nil || namespaces[Self.withoutName(namespace)] != nil
        guard let known = isKnown ? namespace : nearest(to: namespace, among: namespaces.keys) else { return nil }
        let options = namespaces[known] ?? namespaces[Self.withoutName(known)] ?? [:]
        let option = options[parts[1]] != nil ? parts[1] : nearest(to: parts[1], among: options.keys)
        return option.map { "\(known)/\($0)" }
    }

    /// `aws:elb:listener:443` becomes `aws:elb:listener:*`.
    private static func withoutName(_ namespace: String) -> String {
        namespace.lastIndex(of: ":").map { namespace[...$0] + "*" } ?? namespace
    }
}

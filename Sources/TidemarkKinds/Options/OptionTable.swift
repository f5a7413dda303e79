/// The documented options of Elastic Beanstalk and the form of their values, as `options.txt` lists them.
///
/// Sources: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-general.html> and
/// <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/command-options-specific.html>.
struct OptionTable {
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

    /// `aws:elb:listener:443` becomes `aws:elb:listener:*`.
    private static func withoutName(_ namespace: String) -> String {
        namespace.lastIndex(of: ":").map { namespace[...$0] + "*" } ?? namespace
    }
}

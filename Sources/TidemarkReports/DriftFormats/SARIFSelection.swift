import StrictJSON

/// The results and rules that a run has room for within the limits of GitHub's code scanning.
///
/// It refuses a run of more than 25,000 results or rules and a file of more than 10 MB compressed, and keeps 5,000 results
/// of a run. The least severe results are left out here, since which ones GitHub would drop is not documented reliably.
///
/// Sources: <https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads/results-exceed-limit>
/// and <https://github.com/github/docs/issues/38085>.
struct SARIFSelection {
    let results: [JSON]
    let rules: [JSON]
    /// A sentence about the results that are left out; nil if there are none.
    let remark: String?

    static let mostResults = 5_000
    static let mostRules = 25_000
    /// The limit is on the compressed file, which is never larger than the text.
    static let mostBytes = 10_000_000

    /// - Parameter found: The results, the most severe first, each with the index of its rule.
    init(
        _ found: [(ruleIndex: Int, result: JSONObject)], rules: [JSON], mostResults: Int = Self.mostResults,
        mostBytes: Int = Self.mostBytes
    ) {
        let sizes = rules.map(\.canonicalBytes.count)
        var size = 0
        var named: Set<Int> = []
        var kept: [(ruleIndex: Int, result: JSONObject)] = []
        for (index, result) in found.prefix(mostResults) {
            size += JSON.object(result).canonicalBytes.count + (named.contains(index) ? 0 : sizes[index])
            guard size <= mostBytes else { break }
            named.insert(index)
            kept.append((index, result))
        }
        let others = sizes.indices.reduce(0) { $0 + (named.contains($1) ? 0 : sizes[$1]) }
        let hasRoom = rules.count <= Self.mostRules && size + others <= mostBytes
        let listed = rules.indices.filter { hasRoom || named.contains($0) }
        let places = Dictionary(uniqueKeysWithValues: listed.enumerated().map { ($1, $0) })
        self.rules = listed.map { rules[$0] }
        results = kept.map { index, result in
            var result = result
            result["ruleIndex"] = places[index].map { .init($0) }
            return .object(result)
        }
        let rest = found.count - kept.count
        remark =
            rest == 0
            ? nil
            : "\(rest) of \(counted(found.count, "finding")) are left out, the least severe: GitHub shows "
                + "\(mostResults) results and takes 10 MB; --format json has all of them"
    }
}

/// The name most similar to one that does not exist, for a hint; nil if none is similar enough.
package func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let length = name.unicodeScalars.count
    guard length <= longestHinted else { return nil }
    let most = max(1, length / 3)
    // A difference in length is as many insertions, so much longer names are skipped.
    return names.filter { abs($0.unicodeScalars.count - length) <= most }
        .map { (name: $0, distance: editDistance(name.lowercased(), $0.lowercased())) }
        .filter { $0.distance <= most }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// The hint for an unknown name: the most similar name, or those that begin with it; nil without either.
package func hint(for name: String, among names: [String]) -> String? {
    let longer = name.count > 1 ? names.filter { $0.hasPrefix(name) }.sorted() : []
    guard let similar = nearest(to: name, among: names).map({ [$0] }) ?? (longer.isEmpty ? nil : longer) else {
        return nil
    }
    return "did you mean \(similar.prefix(3).map { "'\($0)'" }.joined(separator: " or "))?"
}

/// The longest name to compare. Names that people choose are shorter, and the time is quadratic in the length.
private let longestHinted = 100

/// Hints for unknown names in a file, which may have thousands: for the first of them, and only among a limited number
/// of names.
package struct NameHints {
    private var remaining = 20

    package init() {}

    private static let mostNames = 1_000

    /// The most similar name; nil if none is similar enough or the limits are exceeded.
    package mutating func nearest(to name: String, among names: [String]) -> String? {
        guard remaining > 0, names.count <= Self.mostNames else { return nil }
        remaining -= 1
        return StrictJSON.nearest(to: name, among: names)
    }
}

/// The number of insertions, deletions, replacements and swaps of neighbours between two texts (Damerau 1964).
private func editDistance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
    var (before, last) = ([Int](), Array(0...right.count))
    for i in left.indices {
        var row = [i + 1]
        for j in right.indices {
            var distance = min(last[j] + (left[i] == right[j] ? 0 : 1), row[j] + 1, last[j + 1] + 1)
            if i > 0, j > 0, left[i] == right[j - 1], left[i - 1] == right[j] {
                distance = min(distance, before[j - 1] + 1)
            }
            row.append(distance)
        }
        (before, last) = (last, row)
    }
    return last[right.count]
}

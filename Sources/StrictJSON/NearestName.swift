/// The name nearest to one that does not exist, for a hint; nil where none is near.
package func nearest(to name: String, among names: some Sequence<String>) -> String? {
    let length = name.unicodeScalars.count
    guard length <= longestHinted else { return nil }
    let most = max(1, length / 3)
    // As many insertions as one is longer; names that are much longer are not measured.
    return names.filter { abs($0.unicodeScalars.count - length) <= most }
        .map { (name: $0, distance: editDistance(name.lowercased(), $0.lowercased())) }
        .filter { $0.distance <= most }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// No name that people choose is longer, and the time grows with the square of the length.
private let longestHinted = 100

/// Hints for names that a file makes up, of which it may have thousands: for the first that do not exist, and among few.
package struct NameHints {
    private var left = 20

    package init() {}

    private static let mostNames = 1_000

    /// The nearest name, or nil where none is near or it would take long to find.
    package mutating func nearest(to name: String, among names: [String]) -> String? {
        guard left > 0, names.count <= Self.mostNames else { return nil }
        left -= 1
        return StrictJSON.nearest(to: name, among: names)
    }
}

/// How many insertions, deletions, replacements and swaps of neighbours turn one text into the other (Damerau 1964).
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

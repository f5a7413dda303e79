/// The name nearest to one that does not exist, for a hint; nil where none is near.
func nearest(to name: String, among names: some Sequence<String>) -> String? {
    names.map { (name: $0, distance: editDistance(name.lowercased(), $0.lowercased())) }
        .filter { $0.distance <= max(1, name.count / 3) }
        .min { ($0.distance, $0.name) < ($1.distance, $1.name) }?.name
}

/// How many insertions, deletions and replacements turn one text into the other (Levenshtein).
private func editDistance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (i, character) in left.enumerated() {
        var diagonal = row[0]
        row[0] = i + 1
        for j in right.indices {
            let replaced = diagonal + (character == right[j] ? 0 : 1)
            diagonal = row[j + 1]
            row[j + 1] = min(replaced, row[j] + 1, row[j + 1] + 1)
        }
    }
    return row[right.count]
}

/// A largest pairing of expected with actual elements, each used once (augmenting paths, Kuhn 1955).
///
/// A greedy pairing is not enough: an expected element that fits several actual ones could use up the only one that
/// fits another. Several largest pairings leave different elements over. Those that are left over here depend on the order of their own
/// side alone: an element is left over if no largest pairing of the elements before it has room for it. One largest pairing leaves exactly
/// both sets over (Mendelsohn and Dulmage 1958).
package struct Pairing {
    /// The elements of either side without a partner.
    package let unpairedLeft: [Int]
    package let unpairedRight: [Int]

    /// - Parameter fits: Whether each left element fits each of the `rightCount` right ones.
    package init(_ fits: [[Bool]], _ rightCount: Int) {
        let transposed = (0..<rightCount).map { right in fits.map { $0[right] } }
        unpairedLeft = Cover(of: fits, rightCount).uncovered
        unpairedRight = Cover(of: transposed, fits.count).uncovered
    }

    package var isPerfect: Bool { unpairedLeft.isEmpty && unpairedRight.isEmpty }
}

/// The elements of one side that can be paired, each if those before it leave room for it.
private struct Cover {
    private let candidates: [[Int]]
    private var partners: [Int?]
    private(set) var uncovered: [Int] = []

    init(of fits: [[Bool]], _ otherCount: Int) {
        candidates = fits.map { row in row.indices.filter { row[$0] } }
        partners = Array(repeating: nil, count: otherCount)
        for element in fits.indices {
            var tried: Set<Int> = []
            if !pair(element, &tried) { uncovered.append(element) }
        }
    }

    private mutating func pair(_ element: Int, _ tried: inout Set<Int>) -> Bool {
        for other in candidates[element] where tried.insert(other).inserted {
            if let holder = partners[other], !pair(holder, &tried) { continue }
            partners[other] = element
            return true
        }
        return false
    }
}

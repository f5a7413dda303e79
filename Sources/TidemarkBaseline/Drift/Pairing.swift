import StrictJSON

/// The largest pairing of expected with actual elements, each used once (augmenting paths, Kuhn 1955).
///
/// A greedy pairing is not enough: an expected element that fits several actual ones could use up the only one that
/// fits another.
struct Pairing {
    /// The left element paired with each right one.
    private var leftOfRight: [Int?]
    private let leftCount: Int

    init(_ leftCount: Int, _ rightCount: Int, fits: (Int, Int) -> Bool) {
        self.leftCount = leftCount
        leftOfRight = Array(repeating: nil, count: rightCount)
        let candidates = (0..<leftCount).map { left in (0..<rightCount).filter { fits(left, $0) } }
        for left in 0..<leftCount {
            var tried: Set<Int> = []
            _ = pair(left, candidates, &tried)
        }
    }

    /// Pairs elements that each fit only an equal one.
    init(_ left: [JSON], _ right: [JSON]) {
        leftCount = left.count
        leftOfRight = Array(repeating: nil, count: right.count)
        var places = Dictionary(grouping: right.indices, by: { right[$0] }).mapValues { Array($0.reversed()) }
        for (index, element) in left.enumerated() {
            if let place = places[element]?.popLast() { leftOfRight[place] = index }
        }
    }

    private mutating func pair(_ left: Int, _ candidates: [[Int]], _ tried: inout Set<Int>) -> Bool {
        for right in candidates[left] where tried.insert(right).inserted {
            if let holder = leftOfRight[right], !pair(holder, candidates, &tried) { continue }
            leftOfRight[right] = left
            return true
        }
        return false
    }

    var isPerfect: Bool { unpairedLeft.isEmpty && unpairedRight.isEmpty }

    var pairs: [(left: Int, right: Int)] {
        leftOfRight.enumerated().compactMap { right, left in left.map { ($0, right) } }
    }

    var unpairedLeft: [Int] {
        let paired = Set(leftOfRight.compactMap { $0 })
        return (0..<leftCount).filter { !paired.contains($0) }
    }

    var unpairedRight: [Int] { leftOfRight.indices.filter { leftOfRight[$0] == nil } }
}

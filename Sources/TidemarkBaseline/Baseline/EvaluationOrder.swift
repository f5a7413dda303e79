/// An order of expectations in which each follows those that its conditions refer to, found in time linear in the
/// references.
struct EvaluationOrder {
    /// Longer than any sensible chain, and short enough for the stack: references are resolved by recursion.
    static let longestChain = 100

    /// The cycles of expectations, each of which refers to the next. If cycles share an expectation, only one is found.
    private(set) var cycles: [[Int]] = []
    /// The expectations whose chain is one reference too long. A chain that leads to a cycle has no length.
    private(set) var tooLong: [Int] = []

    /// The expectations that each one refers to; `followers` has those that refer to it.
    private let sources: [[Int]]
    private let followers: [[Int]]
    /// The number of sources of each expectation that have no position yet.
    private var waiting: [Int]
    /// The number of references in the longest chain from each expectation.
    private var lengths: [Int]
    private var isPlaced: [Bool]
    private var ready: [Int] = []

    /// - Parameter sources: The distinct indices that each expectation refers to.
    init(_ sources: [[Int]]) {
        self.sources = sources
        followers = sources.indices.reduce(into: Array(repeating: [], count: sources.count)) { followers, index in
            for source in sources[index] { followers[source].append(index) }
        }
        waiting = sources.map(\.count)
        lengths = Array(repeating: 0, count: sources.count)
        isPlaced = Array(repeating: false, count: sources.count)
        for index in sources.indices where waiting[index] == 0 { makeReady(index) }
        place()
        tooLong = sources.indices.filter { isPlaced[$0] && lengths[$0] == Self.longestChain + 1 }
        findCycles()
    }

    private mutating func makeReady(_ index: Int) {
        guard !isPlaced[index] else { return }
        isPlaced[index] = true
        ready.append(index)
    }

    /// Places every expectation whose sources are placed (Kahn 1962).
    private mutating func place() {
        while let next = ready.popLast() {
            for follower in followers[next] {
                lengths[follower] = max(lengths[follower], lengths[next] + 1)
                waiting[follower] -= 1
                if waiting[follower] == 0 { makeReady(follower) }
            }
        }
    }

    /// Follows, from each expectation without a position, a source without one until an expectation repeats.
    private mutating func findCycles() {
        var depths: [Int: Int] = [:]
        var unread = sources.map { $0[...] }
        for start in sources.indices {
            var path = [start]
            depths[start] = 0
            while let last = path.last {
                while let first = unread[last].first, isPlaced[first] { unread[last].removeFirst() }
                guard !isPlaced[last], let next = unread[last].first else {
                    depths[path.removeLast()] = nil
                    continue
                }
                if let depth = depths[next] {
                    cycles.append(Array(path[depth...]))
                    path[depth...].forEach { makeReady($0) }
                    place()
                } else {
                    depths[next] = path.count
                    path.append(next)
                }
            }
        }
    }
}

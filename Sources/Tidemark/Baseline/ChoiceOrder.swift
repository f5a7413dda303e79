/// Puts expectations behind those that their conditions refer to, in time linear in the references, and finds what has
/// no such order.
struct ChoiceOrder {
    /// Longer than any chain that is meant, and short enough for the stack: a reference is resolved by recursion.
    static let longestChain = 100

    /// The expectations that refer to one another in a circle, each to the next one. Of circles that share an
    /// expectation one is found.
    private(set) var circles: [[Int]] = []
    /// Those whose chain is one reference too long; one that leads to a circle has no length.
    private(set) var tooLong: [Int] = []

    /// What each expectation refers to, and what refers to it.
    private let sources: [[Int]]
    private let followers: [[Int]]
    /// How many of its sources have no place yet.
    private var waiting: [Int]
    /// How many references the longest chain from each has.
    private var lengths: [Int]
    private var isPlaced: [Bool]
    private var ready: [Int] = []

    /// - Parameter sources: The indices of those that each expectation refers to, each once.
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
        findCircles()
    }

    private mutating func makeReady(_ index: Int) {
        guard !isPlaced[index] else { return }
        isPlaced[index] = true
        ready.append(index)
    }

    /// Places everything that waits for nothing any more (Kahn 1962).
    private mutating func place() {
        while let next = ready.popLast() {
            for follower in followers[next] {
                lengths[follower] = max(lengths[follower], lengths[next] + 1)
                waiting[follower] -= 1
                if waiting[follower] == 0 { makeReady(follower) }
            }
        }
    }

    /// What has no place waits for another one that has none, and so on, until one comes twice.
    private mutating func findCircles() {
        var depths: [Int: Int] = [:]
        var unread = sources.map { $0[...] }
        for start in sources.indices {
            var way = [start]
            depths[start] = 0
            while let last = way.last {
                while let first = unread[last].first, isPlaced[first] { unread[last].removeFirst() }
                guard !isPlaced[last], let next = unread[last].first else {
                    depths[way.removeLast()] = nil
                    continue
                }
                if let depth = depths[next] {
                    circles.append(Array(way[depth...]))
                    way[depth...].forEach { makeReady($0) }
                    place()
                } else {
                    depths[next] = way.count
                    way.append(next)
                }
            }
        }
    }
}

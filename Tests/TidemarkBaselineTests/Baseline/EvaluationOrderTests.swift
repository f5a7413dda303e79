import Testing

@testable import TidemarkBaseline

struct EvaluationOrderTests {
    @Test(arguments: [false, true])
    func `a chain has at most 100 references, and the first that is too long is found`(isReversed: Bool) {
        func order(_ count: Int) -> EvaluationOrder {
            EvaluationOrder((0...count).map { isReversed ? ($0 < count ? [$0 + 1] : []) : ($0 > 0 ? [$0 - 1] : []) })
        }
        #expect(order(100).tooLong == [])
        #expect(order(101).tooLong == [isReversed ? 0 : 101])
        #expect(order(20_000).tooLong == [isReversed ? 20_000 - 101 : 101])
        #expect(order(20_000).cycles == [])
    }

    @Test func `the longest path counts, however many shorter ones exist`() {
        // Each refers to all before it.
        #expect(EvaluationOrder((0...100).map { Array(0..<$0) }).tooLong == [])
        #expect(EvaluationOrder((0...101).map { Array(0..<$0) }).tooLong == [101])
    }

    @Test(arguments: [
        ([[0]], [[0]]), ([[1], [0]], [[0, 1]]), ([[], [0, 2], [0, 3], [1]], [[1, 2, 3]]),
        // What leads to a cycle is not in it, and may be in another one.
        ([[1], [1]], [[1]]), ([[1, 2], [1], [0]], [[1], [0, 2]]), ([[1], [0], [3], [2]], [[0, 1], [2, 3]]),
        // These share an expectation.
        ([[1, 2], [0], [0]], [[0, 1]]),
    ])
    func `each cycle is found once`(sources: [[Int]], cycles: [[Int]]) {
        #expect(EvaluationOrder(sources).cycles == cycles)
    }

    @Test func `a chain that leads to a cycle has no length`() {
        let order = EvaluationOrder((0...200).map { [max(0, $0 - 1)] })
        #expect(order.tooLong == [])
        #expect(order.cycles == [[0]])
    }

    @Test func `thousands of expectations can be in cycles`() {
        let count = 20_000
        #expect(EvaluationOrder((0..<count).map { [($0 + 1) % count] }).cycles == [Array(0..<count)])
        #expect(EvaluationOrder((0..<count).map { [$0 ^ 1] }).cycles.count == count / 2)
        // One long way leads to all of the cycles.
        #expect(EvaluationOrder((0..<count).map { $0 + 1 < count ? [$0, $0 + 1] : [$0] }).cycles.count == count)
    }
}

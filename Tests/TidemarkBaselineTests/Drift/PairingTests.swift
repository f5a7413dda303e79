import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

struct PairingTests {
    /// A pairing of left elements with the right ones that each fits.
    private func pairing(_ fits: [Set<Int>], _ rightCount: Int) -> Pairing {
        Pairing(fits.map { row in (0..<rightCount).map(row.contains) }, rightCount)
    }

    @Test func `the pairing is larger than a greedy one`() {
        #expect(pairing([[0, 1], [0]], 2).isPerfect)
        #expect(pairing([[0, 1, 2], [0, 1], [0]], 3).isPerfect)
    }

    @Test func `empty lists pair perfectly`() {
        #expect(pairing([], 0).isPerfect)
    }

    @Test func `unpaired elements are listed on both sides`() {
        let pairs = pairing([[0], [0], [2]], 4)
        #expect(pairs.unpairedLeft == [1])
        #expect(pairs.unpairedRight == [1, 3])
    }

    @Test func `no pairing is larger, in any order of the elements`() {
        var generator = SeededGenerator(seed: 1955)
        for _ in 0..<300 {
            let fits = (0..<5).map { _ in Set((0..<5).filter { _ in Int.random(in: 0..<3, using: &generator) == 0 }) }
            let paired = 5 - pairing(fits, 5).unpairedLeft.count
            #expect(paired == Self.largest(fits[...], used: []))
            #expect(paired == 5 - pairing(fits.shuffled(using: &generator), 5).unpairedRight.count)
        }
    }

    /// The size of the largest pairing, found by trying every one.
    private static func largest(_ fits: ArraySlice<Set<Int>>, used: Set<Int>) -> Int {
        guard let first = fits.first else { return 0 }
        let rest = fits.dropFirst()
        let with = first.subtracting(used).map { 1 + largest(rest, used: used.union([$0])) }
        return max(largest(rest, used: used), with.max() ?? 0)
    }
}

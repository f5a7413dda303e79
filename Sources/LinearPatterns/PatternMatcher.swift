/// Runs a program over a text and follows all of its alternatives at once, so that each scalar is read once.
///
/// Source: Thompson's simulation, <https://swtch.com/~rsc/regexp/regexp1.html>.
struct PatternMatcher {
    private let program: PatternProgram
    /// The number of instructions that were visited.
    private(set) var steps = 0
    /// The instructions that read the next scalar, each once.
    private var readers: [Int] = []
    private var isMatched = false
    /// The index of the scalar at which each instruction was last reached.
    private var reached: [Int]
    private var pending: [Int] = []

    init(_ program: PatternProgram) {
        self.program = program
        reached = Array(repeating: -1, count: program.instructions.count)
    }

    /// Whether the program matches the whole text.
    mutating func matches(_ text: String) -> Bool {
        var scalars = text.unicodeScalars.makeIterator()
        var next = scalars.next()
        var place = 0
        follow([0], at: place, isEnd: next == nil)
        while let scalar = next, !readers.isEmpty {
            let starts = readers.filter { accepts($0, scalar) }.map { $0 + 1 }
            next = scalars.next()
            place += 1
            follow(starts, at: place, isEnd: next == nil)
        }
        return next == nil && isMatched
    }

    private func accepts(_ index: Int, _ scalar: Unicode.Scalar) -> Bool {
        switch program.instructions[index] {
        case .literal(let literal): literal == scalar
        case .set(let set): program.sets[set].contains(scalar)
        case .split, .jump, .start, .end, .fail, .match: false
        }
    }

    /// Follows instructions up to those that read a scalar.
    private mutating func follow(_ starts: [Int], at place: Int, isEnd: Bool) {
        readers.removeAll(keepingCapacity: true)
        isMatched = false
        pending.append(contentsOf: starts)
        while let index = pending.popLast() {
            guard reached[index] != place else { continue }
            reached[index] = place
            steps += 1
            switch program.instructions[index] {
            case .literal, .set: readers.append(index)
            case .split(let first, let second):
                pending.append(second)
                pending.append(first)
            case .jump(let target): pending.append(target)
            case .start: if place == 0 { pending.append(index + 1) }
            case .end: if isEnd { pending.append(index + 1) }
            case .fail: break
            case .match: isMatched = true
            }
        }
    }
}

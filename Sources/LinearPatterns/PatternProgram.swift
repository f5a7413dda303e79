/// A pattern compiled to instructions.
struct PatternProgram {
    enum Instruction {
        /// Reads this scalar and continues with the next instruction.
        case literal(Unicode.Scalar)
        /// Reads a scalar of the set with this index.
        case set(Int)
        /// Continues with both.
        case split(Int, Int)
        case jump(Int)
        /// Matches only at the start of the text.
        case start
        /// Matches only at the end of the text.
        case end
        case fail
        case match
    }

    private(set) var instructions: [Instruction] = []
    private(set) var sets: [ScalarSet] = []

    init(_ node: PatternNode) {
        emit(node)
        instructions.append(.match)
    }

    private mutating func emit(_ node: PatternNode) {
        switch node.form {
        case .scalar(let set): emit(set)
        case .start: instructions.append(.start)
        case .end: instructions.append(.end)
        case .sequence(let nodes): for node in nodes { emit(node) }
        case .choice(let nodes): emit(choice: nodes)
        case .repeated(let node, let least, let most):
            for _ in 0..<least { emit(node) }
            if let most { emit(optional: node, upTo: most - least) } else { emit(loop: node) }
        }
    }

    private mutating func emit(_ set: ScalarSet) {
        if let literal = set.literal {
            instructions.append(.literal(literal))
        } else {
            instructions.append(.set(sets.count))
            sets.append(set)
        }
    }

    private mutating func emit(choice nodes: [PatternNode]) {
        guard let last = nodes.last else { return instructions.append(.fail) }
        var jumps: [Int] = []
        for node in nodes.dropLast() {
            let split = reserve()
            emit(node)
            jumps.append(reserve())
            instructions[split] = .split(split + 1, instructions.count)
        }
        emit(last)
        for jump in jumps { instructions[jump] = .jump(instructions.count) }
    }

    private mutating func emit(optional node: PatternNode, upTo count: Int) {
        var splits: [Int] = []
        for _ in 0..<count {
            splits.append(reserve())
            emit(node)
        }
        for split in splits { instructions[split] = .split(split + 1, instructions.count) }
    }

    private mutating func emit(loop node: PatternNode) {
        let split = reserve()
        emit(node)
        instructions.append(.jump(split))
        instructions[split] = .split(split + 1, instructions.count)
    }

    /// The index of an instruction that is set later.
    private mutating func reserve() -> Int {
        instructions.append(.fail)
        return instructions.count - 1
    }
}

extension ScalarSet {
    /// The only scalar of the set; nil if it has others.
    fileprivate var literal: Unicode.Scalar? {
        guard items.count == 1, !isNegated, !ignoresCase, case .range(let range) = items[0] else { return nil }
        return range.lowerBound == range.upperBound ? range.lowerBound : nil
    }
}

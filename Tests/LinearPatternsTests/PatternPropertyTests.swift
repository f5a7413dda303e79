import Testing
import TidemarkTestSupport

@testable import LinearPatterns

/// Random patterns match what their meaning says, computed place by place from their parts.
struct PatternPropertyTests {
    @Test(arguments: Array(UInt64(1)...8))
    func `a random pattern matches what its parts mean`(seed: UInt64) throws {
        var generator = PatternGenerator(seed: seed)
        for _ in 0..<150 {
            let meant = generator.part(depth: 3)
            let pattern = try Pattern(meant.text)
            for _ in 0..<12 {
                let value = generator.value()
                let scalars = Array(value.unicodeScalars)
                let isMeant = meant.ends(from: [0], in: scalars).contains(scalars.count)
                #expect(pattern.matches(value) == isMeant, "'\(meant.text)' on '\(value)'")
            }
        }
    }
}

/// A pattern as it is defined: how it is written, and from which places of a text it leads to which.
private indirect enum Part: Sendable {
    case one(String, @Sendable (Unicode.Scalar) -> Bool)
    case sequence([Part])
    case choice([Part])
    case repeated(Part, String, Int, Int?)
    case start, end

    var text: String {
        switch self {
        case .one(let text, _): text
        case .sequence(let parts): parts.map(\.text).joined()
        case .choice(let parts): "(\(parts.map(\.text).joined(separator: "|")))"
        case .repeated(let part, let quantifier, _, _): "(?:\(part.text))\(quantifier)"
        case .start: "^"
        case .end: "$"
        }
    }

    func ends(from starts: Set<Int>, in text: [Unicode.Scalar]) -> Set<Int> {
        switch self {
        case .one(_, let takes): Set(starts.filter { $0 < text.count && takes(text[$0]) }.map { $0 + 1 })
        case .sequence(let parts): parts.reduce(starts) { $1.ends(from: $0, in: text) }
        case .choice(let parts): parts.reduce([]) { $0.union($1.ends(from: starts, in: text)) }
        case .start: starts.intersection([0])
        case .end: starts.intersection([text.count])
        case .repeated(let part, _, let least, let most):
            // After as many rounds as there are places, a further round finds nothing new.
            (0...(most ?? least + text.count)).reduce(into: (ends: Set<Int>(), places: starts)) { state, round in
                if round > 0 { state.places = part.ends(from: state.places, in: text) }
                if round >= least { state.ends.formUnion(state.places) }
            }.ends
        }
    }
}

/// Makes up small patterns, and texts that some of them match.
private struct PatternGenerator {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    private mutating func pick<Element>(_ elements: [Element]) -> Element {
        elements[Int.random(in: 0..<elements.count, using: &random)]
    }

    mutating func part(depth: Int) -> Part {
        if depth == 0 { return pick(Self.single) }
        switch Int.random(in: 0..<5, using: &random) {
        case 0: return .choice(parts(depth))
        case 1, 2:
            let (quantifier, least, most) = pick(Self.quantifiers)
            return .repeated(part(depth: depth - 1), quantifier, least, most)
        default: return .sequence(parts(depth))
        }
    }

    private mutating func parts(_ depth: Int) -> [Part] {
        (0..<Int.random(in: 1...3, using: &random)).map { _ in part(depth: depth - 1) }
    }

    mutating func value() -> String {
        (0..<Int.random(in: 0...6, using: &random)).map { _ in pick(["a", "a", "b", "A", "é", "1", " ", ".", "\n"]) }
            .joined()
    }

    private static let single: [Part] = [
        .one("a") { $0 == "a" }, .one("b") { $0 == "b" }, .one("é") { $0 == "é" }, .one(".") { $0 != "\n" },
        .one("[ab]") { "ab".unicodeScalars.contains($0) }, .one("[^a]") { $0 != "a" },
        .one("[a-c.-]") { "abc.-".unicodeScalars.contains($0) }, .one(#"\d"#) { $0 == "1" },
        .one(#"[^\d\s]"#) { !"1 \n".unicodeScalars.contains($0) }, .one(#"\w"#) { !" .\n".unicodeScalars.contains($0) },
        .one(#"\."#) { $0 == "." }, .one("((?i)a)") { $0 == "a" || $0 == "A" }, .sequence([]), .start, .end,
    ]

    private static let quantifiers: [(String, Int, Int?)] = [
        ("*", 0, nil), ("+", 1, nil), ("?", 0, 1), ("{2}", 2, 2), ("{1,2}", 1, 2), ("{0,3}", 0, 3), ("{2,}", 2, nil),
        ("{0}", 0, 0),
    ]
}

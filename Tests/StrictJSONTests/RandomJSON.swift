import StrictJSON
import TidemarkTestSupport

extension JSON {
    /// A random value with difficult texts: controls, quotes, canonically equivalent letters, surrogate pairs.
    static func random(depth: Int, using generator: inout SeededGenerator) -> JSON {
        switch Int.random(in: 0..<(depth > 0 ? 7 : 5), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return JSONNumber(lexemes.randomElement(using: &generator) ?? "").map(JSON.number) ?? .null
        case 3, 4: return .string(.random(using: &generator))
        case 5:
            return .array(
                (0..<Int.random(in: 0..<5, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            let members = (0..<Int.random(in: 0..<5, using: &generator)).map { _ in
                (String.random(using: &generator), random(depth: depth - 1, using: &generator))
            }
            return .object(JSONObject(members))
        }
    }

    private static let lexemes = ["0", "-0", "1.0", "1e0", "-12.50E+3", "123456789012345678901234567890", "5432"]
}

extension String {
    static func random(using generator: inout SeededGenerator) -> String {
        let pieces = [
            "a", "B", "é", "e\u{301}", "\u{FB33}", "\u{1F600}", "\"", "\\", "/", "\n", "\u{0}", "\u{1F}", "\u{7F}",
            "\u{2028}", "\u{FEFF}", "", " ",
        ]
        return (0..<Int.random(in: 0..<4, using: &generator)).map { _ in pieces.randomElement(using: &generator) ?? "" }
            .joined()
    }
}

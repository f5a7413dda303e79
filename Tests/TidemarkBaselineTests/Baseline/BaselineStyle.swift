import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkBaseline
@testable import TidemarkKinds

/// A generator of baselines in the styles that people and editors write.
struct BaselineStyle {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    mutating func baseline() -> String {
        if chance(8) { return json() }
        let margin = chance(6) ? String(repeating: " ", count: pick([1, 4, 8])) : ""
        var parts = [
            [
                "environment: \(pick(["antenna-production", "\"antenna-production\"", "'antenna-production'"]))\(comment())"
            ]
        ]
        parts.append(documents())
        parts.append(expect())
        if chance(2) { parts.append(waivers()) }
        if chance(3) { parts.append(["unexpected: [ rds.db-instance ]"]) }
        parts.shuffle(using: &random)
        var lines = chance(4) ? ["---", "# A baseline: with a colon"] : []
        for part in parts {
            lines += part.map { $0.isEmpty ? "" : margin + $0 }
            if chance(3) {
                lines += pick([[""], ["", ""], ["# - finding: nothing"], ["", margin + "  # deeper"], ["  "]])
            }
        }
        if chance(8) { lines += ["..."] + (chance(2) ? ["# over"] : []) }
        // A line break after a block scalar that ends the file would become part of its text.
        let isBlockLast = parts.last?.contains { $0.hasSuffix("|") || $0.hasSuffix("|+") } == true
        let end = chance(3) && !isBlockLast ? "" : "\n"
        let text = lines.joined(separator: "\n") + end
        return chance(3) ? text.replacing("\n", with: "\r\n") : text
    }

    private mutating func documents() -> [String] {
        pick([
            [], ["documents: Das ist — Ä🐘"], ["documents: \"a # b\\n: c\""],
            ["documents: |", "  waivers:", "  - finding: no", ""],
            ["documents: >-  # folded", "  a", "", "  # no comment"], ["documents: 'it''s", "  two lines'"],
        ])
    }

    private mutating func expect() -> [String] {
        let dash = String(repeating: " ", count: pick([0, 2, 4]))
        let gap = String(repeating: " ", count: pick([1, 1, 3]))
        let inner = dash + " " + gap
        return pick([
            [
                "expect:\(comment())", "\(dash)-\(gap)name: a", "\(inner)resource: rds.db-instance", "\(inner)is:",
                "\(inner)  Engine: postgres\(comment())",
            ],
            ["expect: [ { name: a, resource: rds.db-instance, is: { Engine: postgres } } ]"],
            [
                "expect:", "\(dash)- { name: a, resource: rds.db-instance,",
                "\(dash)    is: { Engine: \"post\\u0067res\" } }",
            ],
        ])
    }

    private mutating func waivers() -> [String] {
        if chance(3) {
            return pick([
                ["waivers: []\(comment())"], ["waivers:", "  [ # none", "  ]"],
                [
                    "waivers: [ { finding: adf97b227b11, rule: gone, value: any, owner: a, reason: b, until: 2026-11-30 } ]"
                ],
                [
                    "waivers:", "  [",
                    "    {\"finding\": \"adf97b227b11\", \"rule\": \"gone\", \"value\": [1], \"owner\": \"a\", \"reason\": \"]\", \"until\": \"2026-11-30\"},",
                    "  ]",
                ],
            ])
        }
        let dash = String(repeating: " ", count: pick([0, 2, 4]))
        let gap = String(repeating: " ", count: pick([1, 1, 3]))
        var lines = ["waivers:\(comment())"] + (chance(4) ? ["\(dash)# these"] : [])
        for id in ["adf97b227b11", "857ad0f75db4"].prefix(pick([1, 2])) {
            lines += item(id, dash: dash, gap: gap)
            if chance(4) { lines += pick([[""], ["\(dash)# between"], ["# at the left"]]) }
        }
        return lines
    }

    private mutating func item(_ id: String, dash: String, gap: String) -> [String] {
        let inner = dash + " " + gap
        if chance(5) {
            return [
                "\(dash)-\(gap){ finding: \(id), rule: gone, value: x, owner: a,",
                "\(inner)  reason: b, until: 2026-11-30 }\(comment())",
            ]
        }
        let reason = pick([
            ["\(inner)reason: plain\(comment())"], ["\(inner)reason: 'quoted # text'"],
            ["\(inner)reason: |", "\(inner)  block", "", "\(inner)  - finding: \(id)"],
            ["\(inner)reason: plain", "\(inner)  on two lines"],
            ["\(inner)reason: \"quoted", "\(inner)  on two lines\""], ["\(inner)reason: |+", "\(inner)  kept", "", ""],
        ])
        var members = [
            ["\(inner)rule: gone"], ["\(inner)value: 1.50"], ["\(inner)owner: a"], reason,
            ["\(inner)until: \"2026-11-30\"\(comment())"],
        ]
        members.shuffle(using: &random)
        return ["\(dash)-\(gap)finding: \(id)"] + members.flatMap(\.self)
    }

    private mutating func json() -> String {
        let waivers = pick([
            "", "\"waivers\": [], ",
            "\"waivers\": [{\"finding\": \"adf97b227b11\", \"rule\": \"gone\", \"value\": [1], \"owner\": \"a\", \"reason\": \"b\", \"until\": \"2026-11-30\"}], ",
        ])
        let rest = "\"environment\": \"antenna-production\", \"documents\": \"Ä🐘 {\","
        let expect =
            "\"expect\": [{\"name\": \"a\", \"resource\": \"rds.db-instance\", \"is\": {\"Engine\": \"postgres\"}}]"
        return pick([
            "{\(waivers)\(rest) \(expect)}", "{ \(rest)\n  \(waivers)\n  \(expect)\n}\n",
            "# JSON\n{\(rest)\(waivers)\(expect)}",
        ])
    }

    private mutating func comment() -> String { chance(3) ? pick([" # why: - [x]", "  # \"open", " # Ä🐘"]) : "" }

    /// Whether a random draw of that many hits.
    private mutating func chance(_ count: Int) -> Bool { Int.random(in: 0..<count, using: &random) == 0 }

    private mutating func pick<Element>(_ choices: [Element]) -> Element {
        choices[Int.random(in: 0..<choices.count, using: &random)]
    }
}

@testable import LinearPatterns

/// The patterns of `matches`: each is refused with a position or matched in bounded time.
///
/// The first line of an input is the pattern; the rest is the text.
enum PatternTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        let head = input.prefix { $0 != 0x0A }
        guard let text = String(validating: head, as: UTF8.self),
            let value = String(validating: input.dropFirst(head.count + 1), as: UTF8.self)
        else { return false }
        switch Result(catching: { () throws(PatternError) in try Pattern(text) }) {
        case .success(let pattern):
            let most = pattern.size * (value.unicodeScalars.count + 1)
            try demand(pattern.steps(on: value) <= most, "a match takes no more steps than pattern times text")
        case .failure(let error):
            try demand(error.message.printable.isOneLine, "a mistake is one line")
            try demand(
                (0..<text.unicodeScalars.count).contains(error.offset), "a mistake has a position in the pattern")
        }
        return true
    }
}

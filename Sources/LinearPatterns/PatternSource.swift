/// The input of a pattern's parser: scalars, and values that match literally.
package struct PatternSource {
    /// A part of a pattern, with its offset in the text as written.
    package enum Part {
        case text(String, offset: Int)
        /// A value in any of its spellings; without one, the pattern matches nothing.
        case value([String], offset: Int)
    }

    enum Element: Equatable {
        case scalar(Unicode.Scalar)
        /// A value in any of its spellings.
        case value([String])
    }

    private(set) var elements: [Element] = []
    /// The offset of each element in the text as written.
    private(set) var offsets: [Int] = []
    /// The largest number of instructions that the pattern may compile to.
    let sizeLimit: Int

    /// Far more than any pattern that people write, and few enough to be matched against every attribute.
    private static let writtenLimit = 10_000
    /// Values are long, but each is a plain text.
    private static let resolvedLimit = 200_000

    /// - Parameter isResolved: Whether the values are known: the limit is then larger.
    package init(_ parts: [Part], isResolved: Bool) {
        sizeLimit = isResolved ? Self.resolvedLimit : Self.writtenLimit
        for part in parts {
            switch part {
            case .text(let text, let offset): append(text, at: offset)
            case .value(let spellings, let offset):
                elements.append(.value(spellings))
                offsets.append(offset)
            }
        }
    }

    private mutating func append(_ text: String, at offset: Int) {
        for (place, scalar) in text.unicodeScalars.enumerated() {
            elements.append(.scalar(scalar))
            offsets.append(offset + place)
        }
    }
}

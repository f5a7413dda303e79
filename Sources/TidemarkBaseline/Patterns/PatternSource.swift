/// What a pattern's parser reads: scalars, and values that stand for themselves.
struct PatternSource {
    enum Element: Equatable {
        case scalar(Unicode.Scalar)
        /// The value of a reference, in any of its spellings.
        case value([String])
    }

    private(set) var elements: [Element] = []
    /// Where each element begins in the text as it was written.
    private(set) var offsets: [Int] = []
    /// The most instructions that the pattern may compile to.
    let sizeLimit: Int

    /// Far more than any pattern that people write, and few enough to be matched against every attribute.
    private static let writtenLimit = 10_000
    /// The values of references are long, but each is a plain text.
    private static let resolvedLimit = 200_000

    init(_ text: String) {
        sizeLimit = Self.writtenLimit
        append(text, at: 0)
    }

    /// - Parameter values: The spellings of each reference, in order.
    init(_ template: Template, values: [[String]]? = nil) {
        sizeLimit = values == nil ? Self.writtenLimit : Self.resolvedLimit
        var values = (values ?? [])[...]
        for (part, offset) in zip(template.parts, template.offsets) {
            switch part {
            case .text(let text): append(text, at: offset)
            case .reference:
                elements.append(.value(values.popFirst() ?? []))
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

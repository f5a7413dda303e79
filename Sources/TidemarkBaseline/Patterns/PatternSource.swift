/// The input of a pattern's parser: scalars, and the values of references, which match literally.
struct PatternSource {
    enum Element: Equatable {
        case scalar(Unicode.Scalar)
        /// The value of a reference, in any of its spellings.
        case value([String])
    }

    private(set) var elements: [Element] = []
    /// The offset of each element in the text as written.
    private(set) var offsets: [Int] = []
    /// The largest number of instructions that the pattern may compile to.
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

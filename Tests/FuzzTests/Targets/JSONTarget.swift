import StrictJSON

/// The JSON reader: a value that it accepts survives being written, and an error quotes nothing of the text.
enum JSONTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        switch Result(catching: { () throws(JSONError) in try JSON(parsing: input) }) {
        case .success(let value): try check(value, from: input)
        case .failure(let error):
            try demand((0...input.count).contains(error.offset), "an error is at a byte of the text")
            try demand(
                error.description.isPrintableASCII && error.description.count < 80, "an error shows nothing of the text"
            )
        }
        return true
    }

    private static func check(_ value: JSON, from input: [UInt8]) throws(BrokenProperty) {
        let bytes = value.canonicalBytes
        try demand(bytes.count <= input.count, "no text is shorter than its canonical form")
        try demandReads(bytes, as: value, "canonical")
        try demandReads(Array(value.pretty.utf8), as: value, "indented")
        try demand(value.depth <= 256, "nothing is deeper than 256 levels")
    }

    private static func demandReads(_ text: [UInt8], as value: JSON, _ form: String) throws(BrokenProperty) {
        guard let read = try? JSON(parsing: text) else {
            throw BrokenProperty(description: "the \(form) form reads")
        }
        try demand(read == value && read.hashValue == value.hashValue, "the \(form) form reads as the same value")
        try demand(read.canonicalBytes == value.canonicalBytes, "the \(form) form has the same canonical bytes")
        try demand(
            read.pretty == (form == "indented" ? value.pretty : read.pretty), "the indented form keeps the order")
    }
}

extension JSON {
    /// The deepest nesting of arrays and objects.
    fileprivate var depth: Int {
        switch self {
        case .array(let values): 1 + (values.map(\.depth).max() ?? 0)
        case .object(let object): 1 + (object.members.map(\.value.depth).max() ?? 0)
        default: 0
        }
    }
}

extension String {
    /// The parts of a text, such as a URL, that may be host names: in lower case and without a last dot, which does not change
    /// the meaning of a name.
    var hostNames: [String] {
        split { !$0.isPartOfHostName }.map { ($0.hasSuffix(".") ? $0.dropLast() : $0).lowercased() }
    }
}

extension Character {
    fileprivate var isPartOfHostName: Bool { isASCII && (isLetter || isNumber || self == "." || self == "-") }
}

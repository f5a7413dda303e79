extension String {
    /// What may be host names in a text, such as a URL: in lower case, and without a last dot, with which a name is the
    /// same name.
    var hostNames: [String] {
        split { !$0.isPartOfHostName }.map { ($0.hasSuffix(".") ? $0.dropLast() : $0).lowercased() }
    }
}

extension Character {
    fileprivate var isPartOfHostName: Bool { isASCII && (isLetter || isNumber || self == "." || self == "-") }
}

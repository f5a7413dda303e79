extension String {
    /// The names in a list with commas: `subnet-0a, subnet-0b`.
    var namesInList: [String] {
        split(separator: ",").map { $0.filter { !$0.isWhitespace } }.filter { !$0.isEmpty }
    }
}

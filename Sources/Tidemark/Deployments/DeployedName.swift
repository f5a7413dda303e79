/// A text that may name what was deployed: a label, a tag, a digest or a commit.
package struct DeployedName: Sendable, Hashable {
    /// The text as it was typed.
    package let text: String
    /// The images that it may name; a tag and a digest can look alike.
    package let images: [ImageQuery]
    /// The beginning of a commit; nil if it cannot be one.
    package let commit: String?

    /// The shortest beginning of a commit, in digits: the shortest one that Git prints.
    package static let shortestCommit = 7

    /// - Throws: `Failure` with the code `invalid` for a digest that is too short, or not one.
    package init(_ text: String) throws(Failure) {
        self.text = text
        let isHexadecimal = !text.isEmpty && text.allSatisfy { $0.isASCII && $0.isHexDigit }
        commit = isHexadecimal && Self.shortestCommit...40 ~= text.count ? text.lowercased() : nil
        if let mark = text.firstRange(of: "@sha256:") {
            images = [try ImageQuery("sha256:" + text[mark.upperBound...])]
        } else if isHexadecimal, 8...64 ~= text.count {
            images = [try ImageQuery(text), try ImageQuery("sha256:" + text)]
        } else {
            images = [try ImageQuery(text)]
        }
    }

    /// The repository of a digest, with or without its registry; nil if none is named.
    package var repository: String? {
        text.firstRange(of: "@sha256:").map { String(text[..<$0.lowerBound]) }
    }
}

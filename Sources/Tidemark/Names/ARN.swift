extension String {
    /// The name in an ARN, without the type or the path before it; a name alone is itself: options take both.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.
    var nameInARN: String { split(separator: "/").last.map(String.init) ?? self }
}

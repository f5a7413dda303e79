extension String {
    /// The name in an ARN, without the type or the path before it; a name alone is itself: options take both.
    ///
    /// So is a text of another form: the end of a URL may be a secret, which without its beginning nobody recognises.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.
    var nameInARN: String {
        guard NamedForm.role.admits(self) else { return self }
        return split(separator: "/").last.map(String.init) ?? self
    }
}

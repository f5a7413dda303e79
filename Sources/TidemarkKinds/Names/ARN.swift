extension String {
    /// The name in an ARN, without the type or the path before it; a name alone stays as it is, because options accept both.
    ///
    /// Any other text stays whole: the end of a URL may be a secret, which cannot be recognised without its beginning.
    ///
    /// Source: <https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html>.
    var nameInARN: String {
        guard NamedForm.role.admits(self) else { return self }
        return split(separator: "/").last.map(String.init) ?? self
    }
}

import StrictJSON

/// A function in an option's value of a bundle, which EB computes when it applies the bundle: `` `{"Ref": "AWSEBSecurityGroup"}` ``.
///
/// A *reference* is a function whose arguments are names. Other functions have arguments that may be any text.
///
/// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/dg/ebextensions-functions.html>.
enum BundleFunction {
    /// The harmless text in the place of a reference when the form of the text around it is checked.
    static let placeholder = "0"

    /// Whether there is a function between two backquotes.
    static func isPart(of text: String) -> Bool {
        text.split(separator: "`", omittingEmptySubsequences: false).dropFirst().dropLast().contains { part in
            part.first { !$0.isWhitespace } == "{" && part.last { !$0.isWhitespace } == "}"
        }
    }

    static func replacingReferences(in text: String) -> String {
        guard isPart(of: text) else { return text }
        let reference =
            #/
            ` \s* \{ \s* "(?: Ref | Fn::GetAtt )" \s* : \s*
            (?: "[A-Za-z0-9:.]{1,128}" | \[ \s* "[A-Za-z0-9]{1,64}" \s* , \s* "[A-Za-z0-9.]{1,64}" \s* \] )
            \s* \} \s* `
            /#
        return text.replacing(reference, with: placeholder)
    }

    /// Whether an object outside a text is a reference.
    static func isReference(_ value: JSON) -> Bool {
        replacingReferences(in: "`\(value.canonical)`") == placeholder
    }
}

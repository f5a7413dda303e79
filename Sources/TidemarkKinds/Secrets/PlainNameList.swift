/// A list of environment variables that are not secret, each with the form of its harmless values.
///
/// A line is `NAME: FORM`, with the forms of `options.txt`; a line that begins with `#` is a comment.
public struct PlainNameList: Sendable, Hashable {
    /// The forms by the names of the variables.
    let forms: [String: OptionForm]
    /// The lines that name a variable.
    let lines: [Substring]
    /// The lines that do not have this format, or name a variable twice.
    public let mistakes: [Substring]

    /// Parses a list; lines without the format are collected in `mistakes`.
    /// - Parameter text: The text of the list.
    public init(_ text: String) {
        var forms: [String: OptionForm] = [:]
        var mistakes: [Substring] = []
        let lines = text.split(separator: "\n").filter { !$0.hasPrefix("#") }
        for line in lines {
            guard let colon = line.firstRange(of: ": "), let form = OptionForm(line[colon.upperBound...]),
                forms.updateValue(form, forKey: String(line[..<colon.lowerBound])) == nil
            else {
                mistakes.append(line)
                continue
            }
        }
        self.forms = forms
        self.lines = lines
        self.mistakes = mistakes
    }
}

import ArgumentParser
import TidemarkKinds

/// An option whose value is a text, as it was passed.
struct TextOption {
    /// As it is typed: `--by`.
    let name: String
    /// Nil if the option was left out.
    let text: String?
    /// What its value is, for messages: `a name`.
    let noun: String

    init(_ name: String, _ text: String?, _ noun: String) {
        self.name = name
        self.text = text
        self.noun = noun
    }

    func refuseBlank() throws {
        guard let text, text.allSatisfy(\.isWhitespace) else { return }
        throw ValidationError("\(name) is empty: pass \(noun), or leave the option out")
    }

    /// Refuses a text that would be stored redacted if it were AWS's: a recorded text is stored as passed.
    func refuseSecrets() throws {
        guard let secret = text.flatMap(SecretNoun.init(in:)) else { return }
        throw ValidationError("\(name) has \(secret.noun) in it, which would be stored: leave that out")
    }
}

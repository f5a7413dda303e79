import SignedTokens
import StrictJSON

/// The reader of signed tokens and of sets of keys: a key reads as it is written, and a problem is short.
enum TokenTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        for key in JSONWebKeySet(input)?.keys ?? [] {
            try demand(JSONWebKey(json: key.json) == key, "a key reads as it is written")
        }
        let text = String(decoding: input, as: UTF8.self)
        switch Result(catching: { () throws(TokenProblem) in try JSONWebToken(text) }) {
        case .success(let token): try check(token)
        case .failure(let problem): try demand(problem.description.count < 300, "a problem is short")
        }
        return true
    }

    private static func check(_ token: JSONWebToken) throws(BrokenProperty) {
        let checked = Result { () throws(TokenProblem) in
            try token.check(issuers: ["https://issuer.example"], audience: "tidemark", at: 1_795_466_443)
        }
        guard case .failure(let problem) = checked else { return }
        try demand(problem.description.count < 300, "a problem is short")
    }
}

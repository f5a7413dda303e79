import StrictJSON
import Testing
import TidemarkTestSupport

@testable import SignedTokens

@Suite struct JSONWebTokenTests {
    private static let issuer = TestIssuer()
    private static let now: Int64 = 1_795_466_443

    private func problem(_ text: String, _ audience: String = "tidemark:1", at seconds: Int64 = now) -> TokenProblem? {
        do throws(TokenProblem) {
            let token = try JSONWebToken(text)
            let keys = JSONWebKeySet(Self.issuer.keySet)
            guard let key = keys?[token.keyID] else { throw .unknownKey(token.keyID) }
            try token.verify(with: key)
            try token.check(issuers: [Self.issuer.name], audience: audience, at: seconds)
            return nil
        } catch { return error }
    }

    private func token(
        _ audience: JSON = "tidemark:1", claims: JSONObject = [:], header: JSONObject = [:]
    ) -> String {
        Self.issuer.token(audience: audience, at: Self.now, claims: claims, header: header)
    }

    @Test func `a token of the issuer for the audience holds`() {
        #expect(problem(token()) == nil)
        #expect(problem(token(["tidemark:1"])) == nil)
    }

    @Test func `a token of another algorithm is refused, whatever its signature`() {
        for name in ["none", "HS256", "RS512", "PS256", "ES256", "rs256"] {
            #expect(problem(token(header: ["alg": .string(name)])) == .algorithm(name))
        }
        let unsigned = token(header: ["alg": "none"]).split(separator: ".").prefix(2).joined(separator: ".")
        #expect(problem("\(unsigned).") == .algorithm("none"))
    }

    @Test func `a header with critical extensions is refused`() {
        #expect(problem(token(header: ["crit": ["exp"], "exp": 1])) == .extensions)
    }

    @Test func `a changed claim, and a signature of another key, are refused`() {
        let parts = token().split(separator: ".").map(String.init)
        let other = token(claims: ["run_id": "78"]).split(separator: ".").map(String.init)
        #expect(problem("\(parts[0]).\(other[1]).\(parts[2])") == .signature)
        #expect(problem(TestIssuer().token(audience: "tidemark:1", at: Self.now)) == .signature)
    }

    @Test func `a key that the issuer does not have is refused`() {
        let other = TestIssuer(keyID: "key-2").token(audience: "tidemark:1", at: Self.now)
        #expect(problem(other) == .unknownKey("key-2"))
    }

    @Test func `another issuer is refused`() {
        for name in [
            "https://token.actions.githubusercontent.com/", "https://gitlab.com", "",
            // The Kelvin sign is equal to a K for Swift.
            "https://to\u{212A}en.actions.githubusercontent.com",
        ] {
            #expect(problem(token(claims: ["iss": .string(name)])) == .issuer(name))
        }
    }

    @Test func `another audience, and more than one, are refused`() {
        #expect(problem(token("tidemark:2")) == .audience(count: 1))
        #expect(problem(token(["tidemark:1", "sts.amazonaws.com"])) == .audience(count: 2))
        #expect(problem(token([])) == .audience(count: 0))
    }

    @Test(arguments: [(-361, true), (-360, false), (359, false), (360, true)])
    func `a token holds within its time, and a minute around it`(_ offset: Int64, _ isRefused: Bool) {
        // It is issued now, not valid 300 seconds before, and for 300 seconds.
        let token = Self.issuer.token(audience: "tidemark:1", at: Self.now, claims: ["iat": .init(Self.now - 300)])
        #expect((problem(token, at: Self.now + offset) != nil) == isRefused)
    }

    @Test func `the reason names the time`() {
        #expect(problem(token(), at: Self.now + 400) == .expired)
        #expect(problem(token(), at: Self.now - 100) == .notYetValid)
        #expect(problem(token(claims: ["exp": "soon"])) == .malformed)
        #expect(problem(token(claims: ["nbf": "soon"])) == .malformed)
    }

    @Test(arguments: ["", ".", "..", "a.b.c", "e30.e30.", "e30.e30", "e30.e30.e30.e30"])
    func `what is not a signed token is refused`(_ text: String) {
        #expect([.malformed, .algorithm("?")].contains(problem(text)))
    }

    @Test func `a token that is too long, or has duplicate members, is refused`() {
        #expect(problem(token(claims: ["x": .string(String(repeating: "y", count: 20_000))])) == .malformed)
        let parts = token().split(separator: ".")
        let doubled = TestIssuer.encode(Array(#"{"alg":"none","alg":"RS256","kid":"key-1"}"#.utf8))
        #expect(problem("\(doubled).\(parts[1]).\(parts[2])") == .malformed)
    }

    @Test func `a key that is weak, or of another kind, is left out of a set`() throws {
        var members = try #require(Self.issuer.publicKey.object)
        let whole = members
        #expect(JSONWebKey(json: .object(members)) != nil)
        let changes: [(String, JSON)] = [
            ("kty", "EC"), ("alg", "RS512"), ("use", "enc"), ("e", "AQ"), ("e", "Ag"), ("n", "AQAB"), ("n", "="),
            ("kid", nil),
        ]
        for (name, value) in changes {
            members = whole
            members[name] = value
            #expect(JSONWebKey(json: .object(members)) == nil, "\(name)")
        }
    }

    @Test func `a set with two keys of one id has neither`() {
        let set = JSONWebKeySet(
            JSON.object(["keys": [Self.issuer.publicKey, Self.issuer.publicKey]]).canonicalBytes)
        #expect(set?.keys.count == 2)
        #expect(set?["key-1"] == nil)
        #expect(JSONWebKeySet(Array("{}".utf8)) == nil)
    }

    /// The example of RFC 7515, appendix A.2, whose key is its own.
    @Test func `the example of the standard verifies`() throws {
        let key = try #require(
            JSONWebKey(json: [
                "kty": "RSA", "kid": "a",
                "n":
                    "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOWvG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUsLA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9kG4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2PAcDTW9gb54h4FRWyuXpoQ",
                "e": "AQAB",
            ]))
        let message =
            "eyJhbGciOiJSUzI1NiJ9"
            + ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
        let signature = try #require(
            Base64URL.decode(
                "cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqvhJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrBp0igcN_IoypGlUPQGe77Rw"
            ))
        #expect(key.verifies(signature, over: message.utf8))
        #expect(!key.verifies(signature, over: "\(message)x".utf8))
        #expect(!key.verifies([], over: message.utf8))
    }
}

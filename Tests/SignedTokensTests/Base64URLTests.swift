import Testing

@testable import SignedTokens

@Suite struct Base64URLTests {
    @Test(arguments: [("", ""), ("Zg", "f"), ("Zm8", "fo"), ("Zm9v", "foo"), ("Zm9vYmFy", "foobar"), ("Pz8_", "???")])
    func `a text is decoded`(_ text: String, _ decoded: String) {
        #expect(Base64URL.decode(text) == Array(decoded.utf8))
    }

    @Test(arguments: ["Zg==", "Z", "Zh", "Zm9", "Zm+v", "Zm/v", "Zm 9v", "Zm9v\n", "Zmé"])
    func `a text that is not the only encoding of its bytes is refused`(_ text: String) {
        #expect(Base64URL.decode(text) == nil)
    }
}

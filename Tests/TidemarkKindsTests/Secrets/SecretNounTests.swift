import Testing

@testable import TidemarkKinds

struct SecretNounTests {
    @Test(
        arguments: [
            ("https://ci.example/runs/7", nil), ("https://dev.azure.com/a/_build/results?buildId=77&view=results", nil),
            ("https://ci.example/runs/7?token=abcdefghijk", "URL parameters that may be secret"),
            ("https://ci.example/?buildId=77&sig=abc", "URL parameters that may be secret"),
            ("https://a:b@ci.example/?buildId=77", "a user name or a password"),
        ] as [(String, String?)])
    func `the address of a run is not a secret, unlike its other parts`(text: String, noun: String?) {
        #expect(SecretNoun(in: text)?.noun == noun)
    }
}

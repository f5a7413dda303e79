import StrictJSON

@testable import Tidemark
@testable import TidemarkKinds

/// The redaction of URLs: no part of a secret is stored.
///
/// An input is a letter that selects the secret's position in a URL, and the secret. In it, `S` is replaced by a word
/// that occurs nowhere else, so that a part of it in the stored text comes from the secret.
enum URLTarget {
    private static let word = "QWXZJKVYQJZX"

    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        guard let choice = input.first, let text = String(validating: input.dropFirst(), as: UTF8.self),
            !spellsParameter(text)
        else { return false }
        let secret = text.contains("S") ? text.replacing("S", with: word) : word + text
        let (before, after) = places[Int(choice) % places.count]
        let url = before + secret + after
        try demandNothing(of: url, isStoredAs: stored(url))
        try demandStability(of: url)
        return true
    }

    private static let places = [
        ("postgres://user:", "@host:5432/db"), ("postgres://", "@host/db?sslmode=require"),
        ("rediss://:", "@host:6379/0?ssl_cert_reqs=none"), ("https://", "@o1.ingest.sentry.io/4507"),
        ("https://host/", ""), ("https://host/a/", "?b=c"), ("https://host/?X-Amz-Signature=", "&x=y"),
        ("https://host/#", ""), ("https://host/?", ""), ("redis://host/0?password=", ""),
        ("redis://host/0?timeout=5&", "=1&a=b"), ("host/", ""), ("postgres://user:pass@[::1]:5432/db#", ""),
        ("postgres://user:", "@host@host/db"), ("postgres://user:", "%40host:5432/db"), ("user:", "@host"),
        (" postgres://user:", "@host/db"), ("postgres://user:", "@host/db\n"), ("postgres:///", ""),
        ("redis://host/0?ssl_cert_reqs=none&", ""),
    ]

    /// Whether it looks like a harmless parameter: a password like `&timeout=5` cannot be distinguished from one.
    private static func spellsParameter(_ text: String) -> Bool {
        RedactedQuery.harmlessParameters.contains { text.lowercased().contains("\($0)=") }
    }

    private static func stored(_ url: String) -> [UInt8] {
        RedactedValue.url(.string(url)).stored.canonicalBytes
    }

    private static func demandNothing(of url: String, isStoredAs stored: [UInt8]) throws(BrokenProperty) {
        let letters = Array(word.utf8)
        for start in 0...(letters.count - 6) {
            try demand(stored.ranges(of: letters[start..<start + 6]).isEmpty, "no piece of a secret is stored")
        }
    }

    /// Checks that a redacted URL stays the same when it is redacted again.
    private static func demandStability(of url: String) throws(BrokenProperty) {
        guard let redacted = RedactedURL(url) else { return }
        try demand(RedactedURL(redacted.text)?.text == redacted.text, "a redacted URL stays as it is")
        try demand(
            redacted.secrets.allSatisfy { url.contains($0.text) || $0.part == "query" }, "a secret is of the URL")
    }
}

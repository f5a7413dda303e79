import HTTPTransfers
import Testing

/// An error of the transport shows no password, whatever libcurl reports.
@Suite struct UserInfoTests {
    @Test(arguments: [
        ("Unsupported proxy scheme for 'ftp://u:hush@127.0.0.1:1080'", "Unsupported proxy scheme for 'ftp://REDACTED'"),
        (
            "Unsupported proxy syntax in 'http://u:hush@[bad': Bad IPv6",
            "Unsupported proxy syntax in 'http://REDACTED': Bad IPv6"
        ),
        ("Unsupported proxy syntax in 'u:hu'sh@h'", "Unsupported proxy syntax in 'REDACTED'"),
        ("Unsupported proxy syntax in 'http://u:hush'", "Unsupported proxy syntax in 'http://REDACTED'"),
        ("Unsupported proxy syntax in 'u:p://hush@h'", "Unsupported proxy syntax in 'REDACTED'"),
        ("Could not resolve proxy: u:hush@ h@proxy.example", "Could not resolve proxy: REDACTED@proxy.example"),
        ("URL rejected in 'https://u:hu/sh@h/path'", "URL rejected in 'https://REDACTED@h/path'"),
        ("no colon u:hush@h", "REDACTED@h"),
        ("Could not resolve host: rds.example", "Could not resolve host: rds.example"),
        (
            "SSL: no alternative certificate subject name matches target host name 'localhost'",
            "SSL: no alternative certificate subject name matches target host name 'localhost'"
        ),
        ("Could not resolve proxy: proxy.example", "Could not resolve proxy: proxy.example"),
        ("'", "'"), ("@", "REDACTED@"), ("proxy '", "proxy '"), ("", ""),
    ])
    func `possible passwords are redacted in a transport error`(_ text: String, _ expected: String) {
        #expect(TransportError(.connection, text).message == expected)
    }
}

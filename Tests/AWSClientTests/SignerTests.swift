import StrictJSON
import Testing

@testable import AWSClient

/// AWS's own test suite for Signature Version 4 with header signing: 30 of its 38 cases. The others leave the path as it
/// is or the session token unsigned, which no service in the wire table needs.
@Suite struct SignerTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let json: JSON
        var testDescription: String { json.text("name") }

        var signer: Signer {
            let context = json["context"] ?? [:]
            let credentials = context["credentials"] ?? [:]
            return Signer(
                credentials: Credentials(
                    accessKeyID: credentials.text("access_key_id"),
                    secretAccessKey: credentials.text("secret_access_key"),
                    sessionToken: credentials["token"]?.string),
                service: context.text("service"), region: context.text("region"),
                sendsBodyHash: context["sign_body"] == true)
        }

        /// The request of a case. A header line that starts with a space continues the one before.
        var request: SignableRequest {
            let halves = json.text("request").split(separator: "\n\n", maxSplits: 1)
            let lines = halves[0].split(separator: "\n")
            let target = lines[0].split(separator: " ").dropFirst().dropLast().joined(separator: " ")
            let parts = target.split(separator: "?", maxSplits: 1)
            var headers: [HTTPHeader] = []
            for line in lines.dropFirst() {
                if line.hasPrefix(" "), let last = headers.popLast() {
                    headers.append(HTTPHeader(last.name, "\(last.value)\n\(line)"))
                } else {
                    let field = line.split(separator: ":", maxSplits: 1)
                    headers.append(HTTPHeader(String(field[0]), String(field[1])))
                }
            }
            return SignableRequest(
                method: String(lines[0].prefix { $0 != " " }), path: String(parts[0]),
                query: parts.count > 1 ? String(parts[1]) : "", headers: headers,
                body: halves.count > 1 ? Array(halves[1].utf8) : [])
        }

        var signature: Signer.Signature {
            let timestamp = json["context"]?.text("timestamp") ?? ""
            return signer.sign(request, at: UTCTime(parsing: timestamp) ?? UTCTime(milliseconds: 0))
        }
    }

    static let vectors = Vectors.read("sigv4-vectors.json").filter {
        $0["context"]?["normalize"] == true && $0["context"]?["omit_session_token"] != true
    }.map(Vector.init)

    @Test func `there are 30 official cases`() {
        #expect(Self.vectors.count == 30)
    }

    @Test(arguments: vectors)
    func `the canonical request is the suite's`(_ vector: Vector) {
        #expect(vector.signature.canonicalRequest == vector.json.text("canonical_request"))
    }

    @Test(arguments: vectors)
    func `the string to sign is the suite's`(_ vector: Vector) {
        #expect(vector.signature.stringToSign == vector.json.text("string_to_sign"))
    }

    @Test(arguments: vectors)
    func `the signature is the suite's`(_ vector: Vector) {
        #expect(vector.signature.hexadecimal == vector.json.text("signature"))
    }

    @Test func `the path is signed as it is sent for S3`() {
        var signer = Signer(
            credentials: Credentials(accessKeyID: "AKIDEXAMPLE", secretAccessKey: "secret"), service: "s3",
            region: "us-east-1", pathRule: .verbatim, sendsBodyHash: true)
        let request = SignableRequest(
            method: "GET", path: "/bucket//a/../b%20c", headers: [HTTPHeader("Host", "s3.amazonaws.com")])
        func canonicalPath() -> Substring {
            signer.sign(request, at: UTCTime(milliseconds: 0)).canonicalRequest.split(separator: "\n")[1]
        }
        #expect(canonicalPath() == "/bucket//a/../b%20c")
        signer.pathRule = .normalized
        #expect(canonicalPath() == "/bucket/b%2520c")
    }

    @Test func `parameters are sorted by their encoded names, then by their encoded values`() {
        let signer = Signer(
            credentials: Credentials(accessKeyID: "a", secretAccessKey: "b"), service: "s", region: "r")
        let request = SignableRequest(
            method: "GET", path: "/", query: "b=%2F&a=z&a=y&A=1&c", headers: [HTTPHeader("Host", "h")])
        let lines = signer.sign(request, at: UTCTime(milliseconds: 0)).canonicalRequest.split(separator: "\n")
        #expect(lines[2] == "A=1&a=y&a=z&b=%2F&c=")
    }
}

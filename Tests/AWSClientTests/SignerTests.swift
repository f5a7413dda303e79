import StrictJSON
import Testing

@testable import AWSClient

/// The 38 cases of AWS's own test suite for Signature Version 4 with header signing.
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
                pathRule: context["normalize"] == true ? .normalized : .unnormalized,
                sendsBodyHash: context["sign_body"] == true,
                signsSessionToken: context["omit_session_token"] != true)
        }

        /// The request as a client sends it: what stands bare in the suite is percent-encoded.
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

    static let vectors = Vectors.read("sigv4-vectors.json").map(Vector.init)

    @Test func `there are 38 official cases`() {
        #expect(Self.vectors.count == 38)
    }

    @Test(arguments: vectors)
    func `the canonical request is AWS's`(_ vector: Vector) {
        #expect(vector.signature.canonicalRequest == vector.json.text("canonical_request"))
    }

    @Test(arguments: vectors)
    func `the string to sign is AWS's`(_ vector: Vector) {
        #expect(vector.signature.stringToSign == vector.json.text("string_to_sign"))
    }

    @Test(arguments: vectors)
    func `the signature is AWS's`(_ vector: Vector) {
        #expect(vector.signature.hexadecimal == vector.json.text("signature"))
    }

    @Test func `a session token that is not signed is sent all the same`() throws {
        let vector = try #require(Self.vectors.first { $0.testDescription == "post-sts-header-after" })
        #expect(vector.signature.headers.contains { $0.name == "X-Amz-Security-Token" })
        #expect(!vector.signature.canonicalRequest.contains("security-token"))
    }

    @Test func `S3 signs the path as it is sent`() {
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

    @Test func `parameters are sorted as they are encoded, by name and then by value`() {
        let signer = Signer(
            credentials: Credentials(accessKeyID: "a", secretAccessKey: "b"), service: "s", region: "r")
        let request = SignableRequest(
            method: "GET", path: "/", query: "b=%2F&a=z&a=y&A=1&c", headers: [HTTPHeader("Host", "h")])
        let lines = signer.sign(request, at: UTCTime(milliseconds: 0)).canonicalRequest.split(separator: "\n")
        #expect(lines[2] == "A=1&a=y&a=z&b=%2F&c=")
    }
}

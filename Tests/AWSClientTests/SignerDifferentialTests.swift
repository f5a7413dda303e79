import StrictJSON
import Testing

@testable import AWSClient

/// Compares the signer with botocore: `Vectors/signatures.py` signs the same requests.
@Suite struct SignerDifferentialTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let fields: [JSON]
        var testDescription: String { "\(text(0)) \(text(4)) \(text(5))?\(text(6))" }

        func text(_ index: Int) -> String { fields[index].string ?? "" }

        var signer: Signer {
            let isS3 = text(0) == "s3"
            return Signer(
                credentials: Credentials(
                    accessKeyID: "AKIDEXAMPLE", secretAccessKey: "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
                    sessionToken: fields[3].string),
                service: text(0), region: text(1), pathRule: isS3 ? .verbatim : .normalized, sendsBodyHash: isS3)
        }

        var request: SignableRequest {
            let headers = (fields[7].array ?? []).compactMap(\.array).map {
                HTTPHeader($0[0].string ?? "", $0[1].string ?? "")
            }
            return SignableRequest(
                method: text(4), path: text(5), query: text(6), headers: headers, body: Array(text(8).utf8))
        }
    }

    static let vectors = Vectors.read("signatures.json").compactMap(\.array).map(Vector.init)

    @Test(arguments: vectors)
    func `a signature equals botocore's`(_ vector: Vector) throws {
        let time = try #require(UTCTime(parsing: vector.text(2)))
        let signature = vector.signer.sign(vector.request, at: time)
        #expect(signature.hexadecimal == vector.text(9), "\(signature.canonicalRequest)")
    }

    @Test func `there are hundreds of vectors for S3 and for other services, with and without a token`() {
        let s3 = Self.vectors.count { $0.text(0) == "s3" }
        let temporary = Self.vectors.count { $0.fields[3] != .null }
        #expect(Self.vectors.count == 400)
        #expect((100...300).contains(s3) && (100...300).contains(temporary))
    }
}

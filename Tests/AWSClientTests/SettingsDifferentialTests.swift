import AWSShapes
import StrictJSON
import Testing

@testable import AWSClient

/// Compares the reading of shared files with botocore: `Vectors/profiles.py` writes what botocore reads from the same
/// files.
@Suite struct SettingsDifferentialTests {
    struct Vector: CustomTestStringConvertible, Sendable {
        let json: JSON
        var testDescription: String { json.text("case") }
        var expected: JSON { json["expected"] ?? .null }

        func settings() throws(AWSError) -> AWSSettings {
            let files = Self.texts(json["files"]).map { ($0.replacing("~", with: "/home/me"), $1) }
            return try AWSSettings(
                Self.texts(json["environment"]).merging(["HOME": "/home/me"]) { $1 }, profile: json["profile"]?.string,
                files: .test(Dictionary(uniqueKeysWithValues: files)))
        }

        private static func texts(_ json: JSON?) -> [String: String] {
            Dictionary(uniqueKeysWithValues: (json?.object?.members ?? []).map { ($0.key, $0.value.string ?? "") })
        }
    }

    static let vectors = Vectors.read("profiles.json").map(Vector.init)

    @Test(arguments: vectors.filter { $0.expected["error"] == nil })
    func `keys, region and endpoints equal botocore's`(_ vector: Vector) async throws {
        let settings = try vector.settings()
        #expect(settings.region == vector.expected["region"]?.string)
        let expected = vector.expected["keys"]?.array?.map(\.string)
        let credentials = try? await settings.credentials()
        #expect(credentials.map { [$0.accessKeyID, $0.secretAccessKey, $0.sessionToken] } == expected)
        for name in ["rds", "elasticbeanstalk", "sts"] {
            let service = try #require(WireTable.service(named: name))
            let endpoint = try settings.endpoints.endpoint(of: service, region: "us-east-1")
            let url = vector.expected["endpoints"]?[name]?.string
            #expect(endpoint == url.flatMap { Endpoint(url: $0, signingRegion: "us-east-1") } ?? endpoint)
            #expect((endpoint.scheme == "http") == (url != nil))
        }
    }

    @Test(arguments: vectors.filter { $0.expected["error"] != nil })
    func `an error of botocore's is an error that names the cause and quotes no secret`(_ vector: Vector) async throws {
        let reason = vector.expected.text("error")
        let error = await #expect(throws: AWSError.self) {
            let settings = try vector.settings()
            if reason == "half" { _ = try await settings.credentials() }
            let service = try #require(WireTable.service(named: "rds"))
            _ = try settings.endpoints.endpoint(of: service, region: "us-east-1")
        }
        let words = [
            "profile": "no profile '", "file": " cannot be used: line ", "half": "both", "services": "names services '",
        ]
        let message = try #require(error?.message)
        #expect(message.contains(words[reason] ?? "?"))
        #expect(!message.contains("hush") && !message.contains("AKID"))
    }
}

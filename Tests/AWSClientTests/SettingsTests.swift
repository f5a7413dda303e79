import AWSShapes
import Testing

@testable import AWSClient

@Suite struct SettingsTests {
    static let pair = "aws_access_key_id = AKID\naws_secret_access_key = hush\n"

    private func message(_ settings: () throws -> AWSSettings) -> String? {
        #expect(throws: AWSError.self) { _ = try settings() }?.message
    }

    @Test func `an unknown profile is an error that lists the profiles`() {
        let config = "[default]\n[profile b]\n"
        #expect(
            message { try .test(config: config, credentials: "[a]\n", profile: "x") }
                == "no profile 'x' in '/home/me/.aws/config' or '/home/me/.aws/credentials': there are 'a', 'b', 'default'"
        )
        #expect(
            message { try .test(config: "[default]", ["AWS_PROFILE": "x"]) }?.hasSuffix(": there is only 'default'")
                == true)
        #expect(message { try .test(profile: "x") }?.hasSuffix(": neither has any profile") == true)
        let many = (10..<30).map { "[profile p\($0)]\n" }.joined()
        #expect(message { try .test(config: many, profile: "x") }?.hasSuffix("'p21' and 8 more") == true)
    }

    @Test(arguments: [
        ("[default]\nhush\n", 2, "is neither [section] nor 'name = value'"),
        ("hush = 1\n", 1, "is before the first [section]"),
        ("[default]\r\n\r\nhush = 1\r\nhush = 2", 4, "repeats an option of its section"),
        ("[hush]\n\n[hush]", 3, "repeats a section"),
        ("[a]\ns3 =\n\n # note\n  hush", 5, "is indented, but not 'name = value'"),
        ("\u{feff}[default]\n", 1, "is before the first [section]"),
    ])
    func `an error in a file names file and line, and quotes nothing`(
        _ text: String, _ line: Int, _ reason: String
    ) {
        let message = message { try .test(credentials: text) }
        #expect(message == "'/home/me/.aws/credentials' cannot be used: line \(line) \(reason): correct it")
    }

    @Test func `malformed UTF-8 is an error that names the line`() {
        let files = ClientFiles(read: { _ in Array("[default]\nregion = x\n".utf8) + [0xC3, 0x28] })
        #expect(
            message { try AWSSettings(["HOME": "/"], files: files) }
                == "'/.aws/config' cannot be used: line 3 is not UTF-8: correct it")
    }

    @Test
    func `a variable selects the profile, and the newer variable takes precedence as in version 2 of the AWS CLI`()
        throws
    {
        let config = "[profile a]\nregion = in-a\n[profile b]\nregion = in-b\n"
        let both = ["AWS_PROFILE": "a", "AWS_DEFAULT_PROFILE": "b"]
        #expect(try AWSSettings.test(config: config, both).region == "in-a")
        #expect(try AWSSettings.test(config: config, ["AWS_PROFILE": "", "AWS_DEFAULT_PROFILE": "b"]).region == "in-b")
        #expect(try AWSSettings.test(config: config, both, profile: "b").region == "in-b")
    }

    @Test func `the region is AWS_REGION, else AWS_DEFAULT_REGION, else the profile's`() throws {
        let config = "[default]\nregion = in-profile\n"
        var environment = ["AWS_REGION": "newer", "AWS_DEFAULT_REGION": "older"]
        #expect(try AWSSettings.test(config: config, environment).region == "newer")
        environment["AWS_REGION"] = ""
        #expect(try AWSSettings.test(config: config, environment).region == "older")
        #expect(try AWSSettings.test(config: config).region == "in-profile")
        #expect(try AWSSettings.test(config: "[default]\nregion =\n").region == nil)
    }

    @Test func `the certificate authorities are the variable's, else the profile's`() throws {
        let config = "[default]\nca_bundle = /p.pem\n"
        #expect(try AWSSettings.test(config: config, ["AWS_CA_BUNDLE": "/v.pem"]).certificateAuthorities == "/v.pem")
        #expect(try AWSSettings.test(config: config, ["AWS_CA_BUNDLE": ""]).certificateAuthorities == "/p.pem")
        #expect(try AWSSettings.test().certificateAuthorities == nil)
    }

    @Test(arguments: [
        (
            "[default]\naws_access_key_id = AKID\n",
            "profile 'default' in '/home/me/.aws/config' has no aws_secret_access_key"
        ),
        (
            "[default]\naws_secret_access_key = hush\n",
            "has aws_secret_access_key, but no aws_access_key_id: write both"
        ),
        ("[default]\naws_access_key_id =\naws_secret_access_key = hush\n", "has no valid aws_access_key_id"),
        (
            "[default]\naws_access_key_id = AKID\naws_secret_access_key =\n  hush = x\n",
            "has no valid aws_secret_access_key"
        ),
        (
            "[default]\naws_access_key_id = AKID\naws_secret_access_key = hu\n  sh\n",
            "has no valid aws_secret_access_key"
        ),
    ])
    func `half a key pair is an error that names profile and file`(_ config: String, _ expected: String) async throws {
        let settings = try AWSSettings.test(config: config)
        let error = await #expect(throws: AWSError.self) { try await settings.credentials() }
        #expect(error?.reason == .credentials)
        #expect(error?.message.contains(expected) == true)
        #expect(error?.message.contains("hu") == false)
    }

    @Test(arguments: ["1", " 7 ", "+2", "007"])
    func `a number of attempts is read as botocore reads it`(_ text: String) throws {
        let number = try #require(Int(text.filter { !$0.isWhitespace }))
        #expect(try AWSSettings.test(["AWS_MAX_ATTEMPTS": text]).retries.maximumAttempts == number)
        #expect(try AWSSettings.test(config: "[default]\nmax_attempts =\(text)\n").retries.maximumAttempts == number)
    }

    @Test func `the default is three attempts`() throws {
        #expect(try AWSSettings.test().retries.maximumAttempts == 3)
        #expect(
            try AWSSettings.test(config: "[default]\nmax_attempts =\n", ["AWS_MAX_ATTEMPTS": ""]).retries
                .maximumAttempts == 3)
    }

    @Test(arguments: ["0", "-1", "many", "1.5", "3 4", " ", "0x3", "99999999999999999999"])
    func `an invalid number of attempts is an error that names the setting`(_ text: String) {
        let advice = "write a whole number of at least 1"
        #expect(
            message { try .test(["AWS_MAX_ATTEMPTS": text]) }
                == "invalid number of attempts '\(text)' in AWS_MAX_ATTEMPTS: \(advice)")
        guard text != " " else { return }
        #expect(
            message { try .test(config: "[profile a]\nmax_attempts = \(text)\n", profile: "a") }
                == "invalid number of attempts '\(text)' in max_attempts of profile 'a': \(advice)")
    }

    @Test func `an error about a number of attempts quotes nothing of a block below it`() {
        let message = message { try .test(config: "[default]\nmax_attempts =\n  hush = x\n") }
        #expect(
            message
                == "invalid number of attempts '' in max_attempts of profile 'default': write a whole number of at least 1"
        )
    }

    @Test func `an invalid endpoint of a profile is an error that does not quote it`() throws {
        let settings = try AWSSettings.test(config: "[default]\nendpoint_url = http://user:hush@h\n")
        let service = try #require(WireTable.service(named: "rds"))
        let error = #expect(throws: AWSError.self) { try settings.endpoints.endpoint(of: service, region: "r") }
        #expect(error?.message.hasPrefix("endpoint_url of profile 'default' is not an http or https URL") == true)
        #expect(error?.message.contains("hush") == false)
    }

    @Test func `regular files are read, and everything else counts as missing`() throws {
        #expect(try ClientFiles.system.read("/dev/null") == nil)
        #expect(try ClientFiles.system.read("/") == nil)
        #expect(try ClientFiles.system.read("/no/such/file") == nil)
        #expect(try ClientFiles.system.read(#filePath)?.starts(with: "import ".utf8) == true)
        #expect(ClientFiles.system.home()?.hasPrefix("/") == true)
    }

    #if os(Linux)
    @Test func `an unreadable file is an error that says why`() {
        // No memory is mapped at address 0, for any reader.
        let error = #expect(throws: AWSError.self) { try ClientFiles.system.read("/proc/self/mem") }
        #expect(error?.reason == .credentials)
        #expect(error?.message == "'/proc/self/mem' cannot be read: Input/output error")
    }
    #endif
}

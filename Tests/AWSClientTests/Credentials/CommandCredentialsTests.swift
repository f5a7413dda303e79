import Foundation
import Testing

@testable import AWSClient

@Suite(.timeLimit(.minutes(10))) struct CommandCredentialsTests {
    private static let answer = #"{"Version": 1, "AccessKeyId": "AKIDC", "SecretAccessKey": "hush"}"#

    private func settings(_ command: String, _ environment: [String: String] = [:]) throws -> AWSSettings {
        try .test(config: "[default]\ncredential_process = \(command)\n", environment)
    }

    @Test func `a command gives credentials, and its words are quoted as in a shell`() async throws {
        let plain = try settings("sh -c 'echo \"$1\"' x \(Self.quoted(Self.answer))")
        #expect(try await plain.credentials() == Credentials(accessKeyID: "AKIDC", secretAccessKey: "hush"))
        let whole =
            #"{"Version":1,"AccessKeyId":"A","SecretAccessKey":"S","SessionToken":"T","Expiration":"2030-01-01T00:00:00Z"}"#
        let temporary = try settings("printf %s \(Self.quoted(whole))")
        #expect(try await temporary.credentials().sessionToken == "T")
    }

    @Test func `a command has the program's variables and is found in PATH`() async throws {
        let script = #"sh -c 'echo "{\"Version\":1,\"AccessKeyId\":\"$NAME\",\"SecretAccessKey\":\"hush\"}"'"#
        #expect(try await settings(script, ["NAME": "AKIDV"]).credentials().accessKeyID == "AKIDV")
    }

    @Test func `a command takes precedence over keys in the config file, but not in the credentials file`()
        async throws
    {
        let config = "[default]\ncredential_process = printf %s \(Self.quoted(Self.answer))\n\(SettingsTests.pair)"
        #expect(try await AWSSettings.test(config: config).credentials().accessKeyID == "AKIDC")
        let both = try AWSSettings.test(config: config, credentials: "[default]\n\(SettingsTests.pair)")
        #expect(try await both.credentials().accessKeyID == "AKID")
    }

    @Test(arguments: [
        ("false", "failed with status 1: run it yourself to see what it says"),
        ("sh -c 'echo hush; echo hush >&2; exit 3'", "failed with status 3: run it yourself"),
        ("sh -c 'kill -9 $$'", "failed with status 137"),
        ("/no/such/hush", "failed: it cannot be started: No such file or directory"),
        ("echo hush", "printed something that is not JSON"),
        ("true", "printed something that is not JSON"),
        (#"echo {\"Version\":2,\"hush\":1}"#, "printed a 'Version' other than 1"),
        (#"echo {\"AccessKeyId\":\"hush\"}"#, "printed a 'Version' other than 1"),
        (#"echo {\"Version\":1,\"AccessKeyId\":\"hush\"}"#, "returned no credentials: 'SecretAccessKey' is missing"),
        (#"echo {\"Version\":1,\"AccessKeyId\":\"hush\",\"SecretAccessKey\":\"\"}"#, "'SecretAccessKey' is missing"),
        (
            #"echo {\"Version\":1,\"AccessKeyId\":\"hush\",\"SecretAccessKey\":\"hush\",\"Expiration\":\"hush\"}"#,
            "returned no time in 'Expiration'"
        ),
        ("echo 'hush", "is not a command: close its quotation marks"), ("", "is not a command"),
        ("head -c 3000000 /dev/zero", "did not end within 60 seconds, or wrote too much"),
    ])
    func `an error describes the problem and quotes nothing that was printed`(_ command: String, _ expected: String)
        async throws
    {
        let error = try await settings(command).failure()
        #expect(error?.reason == .credentials)
        #expect(error?.message.hasPrefix("credential_process of profile 'default' ") == true)
        #expect(error?.message.contains(expected) == true, "\(error?.message ?? "")")
        #expect(error?.message.contains("hush") == false)
    }

    @Test func `a command that exceeds its time limit is killed`() async throws {
        let error = await #expect(throws: AWSError.self) {
            try await ClientCommands.system.run(["sh", "-c", "echo $$ >&1; exec sleep 3600"], [:], .milliseconds(200))
        }
        #expect(error?.message.hasPrefix("it did not end within") == true)
    }

    @Test func `a command that closes its output is waited for until it exits`() async throws {
        let result = try await ClientCommands.system.run(
            ["sh", "-c", "echo a; exec >&-; sleep 0.1; exit 7"], ["PATH": "/usr/bin:/bin"], .seconds(30))
        #expect(result == ClientCommands.ProgramResult(status: 7, output: Array("a\n".utf8)))
    }

    @Test func `a command can be ended by SIGPIPE, as in a shell`() async throws {
        let result = try await ClientCommands.system.run(
            ["sh", "-c", "yes | head -1 >/dev/null; kill -PIPE $$; echo alive"], ["PATH": "/usr/bin:/bin"], .seconds(30)
        )
        #expect(result.status == 128 + 13)
    }

    private static func quoted(_ text: String) -> String { "'\(text)'" }
}

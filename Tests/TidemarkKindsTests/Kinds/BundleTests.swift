import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct BundleTests {
    private let kind = KindDefinition.elasticBeanstalkBundle

    /// A bundle as it is stored, of `Dockerrun.aws.json` alone: that is a bundle too.
    private func stored(_ dockerrun: String) throws -> JSON {
        let answer = Answer(
            ["ETag": "\"1\"", "Metadata": ["token": "hunter2"]], identity: "antenna-prod",
            place: AccountRegion(partition: "aws", account: "123456789012", region: "us-west-2"),
            payload: Array(dockerrun.utf8)
        )
        let member = try #require(try kind.members?.find(answer)?.first)
        #expect(member.identity == "antenna-prod")
        return try #require(kind.facet("description")).read(member.content, names: PropertyNames()).content
    }

    private func unreadable(_ bytes: [UInt8]) -> String? {
        do {
            _ = try SourceBundle(bytes)
            return nil
        } catch {
            return error.reason.sentence
        }
    }

    // MARK: Dockerrun.aws.json

    @Test func `containers keep what is harmless`() throws {
        let bundle = try stored(
            """
            {"AWSEBDockerrunVersion": 2, "containerDefinitions": [
                {"name": "django", "image": "antenna:v9", "memory": 512, "links": ["beat"], "command": ["--key=hunter2"],
                 "environment": [{"name": "POSTGRES_DB", "value": "antenna"}, {"name": "KEY", "value": "hunter2"}],
                 "entryPoint": ["hunter2"], "dockerLabels": {"a": "hunter2"}, "unheard": "hunter2"}],
             "unheard": {"of": "hunter2"}, "volumes": [{"name": "logs", "host": {"sourcePath": "/var/log"}}]}
            """)
        #expect(!bundle.canonical.contains("hunter2"))
        let container = try #require(bundle["Dockerrun"]?.elements("containerDefinitions").first)
        #expect(container["memory"] == 512)
        #expect(container["links"] == ["beat"])
        #expect(
            container["environment"] == [
                ["name": "KEY", "value": Redacted.value], ["name": "POSTGRES_DB", "value": "antenna"],
            ])
        #expect(container["Other"] == [["Name": "unheard", "Value": Redacted.value]])
        #expect(bundle["Dockerrun"]?["Other"] == [["Name": "unheard", "Value": Redacted.value]])
        #expect(bundle["Metadata"] == Redacted.value)
    }

    @Test(
        arguments: [
            "\"environment\": [\"PASSWORD=hunter2\"]", "\"environment\": {\"PASSWORD\": \"hunter2\"}",
            "\"environment\": \"PASSWORD=hunter2\"", "\"environment\": [[\"hunter2 hunter2\"]]",
            "\"environment\": [{\"Name\": \"A\", \"Value\": \"hunter2\"}]",
            "\"environment\": [{\"name\": \"POSTGRES_DB\", \"value\": {\"a\": \"hunter2\"}}]",
            "\"environment\": [{\"name\": \"POSTGRES_DB\", \"value\": \"a\", \"more\": \"hunter2\"}]",
            "\"image\": \"user:hunter2@reg.example/x:1\"", "\"essential\": \"hunter2\"",
            "\"memory\": {\"a\": \"hunter2\"}",
            "\"portMappings\": [{\"containerPort\": \"hunter2\"}]", "\"mountPoints\": [{\"readOnly\": \"hunter2\"}]",
            "\"user\": \"a --password=hunter2\"",
        ])
    func `what does not have the form of its name is redacted`(_ member: String) throws {
        let bundle = try stored("{\"containerDefinitions\": [{\"name\": \"django\", \(member)}]}")
        #expect(!bundle.canonical.contains("hunter2"))
        let container = try #require(bundle["Dockerrun"]?.elements("containerDefinitions").first)
        #expect(container["Other"]?.array?.first?["Value"] == Redacted.value)
    }

    @Test func `containers that are not a list are redacted`() throws {
        let bundle = try stored("{\"containerDefinitions\": {\"django\": {\"command\": \"hunter2\"}}}")
        #expect(bundle["Dockerrun"] == ["Other": [["Name": "containerDefinitions", "Value": Redacted.value]]])
    }

    @Test func `version 1 has one container`() throws {
        let bundle = try stored(
            """
            {"AWSEBDockerrunVersion": "1", "Image": {"Name": "antenna:v9", "Update": "true"}, "Command": "--key=hunter2",
             "Ports": [{"ContainerPort": "5000"}]}
            """)
        #expect(!bundle.canonical.contains("hunter2"))
        let resource = ResourceID(.elasticBeanstalkBundle, "antenna-prod")
        let snapshot = try SnapshotView.of([resource.described: bundle])
        #expect(snapshot.seen("images", of: resource) == ["Image": "antenna:v9"])
        #expect(snapshot.seen("dockerrun-version", of: resource) == "1")
    }

    @Test(arguments: ["{", "{\"a\": 1, \"a\": 2}", "{} trailing"])
    func `a text that is not a JSON object is doubtful`(_ text: String) {
        #expect(unreadable(Array(text.utf8)) == "'Dockerrun.aws.json' in the bundle is not a JSON object")
    }

    @Test func `a file that is not an archive is doubtful`() {
        #expect(unreadable(Array("plain text".utf8)) == "the bundle cannot be read: not a zip archive")
        #expect(unreadable([]) == "the bundle cannot be read: it is empty")
    }

    // MARK: .ebextensions

    private func file(_ text: String) throws -> JSON {
        try ConfigurationFile(text, path: ".ebextensions/a.config").description
    }

    /// As it is stored in a bundle.
    private func stored(file text: String) throws -> JSON {
        let sections = try #require(try file(text).object).members.map { ($0.key, $0.value) }
        let content: JSON = ["EBExtensions": [.object(JSONObject([("File", "a.config")] + sections))]]
        let facet = try #require(kind.facet("description"))
        return try #require(facet.read(content, names: PropertyNames()).content.elements("EBExtensions").first)
    }

    private let setting: (String, String, JSON) -> JSON = {
        ["Namespace": .string($0), "OptionName": .string($1), "Value": $2]
    }

    @Test(
        arguments: [
            "option_settings:\n  aws:autoscaling:asg:\n    MaxSize: 4\n    Cooldown: '360'\n",
            "option_settings:\n- namespace: aws:autoscaling:asg\n  option_name: MaxSize\n  value: 4\n"
                + "- {namespace: 'aws:autoscaling:asg', option_name: Cooldown, value: 360}\n",
            "{\"option_settings\": {\"aws:autoscaling:asg\": {\"MaxSize\": \"4\", \"Cooldown\": 360}}}",
            "all: &all\n  MaxSize: 4\noption_settings:\n  aws:autoscaling:asg:\n    <<: *all\n    Cooldown: 360\n",
        ])
    func `options read alike, however they are written`(_ text: String) throws {
        #expect(
            try stored(file: text)["option_settings"] == [
                setting("aws:autoscaling:asg", "Cooldown", "360"), setting("aws:autoscaling:asg", "MaxSize", "4"),
            ])
    }

    @Test func `without a namespace it is an environment property`() throws {
        let options = try stored(file: "option_settings:\n- {option_name: EB_HEALTHCHECK, value: yes}\n")[
            "option_settings"]
        #expect(options == [setting(OptionSetting.properties, "EB_HEALTHCHECK", "true")])
    }

    @Test func `the last value of an option that occurs twice in a list counts`() throws {
        let options = try stored(
            file:
                "option_settings:\n- {option_name: EB_HEALTHCHECK, value: 1}\n- {option_name: EB_HEALTHCHECK, value: 2}\n"
        )
        #expect(options["option_settings"] == [setting(OptionSetting.properties, "EB_HEALTHCHECK", "2")])
    }

    @Test func `sections keep their names and harmless values`() throws {
        let stored = try stored(
            file: """
                commands: {01_up: {command: "curl -H hunter2", env: {A: hunter2}, cwd: /opt, ignoreErrors: true}}
                container_commands: {01_migrate: {command: migrate hunter2, leader_only: true, test: hunter2, odd: hunter2}}
                files: {/opt/key: {mode: "000600", content: hunter2, source: "https://u:hunter2@a.example/b?c=hunter2"}}
                packages: {yum: {jq: [], git: ["2.40.1"]}, rpm: {epel: "https://u:hunter2@a.example/e.rpm"}}
                services: {sysvinit: {nginx: {enabled: true, ensureRunning: true}}}
                sources: {/opt/src: "https://hunter2@a.example/src.tar.gz"}
                users: {deploy: {uid: 50, groups: [docker], password: hunter2}}
                Resources: {Queue: {Type: "AWS::SQS::Queue", Properties: {Name: hunter2}}}
                Outputs: {A: hunter2}
                """)
        #expect(!stored.canonical.contains("hunter2"))
        #expect(
            stored["commands"] == [
                [
                    "Name": "01_up", "command": Redacted.value, "env": Redacted.value, "cwd": "/opt",
                    "ignoreErrors": true,
                ]
            ])
        #expect(stored["container_commands"]?.array?.first?["leader_only"] == true)
        #expect(stored["container_commands"]?.array?.first?["Other"] == [["Name": "odd", "Value": Redacted.value]])
        #expect(stored["files"]?.array?.first?["source"] == "https://REDACTED@a.example/REDACTED?REDACTED")
        #expect(
            stored["packages"] == [
                ["Manager": "rpm", "Name": "epel", "Versions": Redacted.value],
                ["Manager": "yum", "Name": "git", "Versions": ["2.40.1"]], ["Manager": "yum", "Name": "jq"],
            ])
        #expect(
            stored["services"] == [
                ["Manager": "sysvinit", "Name": "nginx", "State": ["enabled": true, "ensureRunning": true]]
            ])
        #expect(stored["sources"]?.array?.first?["Path"] == "/opt/src")
        #expect(stored["users"]?.array?.first?["groups"] == ["docker"])
        #expect(stored["Resources"]?.array?.first?["Type"] == "AWS::SQS::Queue")
        #expect(stored["Other"] == [["Name": "Outputs", "Value": Redacted.value]])
    }

    @Test func `a harmless name is not enough for a value of another form`() throws {
        let stored = try stored(
            file: """
                commands: {01: {ignoreErrors: hunter2, cwd: "/a --b=hunter2", waitAfterCompletion: hunter2}}
                container_commands: {01: {leader_only: [hunter2]}}
                files: {/a: {mode: hunter2, owner: "hunter2 hunter2", encoding: {a: hunter2}}}
                services: {systemd: {a: {enabled: hunter2}, b: {ensureRunning: true, odd: hunter2}}}
                users: {a: {uid: hunter2, homeDir: "a=hunter2"}}
                option_settings: {"aws:elasticbeanstalk:application:environment": {POSTGRES_HOST: {password: hunter2}}}
                """)
        #expect(!stored.canonical.contains("hunter2"))
    }

    @Test(
        arguments: [
            "option_settings: hunter2", "option_settings: [hunter2]", "option_settings: [{value: hunter2}]",
            "option_settings: {a: hunter2}",
        ])
    func `options that cannot be understood are doubtful: nothing would be as if none were set`(_ text: String) {
        #expect(
            throws: UnreadableAnswer(.unreadableFile(".ebextensions/a.config", .unreadableSettings))
        ) { try file(text) }
    }

    @Test(arguments: ["!Ref Vpc", "!GetAtt [a, b]", "'`{\"Ref\": \"Vpc\"}`'", "{Ref: Vpc}"])
    func `what is computed is not taken for what is written`(_ value: String) throws {
        let options = try stored(file: "option_settings: {\"aws:ec2:vpc\": {VPCId: \(value)}}")["option_settings"]
        #expect(options?.array?.first?["IsFunction"] == true)
    }

    @Test(arguments: ["", "# nothing but a comment\n", "---\n"])
    func `a file may be empty`(_ text: String) throws {
        #expect(try file(text) == [:])
    }

    @Test(
        arguments: [
            ("a: b: hunter2", .notYAML(".ebextensions/a.config", line: 1, column: 5)),
            ("hunter2: 1\nhunter2: 2", .notYAML(".ebextensions/a.config", line: 2, column: 1)),
            ("- hunter2", .unreadableFile(".ebextensions/a.config", .notSections)),
            ("hunter2", .unreadableFile(".ebextensions/a.config", .notSections)),
        ] as [(String, GapReason)])
    func `what cannot be read is doubtful, and says nothing of what is written`(_ text: String, _ reason: GapReason) {
        #expect(throws: UnreadableAnswer(reason)) { try file(text) }
    }

    @Test func `a file that grows without end through its aliases is doubtful`() {
        let bomb = (0..<30).reduce("a0: &a0 [x, x]\n") { $0 + "a\($1 + 1): &a\($1 + 1) [*a\($1), *a\($1)]\n" }
        #expect(throws: UnreadableAnswer(.unreadableFile(".ebextensions/a.config", .notSections))) {
            try file(bomb)
        }
    }

    // MARK: What is led to

    @Test func `the images lead to their repositories`() throws {
        let uri = "123456789012.dkr.ecr.us-west-2.amazonaws.com/antenna-backend"
        let dockerrun = "{\"containerDefinitions\": [{\"image\": \"\(uri):v9\"}, {\"image\": \"redis:7\"}]}"
        let answer = Answer(
            [:], identity: "antenna-prod", place: AccountRegion(partition: "aws", account: "1", region: "us-west-2"),
            payload: Array(dockerrun.utf8))
        #expect(try kind.identities(of: .ecrRepository, beyond: "bundle", answer) == [uri])
    }

    @Test func `a version leads to its bundle, and to the bucket`() throws {
        let version = KindDefinition.elasticBeanstalkApplicationVersion
        let answer = Stack.answer(
            ["ApplicationVersions": [["VersionLabel": "v9", "SourceBundle": ["S3Bucket": "b", "S3Key": "k"]]]])
        func inputs(_ answer: Answer) -> [QuestionInputs]? {
            version.questions.first?.inputs(ofMembers: kind.kind, in: answer)
        }
        #expect(inputs(answer) == [["bucket": "b", "key": "k"]])
        #expect(try version.identities(of: .s3Bucket, beyond: "version", answer) == ["b"])
        // Deleted, or EB's sample.
        #expect(inputs(Stack.answer(["ApplicationVersions": []]))?.isEmpty == true)
        #expect(inputs(Stack.answer(["ApplicationVersions": [["VersionLabel": "v9"]]]))?.isEmpty == true)
    }

    @Test func `an answer without a list is doubtful, and an empty list means that there is no version`() throws {
        let find = try #require(KindDefinition.elasticBeanstalkApplicationVersion.members).find
        #expect(try find(Stack.answer([:])) == nil)
        #expect(try find(Stack.answer(["ApplicationVersions": []]))?.isEmpty == true)
    }

    @Test func `container commands are listed in the order in which they run`() throws {
        let resource = ResourceID(.elasticBeanstalkBundle, "antenna-prod")
        let files: JSON = [
            [
                "File": "00.config",
                "container_commands": [
                    ["Name": "02_b", "ignoreErrors": true], ["Name": "01_a", "leader_only": true],
                ],
            ],
            [
                "File": "01.config",
                "container_commands": [["Name": "00_c", "leader_only": true, "ignoreErrors": true]],
            ],
        ]
        let snapshot = try SnapshotView.of([resource.described: ["EBExtensions": files]])
        #expect(
            snapshot.seen("container-commands", of: resource) == [
                "01_a (leader only)", "02_b (ignores errors)", "00_c (leader only, ignores errors)",
            ])
    }
}

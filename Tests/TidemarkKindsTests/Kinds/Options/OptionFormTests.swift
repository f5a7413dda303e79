import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkKinds

/// Which values of documented options are harmless.
struct OptionFormTests {
    @Test(
        arguments: [
            ("arn", "arn:aws:acm:us-west-2:123456789012:certificate/0a1b-2c3d", "arn:hunter2"),
            ("arn", "arn:aws-cn:iam::123456789012:server-certificate/a", "arn:aws:acm:::a?token=hunter2"),
            ("boolean", "True", "hunter2"), ("code", "200-399", "hunter2"),
            ("cron", "0 6 * * MON-FRI", "0 6 * * hunter2"),
            ("cron", "*/15 0-5 1,15 * *", "0 6 * *"), ("day-time", "Sun:10:00", "Sun:hunter2"),
            ("list device", "/dev/sdj=:100:true:gp2, /dev/sdh=snap-51eef269,/dev/sdb=ephemeral0", "/dev/sdj=hunter2"),
            ("list device", "/dev/sdi=:20:true:io1:2000", "hunter2"),
            ("distinguished-name", "OU=Web Servers,DC=corp,DC=example", "password=hunter2"),
            ("duration", "PT1H30M", "PT"), ("file", "config.wsgi:application", "https://u:hunter2@host"),
            ("file", "/var/app/current/static", "static?token=hunter2"),
            ("flags", "--no-dev --optimize-autoloader", "--token hunter2"),
            ("flags", "--no-dev", "--token=hunter2"), ("host", "*.example.org", "hunter2@example.org"),
            ("id vpc", "vpc-0a1b", "hunter2"), ("id vpc", "vpc-0", "vpc-hunter2?"),
            ("instance-type", "db.t4g.small", "hunter2"),
            ("list id subnet", "subnet-1, subnet-2", "subnet-1, hunter2"), ("list id subnet", "subnet-1,", "sg-1"),
            ("mime-type", "application/json", "hunter2"), ("minutes", "5 Minutes", "hunter2"),
            ("name", "AWSEB-ELB_Policy.1", "hunter2!"), ("number", "-1.5", "1e5"), ("number | \"null\"", "null", "nil"),
            ("path-pattern", "/api/*", "/api?token=hunter2"), ("list path-pattern", "/a/?,/b*", "/a/*,hunter2"),
            (
                "queue-url", "https://sqs.us-west-2.amazonaws.com/123456789012/antenna.fifo",
                "https://hunter2.example/123456789012/q"
            ),
            ("role", "service/antenna-role", "hunter2 x"),
            ("role", "arn:aws:iam::123456789012:role/antenna", "u:hunter2"),
            ("size", "512M", "hunter2"), ("size", "-1", "512M hunter2"),
            ("source-restriction", "tcp, 22, 22, 10.0.0.0/8", "tcp,22,22,hunter2@host"),
            ("source-restriction", "tcp,22,22,123456789012/sg-1", "hunter2"),
            ("start-command", "npm run start:prod", "npm start --token hunter2"),
            ("start-command", "node src/app.js", "TOKEN=hunter2 node app.js"),
            ("start-command", "yarn start", "sh start"), ("time", "2026-11-28T18:00:00Z", "hunter2"),
            ("version", "12.18.3", "hunter2"), ("list zone", "us-west-2a,us-west-2-lax-1a", "hunter2"),
            ("\"Any\" | \"Any 1\"", "any 1", "Any 3"), ("list \"arm64\" | \"x86_64\"", "x86_64,arm64", "arm64,hunter2"),
        ])
    func `a value is stored where it has its option's form`(form: Substring, harmless: String, other: String) throws {
        let form = try #require(OptionForm(form))
        #expect(form.treatment(of: .string(harmless)) == .plain)
        #expect(form.treatment(of: .string(other)) == .secret)
    }

    @Test(
        arguments: [
            ("number", 4, .plain), ("boolean", true, .plain), ("name", nil, .plain), ("name", "", .plain),
            ("secret", "4", .secret), ("secret", "", .secret), ("url", "https://u:p@host", .url),
            ("presigned-url", "x", .presignedURL), ("path", "/health?token=hunter2", .path), ("path", ["/"], .secret),
            ("list id subnet", ["subnet-1", "subnet-2"], .plain), ("list id subnet", ["subnet-1", "hunter2"], .secret),
            ("name", ["a"], .secret), ("name", ["a": "b"], .secret),
            ("number", .string(String(repeating: "1", count: 5000)), .secret),
        ] as [(Substring, JSON, Treatment)])
    func `a value of any type has a treatment`(form: Substring, value: JSON, treatment: Treatment) throws {
        #expect(try #require(OptionForm(form)).treatment(of: value) == treatment)
    }

    @Test(
        arguments: [
            ("name", "`{\"Ref\": \"AWSEBSecurityGroup\"}`", .plain), ("name", ["Ref": "AWSEBSecurityGroup"], .plain),
            ("list id subnet", "subnet-1,`{ \"Fn::GetAtt\" : [\"Subnet\", \"Id\"] }`", .plain),
            ("name", ["Fn::GetAtt": ["Group", "GroupId"]], .plain), ("secret", ["Ref": "Password"], .secret),
            ("path", "/health/`{\"Ref\": \"AWSEBEnvironmentName\"}`", .plain),
            ("path", "/health/`{\"Ref\": \"AWSEBEnvironmentName\"}`?token=hunter2", .secret),
            ("name", "`{\"Fn::GetOptionSetting\": {\"OptionName\": \"x\", \"DefaultValue\": \"hunter2\"}}`", .secret),
            ("name", ["Fn::Join": ["", ["hunter2"]]], .secret), ("name", "`{\"Ref\": \"hunter2 x\"}`", .secret),
            ("path", "/a/`{\"Fn::Join\": [\"\", [\"hunter2\"]]}`", .secret),
        ] as [(Substring, JSON, Treatment)])
    func `a function is stored where its arguments are names`(form: Substring, value: JSON, treatment: Treatment) throws
    {
        #expect(try #require(OptionForm(form)).treatment(of: value) == treatment)
    }

    @Test(
        arguments: [
            (
                #"{"Version":1,"CloudWatchMetrics":{"Instance":{"CPUIrq":null},"Environment":{"ApplicationLatencyP99.9":60}}}"#,
                .plain
            ),
            (["Rules": ["Environment": ["ELB": ["ELBRequests4xx": ["Enabled": "false"]]]], "Version": "1"], .plain),
            (#"{"Version":1,"Token":"hunter2"}"#, .secret), (#"{"Version":"hunter2"}"#, .secret),
            (["hunter2": 1], .secret),
            (["Version": ["hunter2"]], .secret), (#"{"Version":"#, .secret), ("hunter2", .secret),
        ] as [(JSON, Treatment)])
    func `a health document has metrics, rules and numbers alone`(document: JSON, treatment: Treatment) throws {
        #expect(try #require(OptionForm("health-document")).treatment(of: document) == treatment)
    }

    @Test(arguments: NamedForm.allCases)
    func `a long text of one letter takes no long time`(form: NamedForm) {
        for unit in ["-", "--a", "a", "a,", ":", "0", "/", " ", "`{"] {
            #expect(!form.admits(String(repeating: unit, count: 4000) + "!"))
        }
    }
}

import StrictYAML
import Testing
import Tidemark

@testable import TidemarkCLI
@testable import TidemarkKinds

struct ProjectTests {
    private func mistakes(_ yaml: String) -> [String] {
        do throws(FileError) {
            _ = try Project(yaml: yaml, file: Project.file, kinds: .all)
            return []
        } catch {
            return error.lines
        }
    }

    @Test func `a project is read whole`() throws {
        let project = try Project(
            yaml: """
                history: deploys.sqlite
                environments:
                  antenna-production:
                    eb-environment: antenna-prod
                    region: us-west-2
                    profile: antenna
                    role: arn:aws:iam::123456789012:role/tidemark
                    baseline: docs/baseline.yml
                    also: [ rds.db-instance/antenna-replica ]
                    plain: [ LOG_LEVEL, RELEASE ]
                    manifests: false
                  antenna-staging:
                """, file: Project.file, kinds: .all)
        let production = try #require(project.environment(EnvironmentName("antenna-production")))

        #expect(project.history == Project.History(url: "deploys.sqlite"))
        #expect(project.environments.map(\.name.rawValue) == ["antenna-production", "antenna-staging"])
        #expect(production.ebEnvironment == "antenna-prod")
        #expect([production.region, production.profile] == ["us-west-2", "antenna"])
        #expect(production.role == "arn:aws:iam::123456789012:role/tidemark")
        #expect(production.baseline == "docs/baseline.yml")
        #expect(production.also == [ResourceID(.rdsDBInstance, "antenna-replica")])
        #expect(production.plain == ["LOG_LEVEL", "RELEASE"])
        #expect(!production.asksForManifests && project.environments[1].asksForManifests)
        #expect(project.environments[1].region == nil)
    }

    @Test func `the keys that choose an identity, a history or plain names need trust`() throws {
        func keys(_ yaml: String) throws -> [String] {
            try Project(yaml: yaml, file: Project.file, kinds: .all).trustedKeys
        }

        #expect(try keys("environments: { a: { region: us-west-2, baseline: b.yml, eb-environment: c } }") == [])
        #expect(
            try keys("history: h.sqlite\nenvironments: { a: { role: r }, b: { plain: [ C ], profile: p } }")
                == ["history", "profile", "role", "plain"])
    }

    @Test func `a history in a bucket has settings of its own, which survive being written`() throws {
        let yaml = """
            history: { url: s3://vault/team, profile: vault, region: eu-central-1, endpoint: https://s3.example.com, kms-key: k }
            """
        let history = try #require(Project(yaml: yaml, file: Project.file, kinds: .all).history)
        #expect(history.url == "s3://vault/team" && history.access.kmsKey == "k" && history.access.role == nil)
        let written = try Project(history: history).yaml()
        #expect(try Project(yaml: written, file: Project.file, kinds: .all).history == history)
        #expect(
            mistakes("history: { url: h.sqlite, owner: '123456789012' }")
                == ["tidemark.yml:1:10: 'owner' is about a history in a bucket, and this one is a file"])
        #expect(
            mistakes("history: { role: r }")
                == ["tidemark.yml:1:10: a history needs 'url': a file, or s3://BUCKET/PREFIX"])
    }

    @Test func `every mistake is reported in one run`() {
        let mistakes = mistakes(
            """
            histori: x
            environments:
              a b:
              web:
                regoin: us-west-2
                also: [ rds.db-instanc/x, antenna, rds.db/x, ecr.tag/x:v1, ecr.repository/nowhere ]
                plain: LOG_LEVEL
              worker: { plain: [ shipped:antena, shipped:other ], manifests: no }
              api: [ 1 ]
            """)
        #expect(
            mistakes == [
                "tidemark.yml:1:1: unknown key 'histori' in a project: did you mean 'history'?",
                "tidemark.yml:3:3: 'a b' cannot name an environment: a name has 1 to 100 characters, without spaces and "
                    + "slashes: choose one such as 'antenna-production'",
                "tidemark.yml:5:5: unknown key 'regoin' in an environment: did you mean 'region'?",
                "tidemark.yml:6:13: unknown kind 'rds.db-instanc': did you mean 'rds.db-instance'?",
                "tidemark.yml:6:31: 'antenna' is not a resource: write it as kind/identity",
                "tidemark.yml:6:40: unknown kind 'rds.db': did you mean 'rds.db-instance' or 'rds.db-parameter-group' or "
                    + "'rds.db-subnet-group'?",
                "tidemark.yml:6:50: 'ecr.tag/x:v1' cannot be queried by its identity",
                "tidemark.yml:6:64: 'ecr.repository/nowhere' cannot be queried by its identity",
                "tidemark.yml:7:12: 'plain' must be a list, and this is a single value",
                "tidemark.yml:8:22: unknown list 'shipped:antena': did you mean 'shipped:antenna'?",
                "tidemark.yml:8:38: unknown list 'shipped:other': the shipped lists are shipped:antenna",
                "tidemark.yml:8:66: 'manifests' must be true or false",
                "tidemark.yml:9:8: an environment must be a map, and this is a list",
            ])
    }

    @Test(
        arguments: [
            ("DJANGO_DEBUG", "False", .plain), ("DJANGO_DEBUG", "hunter2", .secret),
            ("DJANGO_AWS_S3_REGION_NAME", "us-west-2", .plain), ("DJANGO_AWS_S3_REGION_NAME", "hunter2", .secret),
            ("DJANGO_ALLOWED_HOSTS", "a.example, *.b.example", .plain),
            ("DJANGO_ALLOWED_HOSTS", "postgres://u:hunter2@h", .url), ("DJANGO_SECRET_KEY", "1", .secret),
            ("LOG_LEVEL", "debug", .plain),
        ] as [(String, String, Treatment)])
    func `a shipped list keeps the values that have its forms`(name: String, value: String, treatment: Treatment) throws
    {
        var environment = Project.Environment(try EnvironmentName("a"))
        environment.plain = ["shipped:antenna", "LOG_LEVEL"]
        let names = environment.propertyNames
        #expect(names.lists.map(\.mistakes) == [[]])
        #expect(names.treatment(of: name, value: .string(value)) == treatment)
        #expect(names.version != PropertyNames(declaredPlain: ["LOG_LEVEL"]).version)
    }

    @Test(arguments: [
        ("", "tidemark.yml:1:1: the file is empty"),
        ("- a", "tidemark.yml:1:1: a project must be a map, and this is a list"),
        (
            "environments: [ a ]",
            "tidemark.yml:1:15: 'environments' must be a map of environments by name, and this is a list"
        ),
        ("history: [", "tidemark.yml:2:1: not YAML: did not find expected node content"),
    ])
    func `a file that is not a project has a mistake with its line`(text: String, mistake: String) {
        #expect(mistakes(text).first == mistake)
    }
}

import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

/// What is kept of the environment properties and of EB's other options.
struct PropertyTests {
    @Test(
        arguments: [
            ("DJANGO_DEBUG", .secret), ("DJANGO_SECRET_KEY", .secret), ("EB_HEALTHCHECK", .plain),
            ("POSTGRES_DB", .plain), ("POSTGRES_USER", .secret), ("POSTGRES_PASSWORD", .secret),
            ("POSTGRES_HOST", .plain),
            ("POSTGRES_PORT", .plain),
            ("DATABASE_URL", .url), ("REDIS_URL", .url), ("CELERY_BROKER_URL", .url), ("SENDGRID_API_KEY", .secret),
            ("SENTRY_DSN", .url), ("UNHEARD_OF", .secret), ("postgres_host", .secret), ("POSTGRES_HOST ", .secret),
            ("", .secret),
        ] as [(String, Treatment)])
    func `each known variable has its rule, any other is secret`(name: String, treatment: Treatment) {
        #expect(PropertyNames().treatment(of: name, value: nil) == treatment)
    }

    @Test func `a declared name is plain, whatever its rule was`() {
        let names = PropertyNames(declaredPlain: ["DJANGO_ADMIN_URL", "REDIS_URL"])
        #expect(names.treatment(of: "DJANGO_ADMIN_URL", value: nil) == .plain)
        #expect(names.treatment(of: "REDIS_URL", value: nil) == .plain)
        #expect(names.treatment(of: "POSTGRES_PASSWORD", value: nil) == .secret)
    }

    @Test(
        arguments: [
            (Stack.property("POSTGRES_PASSWORD", "hunter2"), Redacted.value),
            (Stack.property("POSTGRES_DB", "antenna"), "antenna"),
            (Stack.property("DATABASE_URL", "postgres://a:hunter2@db/antenna"), "postgres://REDACTED@db/antenna"),
            (Stack.property("REDIS_URL", "hunter2"), Redacted.value), (Stack.property("SENTRY_DSN", ""), ""),
            (
                Stack.option("aws:cloudformation:template:parameter", "EnvironmentVariables", "A=1,SECRET=hunter2"),
                Redacted.value
            ),
            (
                Stack.option(
                    "aws:cloudformation:template:parameter", "AppSource", "https://s3.example/hunter2?Signature=hunter2"
                ),
                "https://s3.example/REDACTED?REDACTED"
            ), (Stack.option("aws:cloudformation:template:parameter", "InstancePort", "80"), "80"),
            (Stack.option("aws:rds:dbinstance", "DBPassword", "hunter2"), Redacted.value),
            (Stack.option("aws:rds:dbinstance", "DBEngine", "postgres"), "postgres"),
            (Stack.option("aws:rds:dbinstance", "DBUser", "hunter2"), Redacted.value),
            (Stack.option("aws:rds:dbinstance", "DBEngine", "postgres://u:hunter2@h"), Redacted.value),
            (Stack.option("aws:elasticbeanstalk:customoption", "Anything", "hunter2"), Redacted.value),
            (Stack.option("aws:elasticbeanstalk:environment", "API_TOKEN", "hunter2"), Redacted.value),
            (Stack.option("aws:elasticbeanstalk:container:python", "WSGIPath", "config/wsgi.py"), "config/wsgi.py"),
            (Stack.option("aws:elasticbeanstalk:container:python", "TOKEN", "hunter2"), Redacted.value),
            (
                Stack.option("aws:elasticbeanstalk:environment:process:default", "HealthCheckPath", "/up?t=hunter2"),
                "/up?REDACTED"
            ),
            (
                Stack.option("aws:elasticbeanstalk:application", "Application Healthcheck URL", "HTTP:80/?t=hunter2"),
                "HTTP:80/?REDACTED"
            ),
            (Stack.option("aws:elb:healthcheck", "Target", "HTTP:80/up?t=hunter2"), "HTTP:80/up?REDACTED"),
            (Stack.option("aws:elasticbeanstalk:sqsd", "HttpPath", "/job?t=hunter2"), "/job?REDACTED"),
            (
                Stack.option(
                    "aws:elasticbeanstalk:sns:topics", "Notification Endpoint", "https://hooks.example/hunter2"),
                "https://hooks.example/REDACTED"
            ),
            (
                Stack.option("aws:elasticbeanstalk:application:environmentsecrets", "KEY", "arn:hunter2"),
                Redacted.value
            ),
            (Stack.option("aws:unheard:of", "InstanceType", "hunter2"), Redacted.value),
            (["OptionName": "POSTGRES_DB", "Value": "hunter2"] as JSON, Redacted.value),
            (
                ["Namespace": "aws:elasticbeanstalk:application:environment", "Value": "hunter2"] as JSON,
                Redacted.value
            ),
            (Stack.option("aws:ec2:vpc", "Subnets", "subnet-1,subnet-2"), "subnet-1,subnet-2"),
            (Stack.property("POSTGRES_PASSWORD", ["hunter2"]), Redacted.value),
            (Stack.property("POSTGRES_PASSWORD", 42), Redacted.value),
        ] as [(JSON, JSON)])
    func `an option is stored without its secret`(option: JSON, value: JSON) throws {
        let stored = try read([option])

        #expect(stored.array?.first?["Value"] == value)
        #expect(!stored.canonical.contains("hunter2"))
    }

    @Test(
        arguments: [
            ("aws:elasticbeanstalk:application:environment", "SECRET", "hunter2", Redacted.value),
            ("aws:elasticbeanstalk:application:environment", "POSTGRES_DB", "antenna", "antenna"),
            ("aws:rds:dbinstance", "DBPassword", "hunter2", Redacted.value),
            ("aws:autoscaling:asg", "MaxSize", "4", "4"), ("aws:autoscaling:asg", "MaxSize", "hunter2", Redacted.value),
            ("aws:unheard:of", "Size", "4", Redacted.value),
        ] as [(JSON, JSON, JSON, JSON)])
    func `a default is stored as its option is`(namespace: JSON, name: JSON, value: JSON, stored: JSON) throws {
        let facet = try #require(KindDefinition.elasticBeanstalkEnvironment.facet("ConfigurationOptions"))
        let (content, secrets) = facet.read(
            [["Namespace": namespace, "Name": name, "DefaultValue": value, "ValueOptions": ["hunter2"]]],
            names: PropertyNames())
        #expect(content == [["Namespace": namespace, "Name": name, "DefaultValue": stored]])
        #expect(secrets.isEmpty == (stored != Redacted.value))
    }

    @Test func `an option without a value has none`() throws {
        let option: JSON = ["Namespace": "aws:unheard:of", "OptionName": "x"]
        #expect(try read([option]) == [option])
    }

    @Test func `options are the same in any order`() throws {
        let options = [
            Stack.property("B", "1"), Stack.property("A", "2"), Stack.option("aws:ec2:vpc", "VPCId", "vpc-1"),
        ]
        #expect(try read(.array(options)).canonical == read(.array(options.reversed())).canonical)
    }

    private func read(_ options: JSON) throws -> JSON {
        try #require(KindDefinition.elasticBeanstalkEnvironment.facet("OptionSettings"))
            .read(options, names: PropertyNames()).content
    }

    @Test(
        arguments: [
            ("db.example.org", .plain), ("a.example, *.b.example", .plain), ("False", .plain), ("5432", .plain),
            ("debug", .plain), ("us-west-2", .plain), ("https://api.example.org/v2/health", .plain),
            ("https://a.example, http://b.example:8080/", .plain), ("postgres://h:1/x?sslmode=require", .plain),
            ("postgres://u:hunter2@h:1/x", .url), ("a,https://u:hunter2@h", .url),
            ("https://h/in?token=hunter2", .url), ("https://h/in#hunter2", .url),
            ("https://h/aG9yc2UgYmF0dGVyeQ9x", .url), ("https://hooks.example.org/in/a/b", .url),
            ("u:hunter2@h", .secret), ("mod --password=hunter2", .secret), ("5432?password=hunter2", .secret),
            ("{\"token\": \"hunter2\"}", .secret), (["password": "hunter2"], .secret), (["hunter2"], .secret),
            (nil, .plain), (5432, .plain), (true, .plain),
        ] as [(JSON?, Treatment)], ["POSTGRES_HOST", "DECLARED"])
    func `a plain name is not enough for a value of another form`(value: (JSON?, Treatment), name: String) {
        let names = PropertyNames(declaredPlain: ["DECLARED"])
        #expect(names.treatment(of: name, value: value.0) == value.1)
    }
}

import StrictJSON
import Testing

@testable import Tidemark
@testable import TidemarkKinds

struct OptionTableTests {
    @Test(
        arguments: [
            ("aws:ec2:vpc/Subnet", "aws:ec2:vpc/Subnets"), ("aws:ec2:vpcs/Subnets", "aws:ec2:vpc/Subnets"),
            ("aws:ec2:vpc/Subnets", nil), ("aws:ec2:vpc/Qwertyuiop", nil), ("aws:some:thing/Qwertyuiop", nil),
            ("aws:autoscaling:scheduledaction/MinSize/night", nil),
            ("aws:elasticbeanstalk:application:environment/ANY_NAME", nil),
        ] as [(String, String?)])
    func `an option that is not documented has the nearest one that is`(key: String, nearest: String?) {
        #expect(OptionTable.documented.nearestKey(to: key) == nearest)
    }

    @Test func `every line of the table is understood, and no option occurs twice`() {
        #expect(OptionTable.documented.mistakes == [])
        #expect(OptionTable.documented.namespaces.values.allSatisfy { !$0.isEmpty })
        #expect(OptionTable.documented.namespaces.values.map(\.count).reduce(0, +) > 200)
    }

    @Test(
        arguments: [
            ("namespace a\n  X: number\n  X: name", "  X: name"), ("namespace a\nnamespace a", "namespace a"),
            ("namespace a\n  X: nombre", "  X: nombre"), ("namespace a\n  X", "  X"), ("namespace a\n  X: ", "  X: "),
            ("namespace a\n  X: number | nombre", "  X: number | nombre"), ("  X: number", "  X: number"),
            ("namespace a\n  X: list", "  X: list"),
        ])
    func `a line of another format is a mistake`(text: String, line: Substring) {
        #expect(OptionTable(text).mistakes == [line])
    }

    @Test(
        arguments: [
            ("aws:autoscaling:asg", "MaxSize", true), ("aws:autoscaling:asg", "maxsize", false),
            ("AWS:autoscaling:asg", "MaxSize", false), ("aws:autoscaling:asg", "API_TOKEN", false),
            ("aws:elb:listener:443", "SSLCertificateId", true), ("aws:elb:listener", "SSLCertificateId", false),
            ("aws:elb:listener:443:x", "SSLCertificateId", false), ("aws:elb:listener:*", "InstancePort", true),
            ("aws:elasticbeanstalk:environment:process:default", "HealthCheckPath", true),
            ("aws:elasticbeanstalk:environment:process:api", "HealthCheckPath", true),
            ("aws:elasticbeanstalk:environment:process:api", "API_TOKEN", false),
            ("aws:elasticbeanstalk:environment:proxy:staticfiles", "/images", true),
            ("aws:elasticbeanstalk:environment:proxy:staticfiles", "API_TOKEN", false),
            ("aws:elasticbeanstalk:application:environmentsecrets", "API_TOKEN", true),
            ("aws:elasticbeanstalk:container:tomcat:jvmoptions", "Xmx", true),
            ("aws:elasticbeanstalk:customoption", "MaxSize", false), ("", "MaxSize", false), ("x", "", false),
        ])
    func `an option is found by its name, in a namespace that may end in the user's`(
        namespace: String, option: String, isFound: Bool
    ) {
        #expect((OptionTable.documented.form(of: option, in: namespace) != nil) == isFound)
    }
}

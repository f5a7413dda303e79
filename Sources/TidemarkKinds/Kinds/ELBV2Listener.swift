import StrictJSON
import Tidemark

extension Kind {
    package static let elbv2Listener = Kind(rawValue: "elbv2.listener")
}

extension KindDefinition {
    /// A listener of a load balancer; its identity is the ARN, which begins like the load balancer's.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Listener.html>.
    static let elbv2Listener = KindDefinition(
        .elbv2Listener, decoder: 2,
        questions: [
            QuestionDefinition(
                "listeners", "elbv2", "DescribeListeners", ["LoadBalancerArn": "${identity}"],
                absent: ["LoadBalancerNotFound"],
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "Listeners[]",
                        lists: [
                            "Certificates": .keyed(by: ["CertificateArn"]),
                            "DefaultActions[].ForwardConfig.TargetGroups": .keyed(by: ["TargetGroupArn"]),
                        ],
                        redactions: redactions)
                ],
                members: MembersDefinition(
                    prefix: { $0.replacing(":loadbalancer/", with: ":listener/") + "/" }, owner: loadBalancer,
                    find: listeners),
                leads: [.resources(.elbv2TargetGroup, targetGroups)])
        ],
        facts: [],
        isReplacedRoutinely: { arn, _ in arn.split(separator: "/").contains { ElasticBeanstalkNames.isOwn(String($0)) }
        })

    /// Parameters that are added to a request may authenticate it. `#{query}` only passes on the request's own query.
    private static let redactions: [Redaction] = [
        .secret("DefaultActions[].AuthenticateOidcConfig.ClientSecret"),
        .secret("DefaultActions[].AuthenticateOidcConfig.AuthenticationRequestExtraParams"),
        .secret("DefaultActions[].AuthenticateCognitoConfig.AuthenticationRequestExtraParams"),
        Redaction("DefaultActions[].RedirectConfig.Query") { action, _ in
            action["Query"] == "#{query}" ? .plain : .secret
        },
    ]

    private static func loadBalancer(ofListener arn: String) -> ResourceID? {
        arn.lastIndex(of: "/").map { end in
            ResourceID(.elbv2LoadBalancer, String(arn[..<end]).replacing(":listener/", with: ":loadbalancer/"))
        }
    }

    private static func listeners(_ answer: Answer) -> [MembersDefinition.Member]? {
        answer.value["Listeners"]?.array?.compactMap { listener in
            listener["ListenerArn"]?.string.map { MembersDefinition.Member($0, listener) }
        }
    }

    /// The target groups of the default actions. An Auto Scaling group leads to the others.
    private static func targetGroups(_ answer: Answer) -> [String] {
        answer.value.elements("Listeners").flatMap { $0.elements("DefaultActions") }
            .flatMap { [$0] + ($0["ForwardConfig"]?.elements("TargetGroups") ?? []) }
            .compactMap { $0["TargetGroupArn"]?.string }
    }
}

import StrictJSON

extension Kind {
    package static let elbv2Listener = Kind(rawValue: "elbv2.listener")
}

extension KindDefinition {
    /// A listener, by its ARN: its load balancer's, and an id of its own. One answer lists those of a load balancer.
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
        facts: [])

    /// What is added to a request may authenticate it; AWS's own form of a query passes on that of the request.
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

    /// Those to which the listeners forward what no rule catches; an Auto Scaling group names all of its own.
    private static func targetGroups(_ answer: Answer) -> [String] {
        answer.value.elements("Listeners").flatMap { $0.elements("DefaultActions") }
            .flatMap { [$0] + ($0["ForwardConfig"]?.elements("TargetGroups") ?? []) }
            .compactMap { $0["TargetGroupArn"]?.string }
    }
}

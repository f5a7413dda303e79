import Tidemark

extension Kind {
    package static let elasticBeanstalkApplication = Kind(rawValue: "elasticbeanstalk.application")
}

extension KindDefinition {
    /// An application of Elastic Beanstalk, which has environments and versions; its identity is the name.
    ///
    /// Source: <https://docs.aws.amazon.com/elasticbeanstalk/latest/api/API_ApplicationDescription.html>.
    static let elasticBeanstalkApplication = KindDefinition(
        .elasticBeanstalkApplication, decoder: 1,
        questions: [
            QuestionDefinition(
                "application", "elasticbeanstalk", "DescribeApplications", ["ApplicationNames": ["${identity}"]],
                omitsAbsent: true,
                facets: [
                    FacetDefinition(
                        Snapshot.description, at: "Applications[]", selector: .identity(member: "ApplicationName"),
                        volatile: ["DateUpdated"])
                ])
        ],
        facts: [],
        // Every release adds a version.
        released: .attributes(["Versions"]))
}

import StrictJSON
import Tidemark

extension Kind {
    package static let ec2PrefixList = Kind(rawValue: "ec2.prefix-list")
}

extension KindDefinition {
    /// A managed prefix list that a rule of a security group names; its identity is the id, its title the name. AWS's own
    /// lists, such as that of CloudFront, are among them.
    ///
    /// Source: <https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_ManagedPrefixList.html>.
    static let ec2PrefixList = KindDefinition(
        .ec2PrefixList, decoder: 1, title: .attribute("PrefixListName"),
        questions: [
            QuestionDefinition(
                "list", "ec2", "DescribeManagedPrefixLists", ["PrefixListIds": ["${identity}"]], absent: listGone,
                isGone: { $0.value.elements("PrefixLists").first?["State"] == "delete-complete" },
                facets: [
                    FacetDefinition(
                        Snapshot.description,
                        at: "PrefixLists[]", selector: .identity(member: "PrefixListId"),
                        // The progress of a change to the entries.
                        volatile: ["State", "StateMessage"], readings: ["State"],
                        lists: ["Tags": .keyed(by: ["Key"])])
                ]),
            QuestionDefinition(
                "entries", "ec2", "GetManagedPrefixListEntries", ["PrefixListId": "${identity}"], absent: listGone,
                facets: [prefixListEntries]),
        ],
        facts: [])

    /// The blocks of addresses in a list.
    static let prefixListEntries = FacetDefinition(
        "Entries", at: "Entries", lists: ["": .keyed(by: ["Cidr"])])

    private static let listGone: Set = ["InvalidPrefixListID.NotFound", "InvalidPrefixListId.NotFound"]
}

import StrictJSON
import Testing
import Tidemark
import TidemarkTestSupport

@testable import TidemarkKinds

struct PrefixListTests {
    private let kind = KindDefinition.ec2PrefixList

    @Test func `the rules of a security group lead to the prefix lists that they name`() throws {
        func permission(_ lists: String...) -> JSON {
            ["IpProtocol": "-1", "PrefixListIds": .array(lists.map { ["PrefixListId": .string($0)] })]
        }
        let group: JSON = [
            "GroupId": "sg-0a", "IpPermissions": [permission("pl-1", "pl-2"), permission()],
            "IpPermissionsEgress": [permission("pl-3")],
        ]
        let answer = Stack.answer(["SecurityGroups": [group]], about: "sg-0a")
        let found = try KindDefinition.ec2SecurityGroup.identities(of: kind.kind, beyond: "group", answer)
        #expect(found == ["pl-1", "pl-2", "pl-3"])
    }

    @Test(arguments: [("create-complete", false), ("modify-in-progress", false), ("delete-complete", true)])
    func `a list that was deleted is gone, though AWS still answers it`(state: JSON, isGone: Bool) throws {
        let answer = Stack.answer(["PrefixLists": [["PrefixListId": "pl-1", "State": state]]], about: "pl-1")
        #expect(try #require(kind.question("list")).isGone(answer) == isGone)
    }

    @Test func `an entry is addressed by its block`() throws {
        let list = ResourceID(kind.kind, "pl-1")
        let snapshot = try SnapshotView.of([
            list.described: ["PrefixListName": "office"],
            FacetID(list, "Entries"): [["Cidr": "10.0.0.0/8", "Description": "office"]],
        ])
        #expect(snapshot.seen("Entries[10.0.0.0/8].Description", of: list) == "office")
        #expect(snapshot.label(of: list) == "ec2.prefix-list/office")
    }
}

import StrictJSON
import Testing
import TidemarkTestSupport

@testable import Tidemark
@testable import TidemarkKinds

struct ParameterGroupTests {
    @Test(
        arguments: [
            (["DataType": "boolean", "ParameterValue": "1", "AllowedValues": "0,1"], true),
            (["DataType": "integer", "ParameterValue": "300"], true),
            (["DataType": "float", "ParameterValue": "0.5"], true),
            (["DataType": "string", "ParameterValue": "ddl", "AllowedValues": "none,ddl,mod,all"], true),
            (["DataType": "list", "ParameterValue": "a, c", "AllowedValues": "a,b,c"], true),
            (["DataType": "string", "ParameterValue": ""], true),
            (["DataType": "string", "ParameterValue": "SET @key = 'hunter2'"], false),
            (["DataType": "string", "ParameterValue": "hunter2", "AllowedValues": "[a-z0-9]{1,63}"], false),
            (["DataType": "list", "ParameterValue": "a,hunter2", "AllowedValues": "a,b,c"], false),
            (["ParameterValue": "hunter2"], false),
        ] as [(JSON, Bool)])
    func `a value is kept if it was chosen among those that are offered`(parameter: JSON, isKept: Bool) {
        let read = ParameterGroup.changed.read([parameter], names: PropertyNames())
        let value = read.content.array?.first?["ParameterValue"]
        #expect(value == (isKept ? parameter["ParameterValue"] : Redacted.value))
        #expect(read.secrets.isEmpty == isKept)
    }

    @Test(arguments: [KindDefinition.rdsDBParameterGroup, .elastiCacheCacheParameterGroup])
    func `the parameters that were changed are addressed by name`(definition: KindDefinition) throws {
        let group = ResourceID(definition.kind, "ours")
        let snapshot = try SnapshotView.of([
            group.described: [:],
            FacetID(group, "Parameters"): [["ParameterName": "rds.force_ssl", "ParameterValue": "1"]],
        ])
        #expect(snapshot.seen("Parameters[rds.force_ssl].ParameterValue", of: group) == "1")
        let asked = try #require(definition.question("parameters")).filled(with: ["identity": "ours"])
        #expect(asked.parameters["Source"] == "user")
    }
}

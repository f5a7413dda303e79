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
            (["ParameterValue": "hunter2"], false), (["ParameterValue": "hunter2", "Source": "user"], false),
            (["ParameterValue": "/rdsdbdata/log", "Source": "system"], true),
            (["ParameterValue": "{DBInstanceClassMemory/9531392}", "Source": "engine-default"], true),
        ] as [(JSON, Bool)])
    func `a value is kept if it was chosen among those that are offered`(parameter: JSON, isKept: Bool) {
        let read = ParameterGroup.parameters(metadata: ["DataType"]).read([parameter], names: PropertyNames())
        let value = read.content.array?.first?["ParameterValue"]
        #expect(value == (isKept ? parameter["ParameterValue"] : Redacted.value))
        #expect(read.secrets.isEmpty == isKept)
    }

    @Test(arguments: [KindDefinition.rdsDBParameterGroup, .elastiCacheCacheParameterGroup])
    func `all parameters are addressed by name, and a fact has the changed ones`(definition: KindDefinition) throws {
        let group = ResourceID(definition.kind, "ours")
        let snapshot = try SnapshotView.of([
            group.described: [:],
            FacetID(group, "Parameters"): [
                ["ParameterName": "rds.force_ssl", "ParameterValue": "1", "Source": "system"],
                ["ParameterName": "log_statement", "ParameterValue": "ddl", "Source": "user"],
                ["ParameterName": "search_path", "ParameterValue": Redacted.value, "Source": "user"],
            ],
        ])
        #expect(snapshot.seen("Parameters[rds.force_ssl].ParameterValue", of: group) == "1")
        #expect(
            snapshot.seen("changed-parameters", of: group) == ["log_statement": "ddl", "search_path": Redacted.value])
        let asked = try #require(definition.question("parameters")).filled(with: ["identity": "ours"])
        #expect(asked.parameters["Source"] == nil)
    }
}

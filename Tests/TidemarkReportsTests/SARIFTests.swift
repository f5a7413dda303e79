import StrictJSON
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline

@testable import TidemarkReports

/// The places of results in the repository, and the limits of GitHub.
struct SARIFTests {
    private static let shipped = "shipped:antenna/documented"

    private func baseline(_ file: String, extensions: [String: Position] = [:]) throws -> Baseline {
        Baseline(
            environment: try EnvironmentName("antenna-production"), documents: nil, expectations: [],
            files: [SourceFile(name: file, text: "")], extensions: extensions)
    }

    @Test func `a position of an extended baseline leads to the 'extends' in the repository`() throws {
        let workspace = Workspace(folder: "/repo/infra", root: "/repo", projectFile: "../tidemark.yml")
        let inherited = Position(file: Self.shipped, line: 40, column: 5)
        let chain = [
            Self.shipped: Position(file: "/etc/base.yml", line: 2, column: 10),
            "/etc/base.yml": Position(file: "b.yml", line: 1, column: 10),
        ]
        let found = workspace.position(of: inherited, in: try baseline("b.yml", extensions: chain))
        #expect(found == Position(file: "infra/b.yml", line: 1, column: 10))
        #expect(workspace.position(of: inherited, in: try baseline(Self.shipped)) == nil)
        #expect(workspace.projectPosition.file == "tidemark.yml")
        #expect(Workspace(folder: "/repo", projectFile: "/etc/t.yml").projectPosition.file == "tidemark.yml")
    }

    @Test func `results beyond the limits are left out from the end, and counted`() {
        let found = (0..<4).map { (ruleIndex: 3 - $0, result: ["n": .init($0)] as JSONObject) }
        let rules = (0..<4).map { ["id": .init($0)] as JSON }
        let all = SARIFSelection(found, rules: rules)
        #expect(all.results.count == 4 && all.rules.count == 4 && all.remark == nil)
        #expect(all.results.first == ["n": 0, "ruleIndex": 3])
        let few = SARIFSelection(found, rules: rules, mostResults: 3)
        #expect(few.results.count == 3 && few.rules.count == 4)
        #expect(few.remark?.hasPrefix("1 of 4 findings are left out") == true)
        // Each result and each rule has 7 or 8 bytes: two of both fit, and no rule without a result.
        let small = SARIFSelection(found, rules: rules, mostBytes: 32)
        #expect(small.results == [["n": 0, "ruleIndex": 1], ["n": 1, "ruleIndex": 0]])
        #expect(small.rules == [["id": 2], ["id": 3]])
    }
}

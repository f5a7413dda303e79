import AWSShapes
import Foundation
import Testing

@testable import AWSClient

/// Runs every input of the corpus through the properties that the fuzzer checks.
struct CorpusTests {
    struct Input: CustomTestStringConvertible, Sendable {
        let target: FuzzTarget
        let file: URL
        var testDescription: String { "\(target.rawValue)/\(file.lastPathComponent)" }
    }

    static let inputs: [Input] = FuzzTarget.allCases.flatMap { target in
        let folder = Bundle.module.resourceURL?.appending(path: "Corpus/\(target.rawValue)")
        let files = folder.flatMap {
            try? FileManager.default.contentsOfDirectory(at: $0, includingPropertiesForKeys: nil)
        }
        return (files ?? []).sorted { $0.path < $1.path }.map { Input(target: target, file: $0) }
    }

    @Test(arguments: inputs)
    func `an input of the corpus breaks no property`(_ input: Input) throws {
        #expect(try input.target.check(Array(Data(contentsOf: input.file))))
    }

    @Test(arguments: FuzzTarget.allCases)
    func `every target has a corpus`(_ target: FuzzTarget) {
        #expect(Self.inputs.contains { $0.target == target })
    }

    @Test func `every operation of the wire table can be reached`() throws {
        for service in WireTable.serviceNames {
            for operation in WireTable.service(named: service)?.operationNames ?? [] {
                for status in [200, 404] {
                    #expect(try FuzzTarget.answer.check(Array("\(service) \(operation) \(status)\n".utf8)))
                }
            }
        }
    }

    @Test(arguments: FuzzTarget.allCases)
    func `no input is too short`(_ target: FuzzTarget) throws {
        for input in [[], [0], [0x0A], [0x41], [0xFF], Array("  \n".utf8)] as [[UInt8]] { _ = try target.check(input) }
    }
}

import AWSShapes
import Foundation
import Testing

@testable import AWSClient

@Suite struct WireTableTests {
    @Test(arguments: WireTable.serviceNames)
    func `every shape of a service parses and refers only to shapes that exist`(_ name: String) throws {
        let service = try #require(WireTable.service(named: name))
        for shapeName in service.shapeNames {
            let shape = try #require(service.shape(named: shapeName), "\(shapeName)")
            let types: [WireType] =
                switch shape {
                case .structure(let structure): structure.members.map(\.type)
                case .list(let type, _, _): [type]
                case .map(let key, let value, _, _, _): [key, value]
                }
            for case .shape(let next) in types { #expect(service.shapeNames.contains(next)) }
        }
    }

    @Test(arguments: WireTable.serviceNames)
    func `every operation of a service parses, and its shapes exist`(_ name: String) throws {
        let service = try #require(WireTable.service(named: name))
        #expect(!service.operationNames.isEmpty)
        for operationName in service.operationNames {
            let operation = try #require(service.operation(named: operationName))
            for shape in [operation.input, operation.output].compactMap(\.self) {
                #expect(service.shape(named: shape) != nil)
            }
        }
    }

    @Test func `an unknown service is nil`() {
        #expect(WireTable.service(named: "") == nil)
        #expect(WireTable.service(named: "RDS") == nil)
    }

    @Test(.enabled(if: PinnedBotocore.isInstalled, "needs the pinned botocore"), .timeLimit(.minutes(10)))
    func `the generator writes the committed table`() throws {
        let (status, output) = try PinnedBotocore.run(["Sources/AWSShapes/generate.py", "--check"])
        #expect(status == 0, "\(output.prefix(2000))")
    }
}

/// The Python interpreter that has the pinned botocore, if there is one.
enum PinnedBotocore {
    static let isInstalled: Bool = {
        let result = try? run(["-c", "import botocore, sys; sys.exit(botocore.__version__ != '1.43.11')"])
        return result?.status == 0
    }()

    /// Runs Python in the package's folder.
    static func run(_ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3"] + arguments
        process.currentDirectoryURL = Vectors.folder.deletingLastPathComponent().deletingLastPathComponent()
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: output, as: UTF8.self))
    }
}

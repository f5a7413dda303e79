// benchmark-drift write RESOURCES EXPECTATIONS FOLDER
//     Writes a state of RESOURCES resources as state.json, and EXPECTATIONS expectations of it as baseline.yml and, for
//     other programs, as baseline.json. Every tenth resource has drifted.
// benchmark-drift compare FOLDER
//     Evaluates the baseline, and prints the number of findings and the milliseconds that it took.

import Foundation
import StrictJSON
import Tidemark
import TidemarkBaseline
import TidemarkKinds

struct BenchmarkError: Error { let reason: String }

func write(resources: Int, expectations: Int, to folder: String) throws {
    let stack = Stack(resources: resources, expectations: expectations)
    for (name, text) in [
        ("state.json", stack.state.canonical), ("baseline.yml", stack.yaml), ("baseline.json", stack.json.canonical),
    ] {
        try text.write(toFile: "\(folder)/\(name)", atomically: false, encoding: .utf8)
    }
}

func compare(in folder: String) throws {
    let state = try JSON(parsing: Data(contentsOf: URL(filePath: "\(folder)/state.json")))
    let text = try String(contentsOfFile: "\(folder)/baseline.yml", encoding: .utf8)
    let baseline = try Baseline(yaml: text, file: "baseline.yml", kinds: .all, attributes: WireAttributes())
    let snapshot = SnapshotView(Snapshot(Stack.observation(state), of: baseline.environment), kinds: .all)
    let start = ContinuousClock.now
    let drift = try Drift(of: snapshot, from: baseline, now: snapshot.at, maximumAge: nil)
    let time = (ContinuousClock.now - start) / .milliseconds(1)
    print("\(drift.results.count) expectations, \(drift.findings.count) findings")
    print(time)
}

let arguments = Array(CommandLine.arguments.dropFirst())
switch (arguments.first, arguments.count) {
case ("write", 4):
    guard let resources = Int(arguments[1]), let expectations = Int(arguments[2]) else {
        throw BenchmarkError(reason: "RESOURCES and EXPECTATIONS are numbers")
    }
    try write(resources: resources, expectations: expectations, to: arguments[3])
case ("compare", 2): try compare(in: arguments[1])
default: throw BenchmarkError(reason: "usage: benchmark-drift write|compare ...")
}

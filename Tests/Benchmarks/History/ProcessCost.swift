import FoundationEssentials

/// What the process has cost so far: the bytes that it read and wrote, and the time.
struct ProcessCost: CustomStringConvertible {
    private let read: Int
    private let written: Int
    private let elapsed: Duration
    private static let start = ContinuousClock.now

    /// Source: proc_pid_io(5).
    static func now() throws -> ProcessCost {
        let counters = try String(contentsOfFile: "/proc/self/io", encoding: .utf8)
        func counter(_ name: String) throws -> Int {
            guard let line = counters.split(separator: "\n").first(where: { $0.hasPrefix("\(name): ") }),
                let value = Int(line.dropFirst(name.count + 2))
            else { throw BenchmarkError(reason: "/proc/self/io has no '\(name)'") }
            return value
        }
        return ProcessCost(
            read: try counter("rchar"), written: try counter("wchar"), elapsed: ContinuousClock.now - start)
    }

    static func - (end: ProcessCost, start: ProcessCost) -> ProcessCost {
        ProcessCost(
            read: end.read - start.read, written: end.written - start.written, elapsed: end.elapsed - start.elapsed)
    }

    /// `READ WRITTEN MILLISECONDS`.
    var description: String { "\(read) \(written) \(elapsed / .milliseconds(1))" }
}

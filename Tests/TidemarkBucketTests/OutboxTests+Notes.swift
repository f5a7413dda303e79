import Locking
import Testing
import Tidemark
import TidemarkTestSupport

@testable import TidemarkBucket
@testable import TidemarkShared

extension OutboxTests {
    @Test func `a note of unknown outcome is sent again by the next command`() async throws {
        func note(on machine: SharedHistory) async throws -> Entry {
            try await machine.note(
                on: Seq(rawValue: 1), of: environment, "restored", nil, caller: nil, time: { (Stack.start, .machine) },
                report: { [reports] line in reports.withLock { $0.append(line) } })
        }
        try await record(1, on: machine())
        let silent = MemoryObjects { _, _ in .unknown("timed out") }
        silent.state.withLock { $0.objects = objects.state.withLock { $0.objects } }
        let failure = await #expect(throws: Failure.self) { try await note(on: machine("1", silent)) }
        #expect(failure?.what.hasPrefix("'antenna-production' may have been recorded as @2:") == true)
        #expect(try await note(on: machine()).header.seq == Seq(rawValue: 3))
        let line =
            "the note of \(Stack.start.readable), whose outcome was unknown, is recorded as @2 of 'antenna-production'"
        #expect(reports.withLock { $0 } == [line])
    }
}

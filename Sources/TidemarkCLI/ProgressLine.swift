import AWSClient
import CivilTime
import Locking
import Synchronization
import TidemarkReports

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A line on stderr that shows progress. It is rewritten in place, and erased before anything else is written.
final class ProgressLine: Sendable {
    private let state = Locked(State())
    private let clock: ProgramClock

    init(clock: ProgramClock) { self.clock = clock }

    private struct State {
        var report = ProgressReport()
        /// The text on the terminal; empty if there is none.
        var drawn = ""
        var drawnAt: Duration?
        var isTicking = false
        /// Whether the line was erased for good.
        var isOver = false
    }

    /// The least time between two drawings.
    private static let pause = Duration.milliseconds(100)
    /// The interval of redrawing: the elapsed time changes, and changes within a pause were not drawn.
    private static let tick = Duration.milliseconds(250)

    /// Changes the report; may be called from any task.
    /// - Parameter change: Is given the report and the time.
    func update(_ change: (inout ProgressReport, Duration) -> Void) {
        let isFirst = state.withLock { state in
            change(&state.report, clock.elapsed())
            draw(&state)
            defer { state.isTicking = true }
            return !state.isTicking
        }
        if isFirst { Task.detached { await self.keepDrawing() } }
    }

    /// Erases the line, runs a closure that writes to the terminal, and draws the line again at the next tick.
    func aside<Result>(_ body: () -> Result) -> Result {
        state.withLock { state in
            write("", &state)
            return body()
        }
    }

    /// Erases the line for good.
    func end() {
        state.withLock { state in
            write("", &state)
            state.isOver = true
        }
    }

    private func keepDrawing() async {
        repeat {
            do { try await clock.sleep(Self.tick) } catch { return }
        } while state.withLock { state in
            draw(&state)
            return !state.isOver
        }
    }

    private func draw(_ state: inout State) {
        let now = clock.elapsed()
        if state.isOver || state.drawnAt.map({ now - $0 < Self.pause }) ?? false { return }
        write(state.report.text(at: now, columns: Self.columns), &state)
    }

    private func write(_ text: String, _ state: inout State) {
        guard text != state.drawn else { return }
        state.drawn = text
        state.drawnAt = clock.elapsed()
        Terminal.rewrite(text)
    }

    /// The columns that fit: all but the last, after which some terminals begin another line.
    private static var columns: Int {
        var size = winsize()
        let isKnown = ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        return (isKnown ? Int(size.ws_col) : 80) - 1
    }
}

extension ProgressLine {
    /// Erases the line in a signal handler that is about to end the process.
    ///
    /// Async-signal-safe: atomics, `poll` and `write`.
    static func withdraw() { Terminal.withdraw() }
}

/// The terminal's current line, in a form that a signal handler can use.
private enum Terminal {
    private static let isWritten = Atomic<Bool>(false)
    private static let isBusy = Atomic<Bool>(false)
    private static let isWithdrawn = Atomic<Bool>(false)

    /// Moves to the beginning of the line and erases to its end; source: ECMA-48, sections 8.3.15 and 8.3.41.
    private static let erase: StaticString = "\r\u{1B}[K"

    static func rewrite(_ text: String) {
        isBusy.store(true, ordering: .sequentiallyConsistent)
        defer { isBusy.store(false, ordering: .sequentiallyConsistent) }
        if isWithdrawn.load(ordering: .sequentiallyConsistent) { return }
        isWritten.store(true, ordering: .sequentiallyConsistent)
        // A failure loses only the line.
        _ = writeAll("\(erase)\(RunnerCommands.escaped(text, in: .text))", to: STDERR_FILENO)
        if text.isEmpty { isWritten.store(false, ordering: .sequentiallyConsistent) }
    }

    static func withdraw() {
        isWithdrawn.store(true, ordering: .sequentiallyConsistent)
        // Another thread may be writing. If this one is, it never continues, so the wait has a limit.
        for _ in 0..<50 where isBusy.load(ordering: .sequentiallyConsistent) { poll(nil, 0, 1) }
        if isWritten.exchange(false, ordering: .sequentiallyConsistent) {
            _ = write(STDERR_FILENO, erase.utf8Start, erase.utf8CodeUnitCount)
        }
    }
}

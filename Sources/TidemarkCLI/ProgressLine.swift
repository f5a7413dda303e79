import Locking
import AWSClient
import Synchronization
import TidemarkReports

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The line on stderr that is rewritten while AWS is asked, and is gone before anything else is written.
final class ProgressLine: Sendable {
    private let state = Locked(State())

    private struct State {
        var report = ProgressReport()
        /// What stands on the terminal; empty where nothing does.
        var drawn = ""
        var drawnAt: ContinuousClock.Instant?
        var isTicking = false
        /// Nothing is drawn any more.
        var isOver = false
    }

    /// The least time between two drawings.
    private static let pause = Duration.milliseconds(100)
    /// How often it is looked whether there is something new to say: time passes, and some changes came too soon.
    private static let tick = Duration.milliseconds(250)

    /// Changes what there is to say, from any task.
    func update(_ change: (inout ProgressReport) -> Void) {
        let isFirst = state.withLock { state in
            change(&state.report)
            Self.draw(&state)
            defer { state.isTicking = true }
            return !state.isTicking
        }
        if isFirst { Task.detached { await self.keepDrawing() } }
    }

    /// Does something on the terminal while the line is not there; it comes back by itself.
    func aside<Result>(_ body: () -> Result) -> Result {
        state.withLock { state in
            Self.write("", &state)
            return body()
        }
    }

    /// Erases the line for good.
    func end() {
        state.withLock { state in
            Self.write("", &state)
            state.isOver = true
        }
    }

    private func keepDrawing() async {
        repeat {
            do { try await Task.sleep(for: Self.tick) } catch { return }
        } while state.withLock { state in
            Self.draw(&state)
            return !state.isOver
        }
    }

    private static func draw(_ state: inout State) {
        let now = ContinuousClock.now
        if state.isOver || state.drawnAt.map({ now - $0 < pause }) ?? false { return }
        write(state.report.text(at: now, columns: columns), &state)
    }

    private static func write(_ text: String, _ state: inout State) {
        guard text != state.drawn else { return }
        state.drawn = text
        state.drawnAt = .now
        Terminal.rewrite(text)
    }

    /// How much fits: not the last column, behind which some terminals begin another line.
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

/// The terminal's current line, where a signal handler can get at it.
private enum Terminal {
    private static let isWritten = Atomic<Bool>(false)
    private static let isBusy = Atomic<Bool>(false)
    private static let isWithdrawn = Atomic<Bool>(false)

    /// To the line's beginning, and what is right of it erased; source: ECMA-48, sections 8.3.15 and 8.3.41.
    private static let erase: StaticString = "\r\u{1B}[K"

    static func rewrite(_ text: String) {
        isBusy.store(true, ordering: .sequentiallyConsistent)
        defer { isBusy.store(false, ordering: .sequentiallyConsistent) }
        if isWithdrawn.load(ordering: .sequentiallyConsistent) { return }
        isWritten.store(true, ordering: .sequentiallyConsistent)
        // Where it cannot be written, nothing is lost but the line.
        _ = writeAll("\(erase)\(RunnerCommands.escaped(text, in: .text))", to: STDERR_FILENO)
        if text.isEmpty { isWritten.store(false, ordering: .sequentiallyConsistent) }
    }

    static func withdraw() {
        isWithdrawn.store(true, ordering: .sequentiallyConsistent)
        // Another thread may be writing just now; this one may be, too, and then it never goes on.
        for _ in 0..<50 where isBusy.load(ordering: .sequentiallyConsistent) { poll(nil, 0, 1) }
        if isWritten.exchange(false, ordering: .sequentiallyConsistent) {
            _ = write(STDERR_FILENO, erase.utf8Start, erase.utf8CodeUnitCount)
        }
    }
}

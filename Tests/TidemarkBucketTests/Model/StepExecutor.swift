/// An executor that runs the jobs of tasks when the test calls `run`, on the test's own thread: the same seed gives the same order.
///
/// `@unchecked Sendable` holds because only that thread enqueues and runs jobs: the tasks use no other executor.
final class StepExecutor: TaskExecutor, @unchecked Sendable {
    private var jobs: [UnownedJob] = []

    func enqueue(_ job: consuming ExecutorJob) { jobs.append(UnownedJob(job)) }

    /// Runs until every task waits for an event or has ended.
    func run() {
        while !jobs.isEmpty { jobs.removeFirst().runSynchronously(on: asUnownedTaskExecutor()) }
    }
}

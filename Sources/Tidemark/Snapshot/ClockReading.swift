/// AWS's time of day at one moment of this process's own clock, which never goes back.
public struct ClockReading: Sendable, Hashable {
    /// AWS's time, in whole seconds as its `Date` header has it.
    public let time: Timestamp
    /// The process's clock at that moment.
    public let elapsed: Duration

    /// Creates a reading.
    public init(time: Timestamp, elapsed: Duration) {
        self.time = time
        self.elapsed = elapsed
    }

    /// AWS's time at a later moment of the process's clock.
    package func time(at elapsed: Duration) -> Timestamp { time + Int64((elapsed - self.elapsed) / .milliseconds(1)) }
}

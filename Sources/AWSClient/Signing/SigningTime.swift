/// The time in a signature: this machine's time plus the known clock error.
struct SigningTime {
    let machine: UTCTime
    let correction: Duration

    var time: UTCTime { UTCTime(milliseconds: machine.milliseconds + Int64(correction / .milliseconds(1))) }
}

import Tidemark

extension ImageStretch {
    /// The entry from which on it is over; none that there can be while it is not.
    var end: Seq { until ?? .endless }
}

extension Seq {
    static let endless = Seq(rawValue: .max)
}

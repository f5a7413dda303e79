import Tidemark

extension ImageStretch {
    /// The entry at which the stretch ends; greater than every other one if it has not ended.
    var end: Seq { until ?? .endless }
}

extension Seq {
    static let endless = Seq(rawValue: .max)
}

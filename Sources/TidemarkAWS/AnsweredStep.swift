import TidemarkKinds

/// A step whose questions were answered.
struct AnsweredStep {
    let step: WalkStep
    /// The answers together, with their secrets.
    let answer: Answer
}

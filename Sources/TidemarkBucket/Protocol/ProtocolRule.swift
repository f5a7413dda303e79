/// A rule of the protocol. A test skips each one to show what it prevents.
enum ProtocolRule: CaseIterable, Sendable {
    /// A request of unknown outcome is sent again with the same bytes. Without the rule another entry is proposed.
    case sendAgain
    /// An object that exists is read, because it may be one's own. Without the rule it counts as another's.
    case readExisting
    /// An object that exists and is absent is requested again. Without the rule it counts as another's.
    case doubtAbsence
    /// A refusal after an unknown outcome leaves the outcome unknown. Without the rule nothing counts as recorded.
    case doubtRefusal
    /// An observation is compared with what was appended since the walk began. Without the rule it is appended as it is.
    case compareObservation
    /// After a write the entry before it is read.
    case lookBefore
    /// After a write its own entry is read.
    case lookAtOwn
    /// After a write the entry after it is read.
    case lookAfter
}

import Tidemark

/// A store of objects that creates an object only if its key has none, such as a bucket of S3.
///
/// No function throws: what is known afterwards is the result. A reason is one line without secrets.
package protocol ObjectStore: Sendable {
    /// Reads a whole object.
    func read(_ key: String) async -> ReadOutcome

    /// Creates an object if its key has none.
    ///
    /// The request is sent once: the caller decides whether it is sent again.
    func create(_ key: String, _ bytes: [UInt8]) async -> CreateOutcome

    /// Lists keys in the order of their UTF-8 bytes, one page.
    /// - Parameter key: The last key before the page; nil for the first page.
    func keys(withPrefix prefix: String, after key: String?) async -> ListOutcome
}

/// The result of reading an object.
package enum ReadOutcome: Sendable, Equatable {
    case found([UInt8])
    case absent
    /// The store refused the request, and will refuse it again.
    case refused(StoreRefusal)
    /// There was no answer, or one that may be another the next time.
    case unknown(String)
}

/// The result of a request that creates an object.
package enum CreateOutcome: Sendable, Equatable {
    case created
    /// The key has an object, which may be the one of an earlier request.
    case exists
    /// The store refused the request, and has not executed it.
    case refused(StoreRefusal)
    /// The object may have been created, or may be created later.
    case unknown(String)
}

/// The result of listing keys.
package enum ListOutcome: Sendable, Equatable {
    case page([String], hasMore: Bool)
    /// The store refused the request, and will refuse it again.
    case refused(StoreRefusal)
    /// There was no answer, or one that may be another the next time.
    case unknown(String)
}

/// Why a store refuses a request, and what to do about it.
package struct StoreRefusal: Sendable, Equatable, ExpressibleByStringInterpolation {
    /// The reason, one line without secrets.
    package let why: String
    private let advice: Advice

    /// What to do about a refusal.
    package enum Advice: Sendable, Equatable {
        /// The caller lacks the permission for the request.
        case allow
        /// The reason says it.
        case asExplained
        case remedy(Remedy)
    }

    package init(_ why: String, _ advice: Advice) {
        self.why = why
        self.advice = advice
    }

    /// A missing permission.
    package init(stringLiteral why: String) { self.init(why, .allow) }

    /// What to do; nil if the reason says it.
    /// - Parameter permission: What to do if the permission is missing.
    func remedy(allowing permission: Remedy) -> Remedy? {
        switch advice {
        case .allow: permission
        case .asExplained: nil
        case .remedy(let remedy): remedy
        }
    }
}

extension Remedy {
    /// What to do about a store that does not answer.
    static let waitForStore: Remedy = "try again when the bucket answers"
}

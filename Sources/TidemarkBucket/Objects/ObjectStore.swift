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
    /// The store refused the request, and will refuse it again: the permission is missing.
    case refused(String)
    /// There was no answer, or one that may be another the next time.
    case unknown(String)
}

/// The result of a request that creates an object.
package enum CreateOutcome: Sendable, Equatable {
    case created
    /// The key has an object, which may be the one of an earlier request.
    case exists
    /// The store refused the request, and has not executed it.
    case refused(String)
    /// The object may have been created, or may be created later.
    case unknown(String)
}

/// The result of listing keys.
package enum ListOutcome: Sendable, Equatable {
    case page([String], hasMore: Bool)
    /// The store refused the request, and will refuse it again: the permission is missing.
    case refused(String)
    /// There was no answer, or one that may be another the next time.
    case unknown(String)
}

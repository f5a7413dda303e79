import AWSClient
import TidemarkBucket

extension ReadOutcome {
    init(_ error: AWSError) {
        // A bucket that does not exist is 404 too.
        if error.code == "NoSuchKey" {
            self = .absent
        } else {
            self = error.isFinal ? .refused(error.refusal) : .unknown(error.description)
        }
    }
}

extension CreateOutcome {
    init(_ error: AWSError) {
        switch error.status {
        case 412: self = .exists
        // ConditionalRequestConflict: another request for the key was executed meanwhile.
        case 409: self = .unknown(error.description)
        default: self = error.isFinal ? .refused(error.refusal) : .unknown(error.description)
        }
    }
}

extension ListOutcome {
    init(_ error: AWSError) { self = error.isFinal ? .refused(error.refusal) : .unknown(error.description) }
}

extension AWSError {
    /// The refusal. An error of the client itself says what to do.
    fileprivate var refusal: StoreRefusal {
        switch reason {
        case .denied: StoreRefusal(description, .allow)
        case .credentials where code == nil, .invalid, .certificate: StoreRefusal(message, .asExplained)
        case .credentials: StoreRefusal(description, .remedy("renew the credentials of the history's bucket"))
        case _ where code == "NoSuchBucket":
            StoreRefusal(description, .remedy("create the bucket, or correct the address of the history"))
        default: StoreRefusal(description, .remedy("check the address, the region and the endpoint of the history"))
        }
    }

    /// Codes of bodies that were damaged on the way: the next try may succeed.
    private static let damagedBodies: Set = ["BadDigest", "IncompleteBody", "XAmzContentSHA256Mismatch"]

    /// Whether the request was not executed, and will not be executed if it is sent again.
    fileprivate var isFinal: Bool {
        switch reason {
        case .denied, .credentials, .invalid, .certificate: true
        case .rejected: code.map { !Self.damagedBodies.contains($0) } ?? true
        // A header that the store does not know, such as If-None-Match.
        case .unavailable: code == "NotImplemented"
        case .throttled, .malformed, .cancelled: false
        }
    }
}

import StrictJSON

/// An error with AWS's code and message.
struct ServiceError: Sendable, Hashable {
    let code: String
    let message: String
    /// The region of the bucket, if AWS names it.
    var bucketRegion: String?
}

extension ServiceError {
    /// Reads an element with a `Code` and a `Message`.
    init?(_ element: XMLElement?) {
        guard let element, let code = element.child("Code")?.text, !code.isEmpty else { return nil }
        self.init(code: code, message: element.child("Message")?.text ?? "")
    }
}

extension ServiceError {
    /// Reads the error of a JSON service as botocore's `BaseJSONParser` does: `{"__type":
    /// "com.amazonaws.ecr#RepositoryNotFoundException", "message": "…"}`.
    ///
    /// Some services send the type in a header, which botocore does not read.
    init?(inJSON response: HTTPResponse) {
        let body = try? JSON(lenient: response.body)
        let damaged = body == nil ? DamagedError.type(inJSON: response.body) : nil
        guard let type = body?["__type"]?.string ?? damaged ?? response.header("x-amzn-errortype"),
            let code = Self.queryCode(response) ?? Self.code(type),
            body != nil || response.body.isEmpty || DamagedError.isTrusted(code)
        else { return nil }
        self.init(code: code, message: body?["message"]?.string ?? body?["Message"]?.string ?? "")
    }

    /// The name without the namespace before it and the URI after it.
    private static func code(_ type: String) -> String? {
        let name = type.prefix { $0 != ":" }
        return name.split(separator: "#").last.flatMap { DamagedError.code($0.utf8) }
    }

    /// The code from the Query protocol that the service used before: `Throttling;Sender`.
    private static func queryCode(_ response: HTTPResponse) -> String? {
        let parts = response.header("x-amzn-query-error")?.split(separator: ";", omittingEmptySubsequences: false)
        guard let parts, parts.count == 2 else { return nil }
        return DamagedError.code(parts[0].utf8)
    }
}

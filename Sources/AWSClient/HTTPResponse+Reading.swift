import StrictJSON

extension HTTPResponse {
    /// AWS's time when it sent the response; nil without a valid `Date` header.
    var date: UTCTime? { header("Date").flatMap { UTCTime(parsing: $0) } }

    /// The body as JSON; nil if it is not JSON.
    var json: JSON? { try? JSON(parsing: body) }
    /// The words of the body, separated by single spaces.
    var text: String {
        String(decoding: body, as: UTF8.self).split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
}

import StrictJSON

extension WireCall {
    /// The deepest nesting of an answer: half of what the JSON reader accepts, so that a document around a part of it
    /// can still be read. AWS's own answers nest no deeper than a dozen levels.
    static let maximumDepth = 128

    /// Reads a response: returns the answer to the call, or throws the error in it.
    /// - Parameter time: The time in the request's signature.
    func read(
        _ response: HTTPResponse, signed time: SigningTime, _ scrubber: Scrubber
    ) throws(FailedAttempt) -> JSON {
        let wire: any WireProtocol
        do { wire = try wireProtocol() } catch { throw FailedAttempt(error) }
        guard (200..<300).contains(response.status) else {
            throw FailedAttempt(response, wire.error(in: response), scrubber, signed: time)
        }
        do { return try shallow(wire.answer(in: response, to: self)) } catch {
            guard let hidden = wire.errorBehindSuccess(in: response) else { throw FailedAttempt(reading: error) }
            throw FailedAttempt(response, hidden, scrubber, signed: time)
        }
    }

    private func shallow(_ answer: JSON) throws(AWSError) -> JSON {
        guard !answer.isNested(beyond: Self.maximumDepth) else {
            throw AWSError(reason: .malformed, message: "the answer nests deeper than \(Self.maximumDepth) levels")
        }
        return answer
    }
}

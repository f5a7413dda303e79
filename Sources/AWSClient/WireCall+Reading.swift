import StrictJSON

extension WireCall {
    /// How deep an answer may nest: half of what JSON's reader takes, so that nothing which is written around a part of it
    /// makes a text that cannot be read again. AWS's own nest no deeper than a dozen levels.
    static let maximumDepth = 128

    /// What a response says: the answer to the call, or the error in it.
    /// - Parameter time: When the call was signed.
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
            throw AWSError(kind: .malformed, message: "the answer nests deeper than \(Self.maximumDepth) levels")
        }
        return answer
    }
}

import Tidemark

/// The object of a pack: zlib (RFC 1950) over parts. A part is a line with the number of lines that follow, and then the lines of
/// an `EntryObject`.
///
/// The first part of a pack that has a state is that state, with no lines if there is none. The others are the entries.
enum PackObject {
    /// Encodes a pack; nil if it exceeds a limit.
    static func encode(_ pack: Pack) -> [UInt8]? {
        let parts = pack.entries.map(EntryObject.lines(of:))
        let state = pack.span.size.hasState ? [pack.state.map(EntryObject.lines(of:)) ?? []] : []
        return ObjectLines.encode((state + parts).flatMap { [String($0.count)] + $0 })
    }

    /// Decodes an object. Each entry is verified like one that is read by itself.
    /// - Parameter keys: The keys of the chain that the entries are part of.
    /// - Throws: `Failure` with the code `history` for an object that is not that pack.
    static func decode(_ bytes: [UInt8], of span: PackSpan, in keys: EntryKeys) throws(Failure) -> Pack {
        let damaged = { (why: String) in Failure.object(keys[span], why: why) }
        var rest = try ObjectLines.decode(bytes, damaged)[...]
        func nextPart() throws(Failure) -> ArraySlice<String>? {
            guard let line = rest.popFirst() else { return nil }
            guard let count = Int(line), 0...rest.count ~= count else {
                throw damaged("a number of lines is wrong")
            }
            defer { rest = rest.dropFirst(count) }
            return rest.prefix(count)
        }
        var state: ExportedEntry?
        if span.size.hasState, let part = try nextPart(), !part.isEmpty {
            state = try EntryObject.decode(part, of: span.last.next, in: keys, damaged)
        }
        var entries: [ExportedEntry] = []
        while let part = try nextPart() {
            let seq = Seq(rawValue: span.first.rawValue + Int64(entries.count))
            entries.append(try EntryObject.decode(part, of: seq, in: keys, damaged))
        }
        return try Pack(span, entries, state: state)
    }
}

import StrictJSON

/// Joins the pages of an answer as boto3's `build_full_result` does, but keeps the members that it would drop.
struct PageMerger {
    private let operation: WireOperation
    private(set) var pages = 0
    private(set) var value = JSONObject()
    /// The tokens of every page so far: one that comes again would never end.
    private var seen: Set<[JSON]> = []

    init(_ operation: WireOperation) { self.operation = operation }

    /// Takes a page in.
    /// - Returns: What to ask for the next page beside the parameters, or nil after the last one.
    /// - Throws: Of kind `malformed`, for a token that came before.
    mutating func add(_ page: JSON) throws(AWSError) -> [JSONObject.Member]? {
        pages += 1
        let object = page.object ?? JSONObject()
        if pages == 1 { value = object } else { join(object) }
        let next = tokens(in: object)
        for member in operation.tokens.map(\.output) + [operation.more].compactMap(\.self) { value[member] = nil }
        guard let next else { return nil }
        guard seen.insert(next.map(\.value)).inserted else {
            throw AWSError(kind: .malformed, message: "page \(pages) leads back to a page that was read before")
        }
        return next
    }

    private mutating func join(_ page: JSONObject) {
        for member in operation.results {
            guard let more = page[member] else { continue }
            switch (value[member], more) {
            case (.array(let values)?, .array(let added)): value[member] = .array(values + added)
            default: value[member] = value[member] ?? more
            }
        }
    }

    private func tokens(in page: JSONObject) -> [JSONObject.Member]? {
        if let more = operation.more, page[more] != .bool(true) { return nil }
        let found = operation.tokens.compactMap { token -> JSONObject.Member? in
            guard let value = page[token.output], value != .string(""), value != .null else { return nil }
            return (token.input, value)
        }
        return found.isEmpty ? nil : found
    }
}

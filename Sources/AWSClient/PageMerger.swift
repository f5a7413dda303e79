import AWSShapes
import StrictJSON

/// Joins the pages of an answer as boto3's `build_full_result` does, but keeps the members that it would drop.
struct PageMerger {
    private let operation: WireOperation
    private(set) var pages = 0
    /// The members that are joined across pages and missing from at least one page.
    private(set) var partial: Set<String> = []
    /// The first page without its tokens, and the members that later pages added.
    private var first = JSONObject()
    /// The joined lists, kept apart so that they grow in place.
    private var lists: [String: [JSON]] = [:]
    /// The tokens of every page; one that repeats would lead to an endless loop.
    private var seenTokens: Set<[JSON]> = []

    init(_ operation: WireOperation) { self.operation = operation }

    /// Adds a page.
    /// - Returns: The parameters to add to the request for the next page, or nil after the last page.
    /// - Throws: `AWSError` with reason `malformed` for a token that was used before.
    mutating func add(_ page: JSON) throws(AWSError) -> [JSONObject.Member]? {
        pages += 1
        let object = page.object ?? JSONObject()
        append(object)
        guard let next = tokens(in: object) else { return nil }
        guard seenTokens.insert(next.map(\.value)).inserted else {
            throw AWSError(reason: .malformed, message: "page \(pages) leads back to a page that was read before")
        }
        return next
    }

    var value: JSONObject {
        var value = first
        for member in operation.results { value[member] = lists[member].map(JSON.array) ?? value[member] }
        return value
    }

    private mutating func append(_ page: JSONObject) {
        if pages == 1 {
            first = page
            for member in operation.tokens.map(\.output) + [operation.more].compactMap(\.self) { first[member] = nil }
        }
        for member in operation.results {
            guard let more = page[member] else {
                partial.insert(member)
                continue
            }
            // The first page's value is kept, except for lists.
            if first[member] == nil { first[member] = more }
            guard case .array? = first[member], case .array(let values) = more else { continue }
            lists[member, default: []] += values
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

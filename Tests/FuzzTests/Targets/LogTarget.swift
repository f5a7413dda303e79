import StrictJSON

@testable import Tidemark

/// The readers of the log: an entry survives being written and read.
enum LogTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        guard let text = String(validating: input, as: UTF8.self) else { return false }
        if let header = try? Header(parsing: text) {
            try demand((try? Header(parsing: header.text)) == header, "a header survives being written and read")
        }
        guard let json = try? JSON(parsing: text) else { return true }
        if let binding = EnvironmentBinding(json: json) {
            try demand(EnvironmentBinding(json: binding.json) == binding, "a binding survives being written and read")
        }
        if let body = SnapshotBody(json: json) {
            let read = (try? JSON(parsing: body.json.canonicalBytes)).flatMap(SnapshotBody.init(json:))
            try demand(read == body, "a snapshot's body survives being written and read")
        }
        return true
    }
}

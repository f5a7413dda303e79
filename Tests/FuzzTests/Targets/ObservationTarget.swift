import StrictJSON

@testable import Tidemark

/// The reader of an observation's file: what it reads is written again as the same bytes. The input is the observation without its
/// hash, so that the fuzzer need not compute that.
enum ObservationTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        guard let json = try? JSON(parsing: input) else { return false }
        let text = JSON.object(["observation": json, "sha256": ContentHash(of: json).json]).canonical
        guard let file = try? ObservationFile(text.utf8, named: "f") else { return true }
        let again = try? ObservationFile(file.text.utf8, named: "f")
        try demand(again?.text == file.text, "an observation survives being written and read")
        try demand(file.late.time == file.time, "a late snapshot has the time of its file")
        return true
    }
}

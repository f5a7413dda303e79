import Foundation
import StrictJSON

/// The files of `Vectors/`.
enum Vectors {
    static func read(_ name: String) -> [JSON] {
        guard let url = Bundle.module.url(forResource: "Vectors/\(name)", withExtension: nil),
            let data = try? Data(contentsOf: url), let vectors = (try? JSON(parsing: data))?.array
        else { fatalError("cannot read Vectors/\(name)") }
        return vectors
    }

    /// The folder of the test target in the sources.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}

extension JSON {
    /// The text at `key`, or an empty one.
    func text(_ key: String) -> String { self[key]?.string ?? "" }
}

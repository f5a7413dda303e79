import Foundation
import StrictJSON

/// The files of `Vectors/`.
enum Vectors {
    static func read(_ name: String) -> [JSON] {
        let url = Bundle.module.url(forResource: "Vectors/\(name)", withExtension: nil)!
        return try! JSON(parsing: Data(contentsOf: url)).array!
    }

    /// This file's folder's parent, in the sources.
    static let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
}

extension JSON {
    /// The text at `key`, for vectors that are known to have it.
    func text(_ key: String) -> String { self[key]!.string! }
}

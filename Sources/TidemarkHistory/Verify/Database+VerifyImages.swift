import GRDB
import StrictJSON
import Tidemark

extension Database {
    /// A row of the index of images.
    private struct ImageRow: Hashable {
        let facet: Int64
        let seq: Int64
        let position: Int
        let vantage: String
        let image: ImageReference
    }

    /// Compares the images of the index with the descriptions that name them.
    func verifyImages(of environment: EnvironmentName, _ images: ImageIndex) throws {
        let indexed = try Row.fetchAll(
            cachedStatement(sql: Embedded.images), arguments: ["environment": environment.rawValue]
        ).map { row in
            ImageRow(
                facet: row["facet"], seq: row["seq"], position: row["position"], vantage: row["vantage"],
                image: row.image)
        }
        let differences = try imagesInDescriptions(of: environment, images).symmetricDifference(indexed)
        if let first = differences.map(\.seq).min() {
            throw Failure.index(of: "images", of: environment, differsAt: first)
        }
    }

    private func imagesInDescriptions(of environment: EnvironmentName, _ images: ImageIndex) throws -> Set<ImageRow> {
        var found: Set<ImageRow> = []
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.descriptions),
            arguments: [
                "environment": environment.rawValue, "kinds": JSON(images.kinds.map(\.rawValue)).canonical,
            ])
        while let row = try rows.next() {
            guard let definition = images[Kind(rawValue: row["kind"])] else { continue }
            for (position, image) in definition.find(row["identity"], try row.content()).enumerated() {
                found.insert(
                    ImageRow(
                        facet: row["facet"], seq: row["seq"], position: position, vantage: definition.vantage.rawValue,
                        image: image))
            }
        }
        return found
    }
}

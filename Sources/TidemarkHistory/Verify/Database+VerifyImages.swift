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

    /// Holds the images of the index against the descriptions that name them.
    func holdImages(of environment: EnvironmentName, _ images: ImageIndex) throws {
        var named: Set<ImageRow> = []
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.descriptions),
            arguments: [
                "environment": environment.rawValue, "kinds": JSON(images.kinds.map(\.rawValue)).canonical,
            ])
        while let row = try rows.next() {
            guard let definition = images[Kind(rawValue: row["kind"])] else { continue }
            let found = definition.find(row["identity"], try row.content())
            for (position, image) in found.enumerated() {
                named.insert(
                    ImageRow(
                        facet: row["facet"], seq: row["seq"], position: position, vantage: definition.vantage.rawValue,
                        image: image))
            }
        }
        let indexed = try Row.fetchAll(
            cachedStatement(sql: Embedded.images), arguments: ["environment": environment.rawValue]
        ).map { row in
            ImageRow(
                facet: row["facet"], seq: row["seq"], position: row["position"], vantage: row["vantage"],
                image: row.image)
        }
        if let difference = named.symmetricDifference(indexed).map(\.seq).min() {
            throw Failure.index(of: "images", of: environment, differsAt: difference)
        }
    }
}

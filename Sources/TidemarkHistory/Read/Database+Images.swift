import GRDB
import StrictJSON
import Tidemark

extension Database {
    /// The stretches of the images that a query matches, in the order of environment and entry.
    func stretches(
        of query: ImageQuery, from vantage: ImagesDefinition.Vantage, in environment: EnvironmentName?
    ) throws -> [ImageStretch] {
        let common: StatementArguments = ["vantage": vantage.rawValue, "environment": environment?.rawValue]
        let cursor =
            switch query {
            case .tag(let tag, _):
                try Row.fetchCursor(
                    cachedStatement(sql: Embedded.imagesByTag), arguments: common &+ ["tag": tag])
            case .digest(let digest):
                try Row.fetchCursor(
                    cachedStatement(sql: Embedded.imagesByDigest), arguments: common &+ ["digest": digest])
            }
        return try imageStretches(cursor).filter { query.matches($0.image) }
    }

    /// The stretches of the images that have one of some digests, and of those whose digest is unknown, in any environment.
    func stretches(of digests: Set<String>, from vantage: ImagesDefinition.Vantage) throws -> [ImageStretch] {
        try imageStretches(
            Row.fetchCursor(
                cachedStatement(sql: Embedded.imagesByDigests),
                arguments: ["vantage": vantage.rawValue, "digests": JSON(digests.sorted()).canonical]))
    }

    /// The stretches of all images of an environment.
    func stretches(
        from vantage: ImagesDefinition.Vantage, in environment: EnvironmentName
    ) throws -> [ImageStretch] {
        try imageStretches(
            Row.fetchCursor(
                cachedStatement(sql: Embedded.imagesInEnvironment),
                arguments: ["vantage": vantage.rawValue, "environment": environment.rawValue]))
    }

    /// Whether an environment ever had an image.
    func hasImages(from vantage: ImagesDefinition.Vantage, in environment: EnvironmentName) throws -> Bool {
        try Bool.fetchOne(
            cachedStatement(sql: Embedded.hasImages),
            arguments: ["vantage": vantage.rawValue, "environment": environment.rawValue]) == true
    }

    private func imageStretches(_ rows: RowCursor) throws -> [ImageStretch] {
        var stretches: [ImageStretch] = []
        while let row = try rows.next() { stretches.append(try row.imageStretch()) }
        return stretches
    }
}

extension Row {
    var image: ImageReference {
        ImageReference(repository: self["repository"], tag: self["tag"], digest: self["digest"])
    }

    fileprivate func imageStretch() throws -> ImageStretch {
        ImageStretch(
            environment: try EnvironmentName(self["environment"]),
            resource: ResourceID(Kind(rawValue: self["kind"]), self["identity"]), image: image,
            since: Seq(rawValue: self["since"]),
            until: (self["until"] as Int64?).map(Seq.init(rawValue:)))
    }
}

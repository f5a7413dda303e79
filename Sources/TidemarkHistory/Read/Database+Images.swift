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
        var stretches: [ImageStretch] = []
        while let row = try cursor.next() {
            let stretch = try row.imageStretch()
            if query.matches(stretch.image) { stretches.append(stretch) }
        }
        return stretches
    }

    /// The stretches of all images of an environment.
    func stretches(
        from vantage: ImagesDefinition.Vantage, in environment: EnvironmentName
    ) throws -> [ImageStretch] {
        let cursor = try Row.fetchCursor(
            cachedStatement(sql: Embedded.imagesInEnvironment),
            arguments: ["vantage": vantage.rawValue, "environment": environment.rawValue])
        var stretches: [ImageStretch] = []
        while let row = try cursor.next() { stretches.append(try row.imageStretch()) }
        return stretches
    }

    /// The images that an environment's descriptions name at an entry, each once.
    func images(
        of kinds: [Kind], in environment: EnvironmentName, at seq: Seq
    ) throws -> [ImageReference] {
        let rows = try Row.fetchCursor(
            cachedStatement(sql: Embedded.imagesAt),
            arguments: [
                "environment": environment.rawValue, "seq": seq.rawValue,
                "kinds": JSON(kinds.map(\.rawValue)).canonical,
            ])
        var images: [ImageReference] = []
        while let row = try rows.next() {
            if !images.contains(row.image) { images.append(row.image) }
        }
        return images
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

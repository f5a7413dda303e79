import GRDB
import StrictJSON
import Tidemark

/// Reads what one environment's chain says of tags.
struct TagReader {
    let database: Database
    let images: ImageIndex
    let environment: EnvironmentName
    /// Each stretch in which an image ran.
    let running: [ImageStretch]
    private let latest: SnapshotBody?
    private let asOf: DatedEntry

    init(database: Database, images: ImageIndex, environment: EnvironmentName) throws {
        self.database = database
        self.images = images
        self.environment = environment
        running = try database.stretches(from: .running, in: environment)
        let newest = try database.newestSnapshot(of: environment, upTo: Seq(rawValue: .max))
        latest = try newest?.snapshotBody()
        asOf = DatedEntry(
            seq: newest?.header.seq ?? .first, at: newest?.header.at ?? Timestamp(millisecondsSince1970: 0))
    }

    func tags(_ name: String?, runs: [ImageStretch]) throws -> [TagHistory] {
        let stretches = try database.stretches(from: .registry, in: environment)
            .filter { stretch in name.map { stretch.image.isNamed($0) } ?? true }
        let runs = Dictionary(grouping: runs) { ImageContent($0.image) }
        return try stretches.chunked { $0.resource == $1.resource }.map { try history(of: $0, runs: runs) }
    }

    private func history(of stretches: [ImageStretch], runs: [ImageContent: [ImageStretch]]) throws -> TagHistory {
        let image = stretches[0].image
        let gap = latest?.gaps.over(FacetID(stretches[0].resource, Snapshot.description))
        return TagHistory(
            environment: environment, asOf: asOf, unsettled: latest?.unsettled ?? [], repository: image.repository,
            tag: image.tag ?? "",
            targets: try stretches.map { stretch in
                TagHistory.Target(
                    digest: stretch.image.digest, since: try reference(stretch.since),
                    until: try stretch.until.map { try reference($0) },
                    runs: try (runs[ImageContent(stretch.image)] ?? []).joined().map(run))
            },
            unseen: gap.map { Unseen($0) })
    }

    private func run(_ stretch: ImageStretch) throws -> TagHistory.Run {
        let unseen = try stretch.until == nil ? unseenNow(in: stretch.environment) : nil
        return TagHistory.Run(
            environment: stretch.environment, since: try reference(stretch.since, of: stretch.environment),
            until: try stretch.until.map { try reference($0, of: stretch.environment) }, unseen: unseen)
    }

    private func unseenNow(in environment: EnvironmentName) throws -> Unseen? {
        let body =
            environment == self.environment
            ? latest : try database.newestSnapshot(of: environment, upTo: Seq(rawValue: .max))?.snapshotBody()
        return body?.unseen(images.kinds(from: .running))
    }

    private func reference(_ seq: Seq, of environment: EnvironmentName? = nil) throws -> DatedEntry {
        DatedEntry(seq: seq, at: try database.at(of: environment ?? self.environment, seq))
    }
}

/// What tells one image's bytes from another's.
private struct ImageContent: Hashable {
    let repository: String
    let digest: String?

    init(_ image: ImageReference) {
        repository = image.repository
        digest = image.digest
    }
}

extension ImageReference {
    /// Whether it is of a repository, or is the one image, that is named with or without its registry.
    fileprivate func isNamed(_ name: String) -> Bool {
        let image = ImageName(name)
        guard isOf(image.repository) else { return false }
        return !name.hasSuffix(":\(image.tag ?? "")") || tag?.isIdenticalText(to: image.tag ?? "") == true
    }
}

extension [ImageStretch] {
    /// The stretches of one image by several containers, each environment's joined where they meet.
    fileprivate func joined() -> [ImageStretch] {
        sorted { ($0.environment.rawValue, $0.since) < ($1.environment.rawValue, $1.since) }.reduce(into: []) {
            guard let last = $0.last, last.environment == $1.environment, $1.since <= last.end else {
                $0.append($1)
                return
            }
            guard $1.end > last.end else { return }
            $0[$0.count - 1] = ImageStretch(
                environment: last.environment, resource: last.resource, image: last.image, since: last.since,
                until: $1.until)
        }
    }

    fileprivate func chunked(by belong: (ImageStretch, ImageStretch) -> Bool) -> [[ImageStretch]] {
        reduce(into: []) { chunks, stretch in
            if let last = chunks.last?.last, belong(last, stretch) {
                chunks[chunks.count - 1].append(stretch)
            } else {
                chunks.append([stretch])
            }
        }
    }
}

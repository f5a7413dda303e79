import Tidemark
import TidemarkHistory

extension RecordCommand {
    /// Reports a release that the same CI run had recorded before it, such as in a job that was repeated. It is recorded all the same.
    func reportRepeated(_ appended: AppendedSnapshot, at location: HistoryLocation) {
        guard let release = appended.body.release else { return }
        let header = appended.entry.header
        do throws(Failure) {
            let before = try history.openSilently(location).newestRelease(
                of: header.environment, upTo: header.seq.previous)
            guard let before, release.isOfSameRun(as: before.release) else { return }
            Console.note([
                "release '\(release.label)' is recorded again: the same run recorded it as \(before.seq), at \(before.at.readable)"
            ])
        } catch {
            Console.note([
                "it is unknown whether the same run had recorded release '\(release.label)': \(error.message)"
            ])
        }
    }
}

extension Release {
    /// Whether both are bookings of one label by one CI run, in any attempt.
    fileprivate func isOfSameRun(as other: Release) -> Bool {
        let isSameRun = run != nil && run?.system == other.run?.system && run?.id == other.run?.id
        return label == other.label && (isSameRun || url != nil && url == other.url)
    }
}

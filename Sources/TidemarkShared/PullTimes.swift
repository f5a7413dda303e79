import FoundationEssentials
import StrictJSON
import Tidemark

/// When the chains of a replica were read last, in a file beside the replica: the replica itself does not change with each reading.
struct PullTimes {
    private let path: String

    init(beside replica: String) { path = replica + ".pulled" }

    /// The time for an environment; nil if it is unknown.
    subscript(environment: EnvironmentName) -> Timestamp? {
        times[environment.rawValue]?.string.flatMap(Timestamp.init)
    }

    /// Keeps a time for some environments. One that cannot be kept is unknown later, and nothing else.
    func set(_ time: Timestamp, for environments: [EnvironmentName]) {
        var times = times
        for environment in environments { times[environment.rawValue] = .string(time.description) }
        try? Data(JSON.object(times).canonicalBytes).write(to: URL(filePath: path), options: .atomic)
    }

    private var times: JSONObject {
        FileManager.default.contents(atPath: path).flatMap { try? JSON(parsing: $0) }?.object ?? JSONObject()
    }
}

import AWSClient
import Tidemark

extension AWSSettings {
    /// The region of an environment: the first one that is chosen, else that of its binding, else that of the settings.
    ///
    /// - Parameters:
    ///   - chosen: The regions that the caller names, the preferred one first; nil and empty ones are skipped.
    ///   - bound: The binding that the history has of the environment, if there is one.
    /// - Throws: `Failure` with the code `invalid` and the remedy `nameRegion` if there is none.
    public func region(_ chosen: [String?] = [], bound: EnvironmentBinding? = nil) throws(Failure) -> String {
        let candidates = chosen + [bound?.region, region]
        if let region = candidates.compactMap(\.self).first(where: { !$0.isEmpty }) { return region }
        throw Failure(.invalid, "no AWS region", why: "none was named", remedy: .nameRegion)
    }
}

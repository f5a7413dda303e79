import StrictJSON
import Tidemark
import TidemarkBucket

/// A judgement of the settings of a bucket: whether they let the objects of a history be lost.
package struct BucketSafety: Sendable {
    /// A setting, and what it means for the history.
    package struct Row: Sendable, Hashable {
        /// The setting's name.
        package let name: String
        /// What it is, in one line.
        package let text: String
        /// Whether it endangers the history, or is unknown.
        package let needsAttention: Bool
    }

    /// A row for each setting.
    package let rows: [Row]

    /// - Parameters:
    ///   - prefix: The part of the keys before the environment; empty for none.
    ///   - isAmazon: Whether the store is Amazon S3. In another one a bucket with versions may ignore `If-None-Match`.
    package init(_ settings: BucketSettings, _ policies: BucketPolicies, prefix: String, isAmazon: Bool = true) {
        rows = BucketSetting.allCases.map { setting in
            let (text, needsAttention): (String, Bool)
            switch settings.readings[setting] {
            case .unseen(let why): (text, needsAttention) = ("not seen: \(why)", true)
            case .found(let value): (text, needsAttention) = Self.judge(setting, value, policies, prefix, isAmazon)
            case .absent, nil: (text, needsAttention) = Self.judge(setting, [:], policies, prefix, isAmazon)
            }
            return Row(name: setting.name, text: text, needsAttention: needsAttention)
        }
    }

    private static func judge(
        _ setting: BucketSetting, _ value: JSON, _ policies: BucketPolicies, _ prefix: String, _ isAmazon: Bool
    ) -> (String, Bool) {
        switch setting {
        case .versioning:
            if value["Status"]?.string == "Enabled" { return ("on", false) }
            return isAmazon ? ("off: a deleted object cannot be restored", true) : ("off", false)
        case .objectLock: return (objectLock(value["ObjectLockConfiguration"]), false)
        case .lifecycle:
            let dangers = (value["Rules"]?.array ?? []).compactMap { LifecycleRule($0).danger(to: prefix) }
            return dangers.isEmpty
                ? ("no rule deletes or archives the history", false) : (dangers.joined(separator: "; "), true)
        case .policy:
            let document = value["Policy"]?.string.flatMap { try? JSON(parsing: $0) } ?? value["Policy"] ?? [:]
            let missing = AppendOnlyRule.allCases.filter { !document.denies($0, policies) }
            return missing.isEmpty
                ? ("denies that objects are replaced or deleted", false)
                : ("does not deny that " + missing.map(\.inWords).joined(separator: "; or that "), true)
        }
    }

    private static func objectLock(_ configuration: JSON?) -> String {
        guard configuration?["ObjectLockEnabled"]?.string == "Enabled" else { return "off" }
        guard let retention = configuration?["Rule"]?["DefaultRetention"] else {
            return "on, without a default retention"
        }
        let time = retention["Days"]?.integer.map { "\($0) days" } ?? retention["Years"]?.integer.map { "\($0) years" }
        return
            "on: new objects are kept for \(time ?? "an unknown time"), \(retention["Mode"]?.string ?? "unknown mode")"
    }
}

/// A rule of a bucket's lifecycle.
///
/// Source: "Lifecycle configuration elements" in the Amazon S3 User Guide.
private struct LifecycleRule {
    private let rule: JSON

    /// The storage classes of which an object must be restored before it can be read.
    private static let archives: Set = ["GLACIER", "DEEP_ARCHIVE"]

    init(_ rule: JSON) { self.rule = rule }

    /// What the rule does to the objects of a history; nil if nothing.
    func danger(to prefix: String) -> String? {
        guard rule["Status"]?.string == "Enabled", covers(prefix) else { return nil }
        let name = "rule '\((rule["ID"]?.string ?? "").printable)'"
        if let expiration = rule["Expiration"], let time = time(expiration) {
            return "\(name) deletes the history \(time)"
        }
        if let expiration = rule["NoncurrentVersionExpiration"], let days = expiration["NoncurrentDays"]?.integer {
            return "\(name) deletes what was deleted for good after \(days) days"
        }
        let archive = rule["Transitions"]?.array?.first { Self.archives.contains($0["StorageClass"]?.string ?? "") }
        return archive.map {
            "\(name) archives the history \(time($0) ?? "at an unknown time"), and then it cannot be read"
        }
    }

    /// Whether the rule may apply to objects of the history, which have no tags.
    private func covers(_ prefix: String) -> Bool {
        let filter = rule["Filter"]
        guard filter?["Tag"] == nil, filter?["And"]?["Tags"]?.array?.isEmpty ?? true else { return false }
        let covered = filter?["And"]?["Prefix"]?.string ?? filter?["Prefix"]?.string ?? rule["Prefix"]?.string ?? ""
        let own = EntryKeys.folder(prefix)
        return own.hasPrefix(covered) || covered.hasPrefix(own)
    }

    private func time(_ value: JSON) -> String? {
        if let days = value["Days"]?.integer { return "\(days) days after it was written" }
        return value["Date"]?.string.map { "on \($0.printable)" }
    }
}

/// Whether the secrets of two moments could be compared: only where both have fingerprints under one key.
public enum SecretComparison: Sendable, Hashable {
    case compared
    /// Neither moment has fingerprints, so that nobody expects it.
    case withoutKey
    /// Just one of them has.
    case keyMissing
    case otherKey

    /// - Parameters: The ids of the keys of the fingerprints; nil if a moment has no key.
    public init(_ from: String?, _ to: String?) {
        self =
            switch (from, to) {
            case (nil, nil): .withoutKey
            case (nil, _?), (_?, nil): .keyMissing
            case (let old?, let new?): old == new ? .compared : .otherKey
            }
    }
}

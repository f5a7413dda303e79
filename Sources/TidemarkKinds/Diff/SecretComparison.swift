/// Whether the secrets of two moments could be compared, which takes fingerprints under one key.
public enum SecretComparison: Sendable, Hashable {
    case compared
    /// Neither moment has fingerprints.
    case withoutKey
    /// Only one moment has fingerprints.
    case keyMissing
    /// The fingerprints are under different keys.
    case otherKey

    /// Compares the ids of the keys of two moments; nil for a moment without a key.
    public init(_ from: String?, _ to: String?) {
        self =
            switch (from, to) {
            case (nil, nil): .withoutKey
            case (nil, _?), (_?, nil): .keyMissing
            case (let old?, let new?): old == new ? .compared : .otherKey
            }
    }
}

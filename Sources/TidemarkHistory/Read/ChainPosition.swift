import Tidemark

/// A place in an environment's chain.
struct ChainPosition: Hashable {
    let environment: EnvironmentName
    let seq: Seq
}

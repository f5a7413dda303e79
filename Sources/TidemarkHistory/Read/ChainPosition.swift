import Tidemark

/// An entry of an environment's chain.
struct ChainPosition: Hashable {
    let environment: EnvironmentName
    let seq: Seq
}

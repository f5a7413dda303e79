/// The 32 bytes of a hash, as four words in the order of the bytes.
///
/// They are not `SIMD4<UInt64>`, which is aligned to 32 bytes: Swift 6.3.1 reserves too little memory for the frame of an async
/// function that keeps one while it waits, and then overwrites what is behind the frame.
struct HashWords: Hashable, Sendable {
    private var first: UInt64 = 0
    private var second: UInt64 = 0
    private var third: UInt64 = 0
    private var fourth: UInt64 = 0

    static func &+= (sum: inout HashWords, other: HashWords) {
        sum.first &+= other.first
        sum.second &+= other.second
        sum.third &+= other.third
        sum.fourth &+= other.fourth
    }

    static func &-= (sum: inout HashWords, other: HashWords) {
        sum.first &-= other.first
        sum.second &-= other.second
        sum.third &-= other.third
        sum.fourth &-= other.fourth
    }
}

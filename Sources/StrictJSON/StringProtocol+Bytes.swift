#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension StringProtocol {
    /// Whether both are the same bytes; `==` would also merge what Unicode calls canonically equivalent.
    @inlinable
    public func isIdenticalText(to other: some StringProtocol) -> Bool {
        byteOrder(beside: other) == 0
    }

    /// Whether this stands before `other` in the order of UTF-8 bytes, which is that of Unicode scalars.
    @inlinable
    public func precedesByUTF8(_ other: some StringProtocol) -> Bool {
        byteOrder(beside: other) < 0
    }

    /// Below 0 where this stands before `other` in the order of UTF-8 bytes, and 0 for the same bytes.
    ///
    /// By `memcmp`, in a fraction of the time of a comparison by elements: to hash the state of thousands of resources
    /// is mostly to sort them.
    @inlinable
    public func byteOrder(beside other: some StringProtocol) -> Int {
        let order = utf8.withContiguousStorageIfAvailable { left in
            other.utf8.withContiguousStorageIfAvailable { right in left.byteOrder(beside: right) }
        }
        if case let order?? = order { return order }
        // A string that is not Swift's own.
        return Array(utf8).withUnsafeBufferPointer { left in
            Array(other.utf8).withUnsafeBufferPointer { right in left.byteOrder(beside: right) }
        }
    }
}

extension UnsafeBufferPointer<UInt8> {
    @usableFromInline
    func byteOrder(beside other: Self) -> Int {
        guard let start = baseAddress, let otherStart = other.baseAddress else { return count - other.count }
        let order = Int(memcmp(start, otherStart, Swift.min(count, other.count)))
        return order == 0 ? count - other.count : order
    }
}

import Deflate
import StrictJSON

@testable import Tidemark
@testable import TidemarkBucket

/// The reader of an entry's object: an entry survives being written and read. The input is the lines of the object, so that
/// the fuzzer need not compress them.
enum ObjectTarget {
    static func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        let line = input.prefix { $0 != UInt8(ascii: "\n") }
        guard let text = String(validating: line, as: UTF8.self), let header = try? Header(parsing: text) else {
            return false
        }
        let keys = EntryKeys(prefix: "", environment: header.environment)
        guard
            let entry = try? EntryObject.decode(Deflate.compress(input, as: .zlib), of: header.seq, in: keys)
        else { return true }
        let read = (try? EntryObject.encode(entry)).flatMap { try? EntryObject.decode($0, of: header.seq, in: keys) }
        try demand(
            read?.entry == entry.entry && read?.contents == entry.contents, "an entry survives being written and read")
        var chain = ChainCopy(of: header.environment, images: ImageIndex([:]))
        if (try? chain.append(entry)) != nil, let head = try? chain.head {
            try demand(head.hash == entry.entry.hash, "the head is the entry that was added")
        }
        return true
    }
}

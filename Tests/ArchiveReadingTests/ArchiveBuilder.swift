import Deflate

/// A file of an archive that a test writes.
struct ArchivedFile {
    var name: [UInt8]
    var content: [UInt8] = []
    var flags = 0
    var method = 8
    var extra: [UInt8] = []

    init(_ name: String, _ content: [UInt8] = []) {
        self.name = Array(name.utf8)
        self.content = content
    }

    fileprivate var stored: [UInt8] {
        method == 8 ? Deflate.compress(content, as: .raw(dictionary: [])) : content
    }

    /// The fields that the header before the content and the directory share (APPNOTE sections 4.3.7 and 4.3.12).
    fileprivate var common: [UInt8] {
        number(20, 2) + number(flags, 2) + number(method, 2) + number(0, 4)
            + number(Int(Deflate.checksum(of: content)), 4) + number(stored.count, 4) + number(content.count, 4)
            + number(name.count, 2)
    }
}

func archive(_ files: [(name: String, content: [UInt8])]) -> [UInt8] {
    archive(files.map { ArchivedFile($0.name, $0.content) })
}

/// An archive with these files in this order.
func archive(_ files: [ArchivedFile], comment: String = "") -> [UInt8] {
    var (contents, directory) = ([UInt8](), [UInt8]())
    for file in files {
        directory += number(0x0201_4B50, 4) + number(20, 2) + file.common + number(file.extra.count, 2)
        directory += [UInt8](repeating: 0, count: 10) + number(contents.count, 4) + file.name + file.extra
        contents += number(0x0403_4B50, 4) + file.common + number(0, 2) + file.name + file.stored
    }
    let end = number(0x0605_4B50, 4) + number(0, 4) + number(files.count, 2) + number(files.count, 2)
    let place = number(directory.count, 4) + number(contents.count, 4)
    return contents + directory + end + place + number(comment.utf8.count, 2) + Array(comment.utf8)
}

/// The bytes of a number, the least significant first.
func number(_ value: Int, _ count: Int) -> [UInt8] {
    (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
}

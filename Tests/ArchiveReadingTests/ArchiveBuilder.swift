import CZip
import Testing

/// An archive with these files in this order, written by libzip.
func archive(_ files: [(name: String, content: [UInt8])], password: String? = nil) throws -> [UInt8] {
    let source = try #require(zip_source_buffer_create(nil, 0, 0, nil))
    zip_source_keep(source)
    defer { zip_source_free(source) }
    let archive = try #require(zip_open_from_source(source, ZIP_TRUNCATE, nil))
    for (name, content) in files {
        if name.hasSuffix("/") {
            zip_dir_add(archive, name, 0)
            continue
        }
        // libzip reads and frees the content only when it closes the archive.
        let copy = UnsafeMutableRawPointer.allocate(byteCount: max(1, content.count), alignment: 1)
        copy.copyMemory(from: content, byteCount: content.count)
        let index = zip_file_add(
            archive, name, zip_source_buffer(archive, copy, UInt64(content.count), 1), zip_flags_t(ZIP_FL_ENC_UTF_8))
        try #require(index >= 0)
        if let password {
            try #require(zip_file_set_encryption(archive, UInt64(index), UInt16(ZIP_EM_AES_256), password) == 0)
        }
    }
    try #require(zip_close(archive) == 0)
    return try bytes(of: source)
}

private func bytes(of source: OpaquePointer) throws -> [UInt8] {
    try #require(zip_source_open(source) == 0)
    defer { zip_source_close(source) }
    var all: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while case let count = zip_source_read(source, &chunk, UInt64(chunk.count)), count > 0 {
        all += chunk[..<Int(count)]
    }
    return all
}

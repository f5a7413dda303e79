extension JSON {
    /// Parses a JSON text in UTF-8.
    /// - Throws: `JSONError` for anything that RFC 8259 does not allow, for duplicate keys, and for nesting beyond 256
    ///   levels.
    public init(parsing bytes: some Sequence<UInt8>) throws(JSONError) {
        var reader = JSONReader(Array(bytes))
        self = try reader.readDocument()
    }

    /// Parses a text that other readers accept: the last value of a duplicate key is kept, and U+FFFD replaces an
    /// unpaired surrogate and malformed UTF-8. Python's `json.loads` reads such texts alike, but without U+FFFD.
    /// - Throws: `JSONError` for anything else that RFC 8259 does not allow, and for nesting beyond 256 levels.
    package init(lenient bytes: some Sequence<UInt8>) throws(JSONError) {
        var reader = JSONReader(Array(String(decoding: Array(bytes), as: UTF8.self).utf8), isLenient: true)
        self = try reader.readDocument()
    }

    /// Parses a JSON text.
    /// - Throws: `JSONError`, as for bytes.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: text.utf8)
    }
}

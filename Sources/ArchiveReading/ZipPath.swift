import Deflate

/// The path of a file, which archivers write in several ways.
enum ZipPath {
    /// The path; nil for a folder.
    static func text(_ bytes: ArraySlice<UInt8>) -> String? {
        // Windows' own archiver separates by backslashes, against the specification.
        let bytes = bytes.prefix { $0 != 0 }.map { $0 == UInt8(ascii: "\\") ? UInt8(ascii: "/") : $0 }
        var path = String(validating: bytes, as: UTF8.self) ?? String(bytes.map(character))
        while path.hasPrefix("./") { path.removeFirst(2) }
        return path.isEmpty || path.hasSuffix("/") ? nil : path
    }

    /// The path in UTF-8 that an archiver of Info-ZIP writes beside a name in another encoding (APPNOTE section 4.6.9).
    static func unicode(of name: ArraySlice<UInt8>, in extra: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var rest = extra
        while rest.count >= 4 {
            let (id, size) = (number(rest.prefix(2)), number(rest.dropFirst(2).prefix(2)))
            let field = rest.dropFirst(4).prefix(size)
            if id == 0x7075, field.count == size, size > 5, field.first == 1,
                number(field.dropFirst().prefix(4)) == Int(Deflate.checksum(of: Array(name)))
            {
                return field.dropFirst(5)
            }
            rest = rest.dropFirst(4 + size)
        }
        return nil
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int { bytes.reversed().reduce(0) { $0 << 8 | Int($1) } }

    /// The character of a byte in code page 437, the encoding of names that are not in UTF-8 (APPNOTE appendix D).
    private static func character(_ byte: UInt8) -> Character {
        byte < 0x80 ? Character(UnicodeScalar(byte)) : upperHalf[Int(byte) - 0x80]
    }

    private static let upperHalf = Array(
        "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐"
            + "└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}")
}

/// Hexadecimal in lower case, the form of every digest in this package.
package enum Hexadecimal {
    private static let digits = Array("0123456789abcdef".utf8)

    /// The hexadecimal digits of bytes, two for each.
    package static func encode(_ bytes: [UInt8]) -> String {
        String(unsafeUninitializedCapacity: bytes.count * 2) { output in
            var index = 0
            for byte in bytes {
                output[index] = digits[Int(byte >> 4)]
                output[index + 1] = digits[Int(byte & 15)]
                index += 2
            }
            return index
        }
    }

    /// Decodes a text; nil unless it is an even number of hexadecimal digits in lower case.
    package static func decode(_ text: String) -> [UInt8]? {
        var text = text
        return text.withUTF8 { digits in
            guard digits.count.isMultiple(of: 2) else { return nil }
            var isValid = true
            let bytes = [UInt8](unsafeUninitializedCapacity: digits.count / 2) { output, count in
                count = digits.count / 2
                for index in 0..<count {
                    let (high, low) = (values[Int(digits[2 * index])], values[Int(digits[2 * index + 1])])
                    isValid = isValid && high | low < 16
                    output[index] = high << 4 | low & 15
                }
            }
            return isValid ? bytes : nil
        }
    }

    /// The value of each byte as a digit; 255 for a byte that is not a digit.
    private static let values: [UInt8] = (0...255).map { value($0) ?? 255 }

    /// The value of a digit; nil for another byte.
    package static func value(_ digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

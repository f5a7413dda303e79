import StrictJSON

/// The encoding of object keys in S3's lists. S3 percent-encodes them on request, since XML cannot contain every key.
///
/// Source: `encoding-type` of <https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>, and botocore's
/// handlers `set_list_objects_encoding_type_url` and `decode_list_object_v2`.
enum ObjectKeyEncoding {
    private static let operation = "ListObjectsV2"
    private static let members = ["Delimiter", "Prefix", "StartAfter"]
    private static let nested = [("Contents", "Key"), ("CommonPrefixes", "Prefix")]

    /// The call with the encoding requested, unless the caller chose one.
    static func requestEncoding(in call: WireCall) -> WireCall {
        guard encodesKeys(call) else { return call }
        var call = call
        call.parameters["EncodingType"] = "url"
        return call
    }

    /// The answer with its keys decoded, unless the caller requested the encoding.
    static func decode(_ answer: JSONObject, of call: WireCall) -> JSONObject {
        guard encodesKeys(call), answer["EncodingType"] == "url" else { return answer }
        var answer = answer
        for member in members { answer[member] = answer[member].map(decoded) }
        for (list, member) in nested {
            guard case .array(let elements)? = answer[list] else { continue }
            answer[list] = .array(
                elements.map { element in
                    guard case .object(var object) = element else { return element }
                    object[member] = object[member].map(decoded)
                    return .object(object)
                })
        }
        return answer
    }

    private static func encodesKeys(_ call: WireCall) -> Bool {
        call.operation.name == operation && call.parameters["EncodingType"] == nil
    }

    /// Decodes like Python's `urllib.parse.unquote_plus`: a plus is a space.
    private static func decoded(_ value: JSON) -> JSON {
        guard case .string(let text) = value else { return value }
        let bytes = PercentEncoding.decode(text.replacing("+", with: " "))
        return .string(String(decoding: bytes, as: UTF8.self))
    }
}

import CCurl

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One transfer: its libcurl handle, and the response so far.
final class CurlTransfer {
    /// The limit of a response's headers, in bytes: more than any service sends. libcurl itself limits single lines
    /// only.
    private static let maximumHeaderSize = 256 << 10

    let id: UInt64
    let continuation: TransferContinuation
    let handle: UnsafeMutableRawPointer
    private let maximumBodySize: Int
    private var headerList: UnsafeMutablePointer<curl_slist>?
    private let errorText: UnsafeMutablePointer<CChar>

    private var headers: [HTTPHeader] = []
    private var headerSize = 0
    private var body: [UInt8] = []
    /// The limit that the answer exceeds, for people.
    private var exceededLimit: String?
    /// Whether the host has an address that the request refuses.
    private var hasRefusedAddress = false

    init?(_ transfer: TransferRequest, _ configuration: CurlTransport.Configuration) {
        guard let handle = libcurl_easy_init() else { return nil }
        self.handle = handle
        id = transfer.id
        continuation = transfer.continuation
        maximumBodySize = min(configuration.maximumBodySize, transfer.request.maximumBodySize)
        errorText = .allocate(capacity: Int(CURL_ERROR_SIZE))
        errorText.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
        guard prepare(transfer.request), secure(configuration), limit(transfer.request, configuration), listen(),
            !transfer.request.refusesLocalAddresses || refuseLocalAddresses()
        else {
            return nil
        }
    }

    deinit {
        libcurl_easy_cleanup(handle)
        libcurl_slist_free_all(headerList)
        errorText.deallocate()
    }

    private func prepare(_ request: HTTPRequest) -> Bool {
        guard request.isPlain, set(CURLOPT_URL, request.url), set(CURLOPT_PATH_AS_IS, 1),
            set(CURLOPT_CUSTOMREQUEST, request.method)
        else { return false }
        if request.isDirect {
            guard set(CURLOPT_NOPROXY, "*") else { return false }
        }
        if request.isSentOnce {
            guard set(CURLOPT_FRESH_CONNECT, 1) else { return false }
        }
        if request.method == "HEAD" {
            guard set(CURLOPT_NOBODY, 1) else { return false }
        } else if !request.body.isEmpty || request.method == "POST" || request.method == "PUT" {
            guard libcurl_set_offset(handle, CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(request.body.count)) == CURLE_OK,
                libcurl_set_bytes(handle, CURLOPT_COPYPOSTFIELDS, request.body) == CURLE_OK
            else { return false }
        }
        // An empty `Expect` keeps libcurl from waiting for `100 Continue`.
        for line in request.headers.map({ "\($0.name): \($0.value)" }) + ["Expect:"] {
            guard let longer = libcurl_slist_append(headerList, line) else { return false }
            headerList = longer
        }
        return libcurl_set_list(handle, CURLOPT_HTTPHEADER, headerList) == CURLE_OK
    }

    private func secure(_ configuration: CurlTransport.Configuration) -> Bool {
        if let file = configuration.certificateAuthorities {
            guard set(CURLOPT_CAINFO, file) else { return false }
        }
        return set(CURLOPT_SSL_VERIFYPEER, 1) && set(CURLOPT_SSL_VERIFYHOST, 2)
            && set(CURLOPT_SSLVERSION, CURL_SSLVERSION_TLSv1_2)
            && set(CURLOPT_PROTOCOLS_STR, "http,https") && set(CURLOPT_FOLLOWLOCATION, 0)
            && set(CURLOPT_SUPPRESS_CONNECT_HEADERS, 1)
    }

    private func limit(_ request: HTTPRequest, _ configuration: CurlTransport.Configuration) -> Bool {
        // QUICK_EXIT: a cancelled transfer does not wait for the resolver. NOSIGNAL: no alarms in a threaded program.
        set(CURLOPT_NOSIGNAL, 1) && set(CURLOPT_QUICK_EXIT, 1)
            && set(CURLOPT_HTTP_VERSION, CURL_HTTP_VERSION_2TLS) && set(CURLOPT_PIPEWAIT, 1)
            && set(CURLOPT_CONNECTTIMEOUT_MS, configuration.connectTimeout.wholeMilliseconds)
            && set(CURLOPT_TIMEOUT_MS, request.timeout.wholeMilliseconds)
            && set(CURLOPT_LOW_SPEED_LIMIT, 1)
            && set(CURLOPT_LOW_SPEED_TIME, max(1, Int(configuration.stallTimeout.components.seconds)))
    }

    private func listen() -> Bool {
        let this = Unmanaged.passUnretained(self).toOpaque()
        return libcurl_set_pointer(handle, CURLOPT_ERRORBUFFER, errorText) == CURLE_OK
            && libcurl_set_pointer(handle, CURLOPT_WRITEDATA, this) == CURLE_OK
            && libcurl_set_pointer(handle, CURLOPT_HEADERDATA, this) == CURLE_OK
            && libcurl_set_function(handle, CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
                CurlTransfer.receive(bytes, size * count, context) { $0.receiveBody($1) }
            } == CURLE_OK
            && libcurl_set_function(handle, CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
                CurlTransfer.receive(bytes, size * count, context) { $0.receiveHeader($1) }
            } == CURLE_OK
    }

    /// Has each address checked before the connection to it, after the name was resolved.
    private func refuseLocalAddresses() -> Bool {
        libcurl_set_pointer(handle, CURLOPT_OPENSOCKETDATA, Unmanaged.passUnretained(self).toOpaque()) == CURLE_OK
            && libcurl_set_opensocket(handle) { context, _, address in
                guard let context, let address else { return CURL_SOCKET_BAD }
                guard !withUnsafePointer(to: &address.pointee.addr, LocalAddress.contains) else {
                    Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue().hasRefusedAddress = true
                    return CURL_SOCKET_BAD
                }
                return socket(address.pointee.family, address.pointee.socktype, address.pointee.protocol)
            } == CURLE_OK
    }

    /// Delivers bytes to the transfer. Any result but `count` ends the transfer.
    private static func receive(
        _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
        _ take: (CurlTransfer, UnsafeRawBufferPointer) -> Bool
    ) -> Int {
        guard let context else { return 0 }
        let transfer = Unmanaged<CurlTransfer>.fromOpaque(context).takeUnretainedValue()
        // libcurl never delivers zero bytes, so zero always means an error.
        return take(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) ? count : 0
    }

    private func receiveBody(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard body.count + bytes.count <= maximumBodySize else {
            exceededLimit = "the answer is larger than \(maximumBodySize) bytes"
            return false
        }
        body.append(contentsOf: bytes)
        return true
    }

    private func receiveHeader(_ bytes: UnsafeRawBufferPointer) -> Bool {
        headerSize += bytes.count
        guard headerSize <= Self.maximumHeaderSize else {
            exceededLimit = "the answer's headers are larger than \(Self.maximumHeaderSize) bytes"
            return false
        }
        // A field's value is a sequence of bytes; malformed UTF-8 is of no use here and becomes U+FFFD.
        let line = String(decoding: bytes, as: UTF8.self)
        if line.hasPrefix("HTTP/") {
            headers = []
        } else if let colon = line.firstIndex(of: ":") {
            headers.append(HTTPHeader(String(line[..<colon]), line[line.index(after: colon)...].trimmed))
        }
        return true
    }

    private func set(_ option: CURLoption, _ value: Int) -> Bool { libcurl_set_long(handle, option, value) == CURLE_OK }

    private func set(_ option: CURLoption, _ value: String) -> Bool {
        libcurl_set_string(handle, option, value) == CURLE_OK
    }
}

extension CurlTransfer {
    /// The answer, or the reason that it is incomplete.
    func result(_ result: CURLcode) -> Result<HTTPResponse, TransportError> {
        if let exceededLimit = exceededLimit ?? exceededLineLimit(result) {
            return .failure(TransportError(.tooLarge, exceededLimit))
        }
        var status = 0
        if result != CURLE_OK, hasRefusedAddress {
            return .failure(TransportError(.invalid, "the host has an address of this machine or its link"))
        }
        guard result == CURLE_OK, libcurl_get_long(handle, CURLINFO_RESPONSE_CODE, &status) == CURLE_OK else {
            var verification = 0
            _ = libcurl_get_long(handle, CURLINFO_SSL_VERIFYRESULT, &verification)
            return .failure(
                TransportError(result, detail: String(cString: errorText), verification: verification))
        }
        return .success(HTTPResponse(status: status, headers: headers, body: body))
    }
}

extension CurlTransfer {
    /// The limit of a header line, if the line exceeds libcurl's own. libcurl reports that as a lack of memory, since
    /// 8.6 as "too large".
    private func exceededLineLimit(_ result: CURLcode) -> String? {
        let tooLarge: UInt32 = 100
        guard result == CURLE_OUT_OF_MEMORY || result.rawValue == tooLarge, headerSize > 0, body.isEmpty else {
            return nil
        }
        return "the answer's headers are larger than libcurl takes, \(CURL_MAX_HTTP_HEADER) bytes a line"
    }
}

extension HTTPRequest {
    /// Whether nothing in it can end a line and begin another.
    fileprivate var isPlain: Bool {
        let texts = [method, url] + headers.flatMap { [$0.name, $0.value] }
        return texts.allSatisfy { text in text.utf8.allSatisfy { $0 != 0 && $0 != 0x0A && $0 != 0x0D } }
    }
}

extension Substring {
    /// The text without surrounding white space, which is not part of a field's value (RFC 9110 section 5.5).
    fileprivate var trimmed: String {
        let start = unicodeScalars.drop { $0.properties.isWhitespace }
        let end = start.lastIndex { !$0.properties.isWhitespace }.map { start.index(after: $0) } ?? start.startIndex
        return String(start[..<end])
    }
}

extension Duration {
    /// The duration in milliseconds, at least 1: libcurl takes zero for "no limit".
    fileprivate var wholeMilliseconds: Int {
        let parts = components
        return max(1, Int(parts.seconds) * 1000 + Int(parts.attoseconds / 1_000_000_000_000_000))
    }
}

import CCurl

/// The libcurl library, loaded and initialised once per process.
enum CurlLibrary {
    /// The system's error of loading the library; nil if it is loaded.
    private static let loadError = libcurl_load().map { String(cString: $0) }

    static let isReady = loadError == nil && libcurl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK

    /// The reason that nothing can be sent.
    static var failure: String {
        loadError.map { "\($0): install libcurl 4, Debian's libcurl4" }
            ?? "there is too little memory, or no thread or file descriptor is left"
    }
}

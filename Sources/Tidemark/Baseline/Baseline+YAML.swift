extension Baseline {
    /// Gives the text of another file that a baseline is built on, by its name.
    public typealias Loader = (_ file: String) throws(Failure) -> String

    /// Reads a baseline from YAML.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: Its name, for messages, and to find what it extends beside it.
    ///   - attributes: Which attributes the kinds have, to tell a misspelled one.
    ///   - load: Reads the files that it extends.
    /// - Throws: `FileError` with every mistake in the file and in those that it extends.
    public init(
        yaml text: String, file: String, kinds: KindRegistry = .all, attributes: any AttributeCatalogue,
        loading load: Loader = Self.loadsNothing
    ) throws(FileError) {
        var reader = BaselineReader(kinds: kinds, attributes: attributes)
        let baseline = reader.read(SourceFile(name: file, text: text), loading: load)
        guard let baseline, reader.mistakes.isEmpty else { throw FileError(reader.mistakes, in: reader.files) }
        self = baseline
    }

    /// For a program that reads no files.
    public static func loadsNothing(_ file: String) throws(Failure) -> String {
        throw Failure(.notFound, "'\(file.printable)' is not read here")
    }
}

/// What a file says, together with the files that it extends.
struct BaselinePart {
    var environment: EnvironmentName?
    var documents: String?
    var expectations: [Expectation] = []
    /// Those whose names stood already: only what they refer to is looked at.
    var repeated: [Expectation] = []
    /// The names of expectations that could not be read, so that nothing more is said of them.
    var broken: Set<String> = []
    /// The names of those that were taken away, and the file that does it.
    var removed: [String: String] = [:]
    var unexpected: [UnexpectedRule] = []
    var releases: ReleaseRules?
    var history: HistoryRules?
    var waivers: [Waiver] = []
}

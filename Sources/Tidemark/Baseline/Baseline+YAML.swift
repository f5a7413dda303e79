import StrictYAML

extension Baseline {
    /// Gives the text of another file that a baseline is built on, by its name and that of the file that extends it.
    public typealias Loader = (_ file: String, _ extending: String) throws(Failure) -> String

    /// Reads a baseline from YAML.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: Its name, for messages, and to find what it extends beside it.
    ///   - attributes: Which attributes the kinds have, to tell a misspelled one.
    ///   - load: Reads the files that it extends.
    /// - Throws: `FileError` with every mistake in the file and in those that it extends.
    public init(
        yaml text: String, file: String, kinds: KindRegistry, attributes: any AttributeCatalogue,
        loading load: Loader = Self.loadsNothing
    ) throws(FileError) {
        let reading = BaselineReading(yaml: text, file: file, kinds: kinds, attributes: attributes, loading: load)
        guard let baseline = reading.baseline, reading.mistakes.isEmpty else {
            throw FileError(reading.mistakes, in: reading.files)
        }
        self = baseline
    }

    /// For a program that reads no files.
    public static func loadsNothing(_ file: String, _ extending: String) throws(Failure) -> String {
        throw Failure(.notFound, "'\(file.printable)' is not read here")
    }
}

/// A baseline as far as it could be read, and every mistake in it.
public struct BaselineReading: Sendable {
    /// What has no mistake; nil where not even the environment is known.
    public let baseline: Baseline?
    public let mistakes: [FileMistake]
    public let files: [SourceFile]

    /// Reads as `Baseline.init(yaml:file:kinds:attributes:loading:)` does.
    public init(
        yaml text: String, file: String, kinds: KindRegistry, attributes: any AttributeCatalogue,
        loading load: Baseline.Loader = Baseline.loadsNothing
    ) {
        var reader = BaselineReader(kinds: kinds, attributes: attributes)
        let read = reader.read(SourceFile(name: file, text: text), loading: load)
        let places = Set(reader.mistakes.map(\.position))
        baseline = read.map { $0.without { $0.all.contains { places.contains($0.position) } } }
        (mistakes, files) = (reader.mistakes, reader.files)
    }

    /// What cannot be meant in it or, as far as it has no mistake, by a snapshot.
    public func mistakes(in snapshot: SnapshotView?) -> FileError {
        let found = snapshot.flatMap { snapshot in baseline?.mistakes(in: snapshot) }
        return FileError(mistakes + (found ?? []), in: files)
    }
}

extension Baseline {
    fileprivate func without(_ isLeftOut: (Expectation) -> Bool) -> Baseline {
        Baseline(
            environment: environment, documents: documents, expectations: expectations.filter { !isLeftOut($0) },
            unexpected: unexpected, releases: releases, history: history, waivers: waivers, files: files)
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

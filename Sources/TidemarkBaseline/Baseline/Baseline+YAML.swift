import StrictYAML
import Tidemark
import TidemarkKinds

extension Baseline {
    /// Reads the text of a file that a baseline extends, given its name and the name of the file that extends it. It throws
    /// `Failure` if the file cannot be read.
    public typealias Loader = (_ file: String, _ extending: String) throws(Failure) -> String

    /// Reads a baseline from YAML.
    ///
    /// - Parameters:
    ///   - text: The file's text.
    ///   - file: The file's name, for messages. The names of extended files are relative to it.
    ///   - kinds: The kinds of resources that the baseline can expect.
    ///   - attributes: The attributes of the kinds, to detect a misspelled one.
    ///   - load: Reads the extended files.
    /// - Throws: `FileError` with every mistake in the file and in the extended files.
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

    /// A loader for a program that reads no files.
    /// - Throws: `Failure` with the code `notFound`, for every file.
    public static func loadsNothing(_ file: String, _ extending: String) throws(Failure) -> String {
        throw Failure(.notFound, "'\(file.printable)' cannot be read: this program reads no other files")
    }
}

/// The result of parsing a baseline: the parts without a mistake, and every mistake.
public struct BaselineReading: Sendable {
    /// The parts without a mistake; nil if not even the environment is known.
    public let baseline: Baseline?
    /// Every mistake, in the order of the files and their lines.
    public let mistakes: [FileMistake]
    /// The baseline's file, then the files that it extends.
    public let files: [SourceFile]

    /// Parses a baseline like `Baseline.init(yaml:file:kinds:attributes:loading:)`, and keeps the parts without a mistake.
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

    /// The mistakes in the text, and those that a snapshot shows in the rest of it.
    public func mistakes(in snapshot: SnapshotView?) -> FileError {
        let found = snapshot.flatMap { snapshot in baseline?.mistakes(in: snapshot) }
        return FileError(mistakes + (found ?? []), in: files)
    }
}

extension Baseline {
    fileprivate func without(_ isLeftOut: (Expectation) -> Bool) -> Baseline {
        Baseline(
            environment: environment, documents: documents, expectations: expectations.filter { !isLeftOut($0) },
            unexpected: unexpected, releases: releases, history: history, waivers: waivers,
            settings: settings, notFollowed: notFollowed, files: files, extensions: extensions)
    }
}

/// The content of a file merged with that of the files it extends.
struct BaselinePart {
    var environment: EnvironmentName?
    var documents: String?
    var expectations: [Expectation] = []
    /// Expectations whose name is taken: only their references are checked.
    var repeated: [Expectation] = []
    /// The names of expectations with a mistake: further mistakes about them would only repeat it.
    var broken: Set<String> = []
    /// The file that removes each removed expectation, by its name.
    var removed: [String: String] = [:]
    var unexpected: [UnexpectedRule] = []
    var releases: ReleaseRules?
    var history: HistoryRules?
    var waivers: [Waiver] = []
    var settings: [String: BuiltInRuleSetting] = [:]
    var notFollowed: [AcknowledgedHost] = []
}

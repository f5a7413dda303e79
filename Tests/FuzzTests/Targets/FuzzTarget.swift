/// A reader to fuzz, and the properties that every input must satisfy.
///
/// The fuzzer generates the inputs; the corpus, which the tests run, has those worth keeping.
enum FuzzTarget: String, CaseIterable, Sendable {
    case json, xml, answer, url, log, object, observation, baseline, bundle, pattern, token

    /// - Returns: False for an input that never reached the reader, such as one that names no operation.
    func check(_ input: [UInt8]) throws(BrokenProperty) -> Bool {
        switch self {
        case .json: try JSONTarget.check(input)
        case .xml: try XMLTarget.check(input)
        case .answer: try AnswerTarget.check(input)
        case .url: try URLTarget.check(input)
        case .log: try LogTarget.check(input)
        case .object: try ObjectTarget.check(input)
        case .observation: try ObservationTarget.check(input)
        case .baseline: try BaselineTarget.check(input)
        case .bundle: try BundleTarget.check(input)
        case .pattern: try PatternTarget.check(input)
        case .token: try TokenTarget.check(input)
        }
    }
}

/// A property that an input violates.
struct BrokenProperty: Error, CustomStringConvertible {
    let description: String
}

func demand(_ holds: Bool, _ property: @autoclosure () -> String) throws(BrokenProperty) {
    guard holds else { throw BrokenProperty(description: property()) }
}

extension String {
    /// Whether it is one line of printable characters.
    var isOneLine: Bool { unicodeScalars.allSatisfy { !$0.isInvisible } }

    /// Whether it is printable ASCII, like every message in the code.
    var isPrintableASCII: Bool { utf8.allSatisfy { (0x20..<0x7F).contains($0) } }
}

extension Unicode.Scalar {
    fileprivate var isInvisible: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}

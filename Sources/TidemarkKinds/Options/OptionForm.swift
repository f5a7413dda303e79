import StrictJSON

/// The form of an option's harmless values: `number`, `list id subnet`, `"Any" | "Any 1"`.
struct OptionForm: Hashable {
    fileprivate enum Alternative: Hashable {
        /// One of the documented values. EB ignores its case.
        case word(String)
        case value(NamedForm)
        /// An id of AWS's, such as `vpc-0a1b2c3d`.
        case id(prefix: String)
    }

    private let isList: Bool
    private let alternatives: [Alternative]

    /// - Parameter text: A form as the table writes it.
    init?(_ text: Substring) {
        isList = text.hasPrefix("list ")
        let parts = (isList ? text.dropFirst("list ".count) : text).split(separator: " | ")
        alternatives = parts.compactMap(Self.alternative)
        guard !parts.isEmpty, alternatives.count == parts.count else { return nil }
    }

    private static func alternative(_ text: Substring) -> Alternative? {
        // A regular expression takes 15 ms for the whole table.
        if text.count > 2, text.hasPrefix("\""), text.hasSuffix("\"") {
            let word = text.dropFirst().dropLast()
            return word.contains("\"") ? nil : .word(word.lowercased())
        }
        if text.hasPrefix("id ") {
            let prefix = text.dropFirst("id ".count)
            guard !prefix.isEmpty, prefix.allSatisfy({ $0.isASCII && $0.isLowercase }) else { return nil }
            return .id(prefix: String(prefix))
        }
        return NamedForm(rawValue: String(text)).map(Alternative.value)
    }

    /// The treatment of a value.
    func treatment(of value: JSON) -> Treatment {
        switch alternatives {
        case [.value(.secret)]: return .secret
        case [.value(.url)]: return .url
        case [.value(.presignedURL)]: return .presignedURL
        case [.value(.path)]:
            // A path without functions is stored without its secret parts, one with functions whole or not at all.
            guard let text = value.string, !BundleFunction.isPart(of: text) else { break }
            return .path
        default: break
        }
        return admits(value) ? .plain : .secret
    }

    private func admits(_ value: JSON) -> Bool {
        switch value {
        case .null: true
        case .string, .number, .bool: admits(value.scalarText ?? "")
        case .array(let elements): isList && elements.allSatisfy(admits)
        case .object:
            BundleFunction.isReference(value)
                || alternatives == [.value(.healthDocument)] && HealthDocument.isHarmless(value)
        }
    }

    private func admits(_ text: String) -> Bool {
        guard text.utf8.count <= 4096 else { return false }
        let text = BundleFunction.replacingReferences(in: text)
        guard isList else { return admitsElement(text) }
        return text.split(separator: ",").allSatisfy { element in
            admitsElement(element.split(whereSeparator: \.isWhitespace).joined(separator: " "))
        }
    }

    private func admitsElement(_ text: String) -> Bool {
        text.isEmpty || text == BundleFunction.placeholder || alternatives.contains { $0.admits(text) }
    }
}

extension OptionForm.Alternative {
    fileprivate func admits(_ text: String) -> Bool {
        switch self {
        case .word(let word): text.lowercased() == word
        case .value(let form): form.admits(text)
        case .id(let prefix):
            text.hasPrefix("\(prefix)-") && text.dropFirst(prefix.count + 1).wholeMatch(of: #/[0-9a-z]{1,32}/#) != nil
        }
    }
}

/// A service of the wire table. Its lines are parsed only when a call needs them.
package struct WireService: Sendable {
    package struct GlobalEndpoint: Sendable, Hashable {
        package let host: String
        package let region: String

        package init(host: String, region: String) {
            self.host = host
            self.region = region
        }
    }

    package let name: String
    /// `query`, `ec2`, `json` or `rest-xml`.
    package let protocolName: String
    package let version: String
    /// The version of the JSON protocol, and the text before an operation's name in the header `X-Amz-Target`.
    package let jsonVersion: String?
    package let targetPrefix: String?
    package let endpointPrefix: String
    package let signingName: String
    /// The end of the variable that configures an endpoint: `ELASTIC_BEANSTALK`.
    package let environmentName: String
    /// The single endpoint of a partition, by the partition's name.
    package let globalEndpoints: [String: GlobalEndpoint]
    /// The hosts of regions with an irregular host name.
    package let hosts: [String: String]
    /// The lines of each operation and shape, the head first, by name.
    private let operations: [Substring: ArraySlice<Substring>]
    private let shapes: [Substring: ArraySlice<Substring>]

    /// Parses the head of a service.
    /// - Parameter lines: The lines of the service, its own first.
    package init?(_ lines: ArraySlice<Substring>) {
        guard let head = lines.first.map(WireLine.init), let name = head.word(1),
            let protocolName = head.value("protocol"), let version = head.value("version"),
            let endpointPrefix = head.value("endpoint"), let signingName = head.value("signing"),
            let environmentName = head.value("environment")
        else { return nil }
        self.name = name
        self.protocolName = protocolName
        self.version = version
        jsonVersion = head.value("json")
        targetPrefix = head.value("target")
        self.endpointPrefix = endpointPrefix
        self.signingName = signingName
        self.environmentName = environmentName

        var globalEndpoints: [String: GlobalEndpoint] = [:]
        var hosts: [String: String] = [:]
        var operations: [Substring: ArraySlice<Substring>] = [:]
        var shapes: [Substring: ArraySlice<Substring>] = [:]
        for block in Self.blocks(lines.dropFirst()) {
            let line = WireLine(block[block.startIndex])
            switch (line.word(0), line.word(1), line.word(2), line.word(3)) {
            case ("global", let partition?, let host?, let region?):
                globalEndpoints[partition] = GlobalEndpoint(host: host, region: region)
            case ("host", let region?, let host?, _): hosts[region] = host
            case ("operation", let name?, _, _): operations[Substring(name)] = block
            case (_, let name?, _, _): shapes[Substring(name)] = block
            default: return nil
            }
        }
        self.globalEndpoints = globalEndpoints
        self.hosts = hosts
        self.operations = operations
        self.shapes = shapes
    }

    /// The blocks: a line that is not indented, with the indented lines below it.
    private static func blocks(_ lines: ArraySlice<Substring>) -> [ArraySlice<Substring>] {
        let heads = lines.indices.filter { !lines[$0].hasPrefix(" ") }
        return zip(heads, heads.dropFirst() + [lines.endIndex]).map { lines[$0..<$1] }
    }

    package var operationNames: [String] { operations.keys.map(String.init).sorted() }
    package var shapeNames: [String] { shapes.keys.map(String.init).sorted() }

    package func operation(named name: String) -> WireOperation? {
        guard let lines = operations[name[...]] else { return nil }
        var operation = WireOperation(name: name)
        for line in lines.dropFirst().map(WireLine.init) {
            guard let key = line.word(0), let value = line.word(1) else { return nil }
            switch key {
            case "auth": operation.isSigned = value != "none"
            case "input": operation.input = value
            case "output": operation.output = value
            case "wrapper": operation.wrapper = value
            case "more": operation.more = value
            case "result": operation.results.append(value)
            case "sends": operation.sends = value
            case "payload": operation.payload = value
            case "unwrapped": operation.unwrapped = value
            case "root": operation.root = value
            case "http":
                guard let path = line.word(2) else { return nil }
                operation.address = WireOperation.Address(method: value, path: path, query: line.word(3))
            case "page":
                guard let output = line.word(2) else { return nil }
                operation.tokens.append(WireOperation.PageToken(input: value, output: output))
            default: return nil
            }
        }
        return operation
    }

    package func shape(named name: String) -> WireShape? {
        guard let lines = shapes[name[...]], let head = lines.first.map(WireLine.init) else { return nil }
        switch head.word(0) {
        case "structure":
            let members = lines.dropFirst().map { Self.member(WireLine($0)) }
            return members.contains(nil) ? nil : .structure(WireStructure(members.compactMap(\.self)))
        case "list":
            return head.type(2).map { .list($0, element: head.value("element") ?? "member", isFlat: head.has("flat")) }
        case "map":
            guard let key = head.type(2), let value = head.type(3) else { return nil }
            return .map(
                key: key, value: value, keyName: head.value("key") ?? "key", valueName: head.value("value") ?? "value",
                isFlat: head.has("flat"))
        default: return nil
        }
    }

    private static func member(_ line: WireLine) -> WireStructure.Member? {
        guard let name = line.word(0), let type = line.type(1),
            let location = WireStructure.MemberLocation(rawValue: line.value("at") ?? "body")
        else { return nil }
        return WireStructure.Member(
            name: name, type: type, input: line.value("in") ?? name, output: line.value("out") ?? name,
            location: location)
    }
}

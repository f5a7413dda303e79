import Reports
import StrictYAML
import Testing
import Tidemark
import TidemarkBaseline
import TidemarkKinds

@testable import TidemarkAWS

/// Checks of the kinds' declarations against the wire table, which find misspelled members.
struct WireAttributesTests {
    private func names(_ question: QuestionDefinition, _ steps: [AttributePattern.Step]) -> [String]? {
        let shape = WireAttributes().shape(of: question.service, question.operation, at: AttributePattern(steps))
        return if case .structure(let names)? = shape { names } else { nil }
    }

    /// Whether a path is within a document, whose form the table does not have.
    private func isWithinPolicy(_ question: QuestionDefinition, _ place: [AttributePattern.Step]) -> Bool {
        place.indices.contains { end in
            place[end] == .member("Document") && names(question, Array(place[..<end]))?.contains("Document") == true
        }
    }

    private static let facets = KindRegistry.all.definitions.flatMap { definition in
        definition.questions.flatMap { question in
            question.facets.map { (definition.kind, question.name, $0.name) }
        }
    }

    private func find(_ kind: Kind, _ question: String, _ facet: String) throws -> (QuestionDefinition, FacetDefinition)
    {
        let question = try #require(KindRegistry.all[kind]?.question(question))
        return (question, try #require(question.facets.first { $0.name == facet }))
    }

    @Test(arguments: KindRegistry.all.definitions.flatMap(\.questions).map { ($0.service, $0.operation) })
    func `every operation is one of AWS's`(service: String, operation: String) {
        #expect(WireAttributes().shape(of: service, operation, at: AttributePattern()) != nil)
    }

    @Test(arguments: facets)
    func `every facet has a path that the answer can have`(kind: Kind, question: String, facet: String) throws {
        let (question, facet) = try find(kind, question, facet)
        let location = facet.location.steps
        if facet.isDocument {
            let shape = WireAttributes().shape(of: question.service, question.operation, at: facet.location)
            return #expect(shape == .value(.text))
        }
        #expect(names(question, location) ?? names(question, location + [.elements]) != nil, "\(location)")
    }

    @Test(arguments: facets)
    func `every member that a facet names exists`(kind: Kind, question: String, facet: String) throws {
        let (question, facet) = try find(kind, question, facet)
        // The wire table does not have the members of a document.
        if facet.isDocument { return }
        let location = facet.location.steps
        func expectMember(_ pattern: AttributePattern) {
            // The kind adds these members itself.
            if case .member(let first)? = pattern.steps.first, facet.added.contains(first) { return }
            guard case .member(let name)? = pattern.steps.last else { return }
            // Each of several answers is an element.
            let steps = question.isCollected ? pattern.steps.dropFirst() : pattern.steps[...]
            let place = location + steps.dropLast()
            // A policy may have any members.
            if isWithinPolicy(question, place) { return }
            let holder = names(question, place)
            #expect(holder?.contains(name) == true, "no '\(name)' among \(holder ?? [])")
        }
        for pattern in facet.volatile { expectMember(pattern) }
        for reading in facet.readings { expectMember(AttributePattern(stringLiteral: reading)) }
        for redaction in facet.redactions { expectMember(redaction.pattern) }
        for (pattern, rule) in facet.lists {
            expectMember(pattern)
            guard case .keyed(let members) = rule else { continue }
            for member in members { expectMember(pattern.appending(.elements).appending(.member(member.name))) }
        }
        switch facet.selector {
        case .identity(let member), .value(let member, _):
            let end = try #require(location.lastIndex(of: .elements))
            #expect(names(question, Array(location[...end]))?.contains(member) == true, "no '\(member)'")
        case nil: break
        }
    }

    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `a kind's incarnation and title are attributes, and no fact has the name of one`(kind: Kind) throws {
        let definition = try #require(KindRegistry.all[kind])
        let question = try #require(
            definition.questions.first { $0.facets.contains { $0.name == Snapshot.description } })
        let facet = try #require(definition.facet(Snapshot.description))
        let members = try #require(names(question, facet.location.steps)) + facet.added

        #expect(definition.incarnation.map(members.contains) ?? true)
        if case .attribute(let title)? = definition.title { #expect(members.contains(title)) }
        #expect(Set(members).isDisjoint(with: definition.facts.map(\.name)))
        let attributes = Set(members).union(definition.facets.map(\.name))
        #expect(attributes.isSuperset(of: definition.facts.compactMap(\.summarizedAttribute)))
        #expect(Set(members).isDisjoint(with: definition.facets.map(\.name)))
    }

    // MARK: Baselines

    @Test(arguments: ShippedBaselines.names)
    func `a shipped baseline can be read`(name: String) throws {
        let text = try #require(ShippedBaselines.text(named: name))
        let baseline = try Baseline(yaml: text, file: name, kinds: .all, attributes: WireAttributes()) {
            name, _ throws(Failure) in
            guard let text = ShippedBaselines.text(named: name) else { throw Failure(.notFound, "no '\(name)'") }
            return text
        }
        #expect(!baseline.expectations.isEmpty)
    }

    /// Values of the wrong type for the attribute.
    @Test(
        arguments: [
            ("MultiAZ: yes", "'MultiAZ' is a boolean: write true or false"),
            ("MultiAZ: 1", "'MultiAZ' is a boolean: write true or false"), ("MultiAZ: True", nil),
            ("MultiAZ: 'false'", nil),
            ("MultiAZ: ~", nil), ("MultiAZ: { one-of: [ true, no ] }", "'MultiAZ' is a boolean: write true or false"),
            ("MultiAZ: { not: off }", "'MultiAZ' is a boolean: write true or false"),
            ("MultiAZ: { at-least: 1 }", "'MultiAZ' is a boolean, for which 'at-least' never holds"),
            ("MultiAZ: { excludes: x }", "'MultiAZ' is a boolean, for which 'excludes' always holds"),
            ("MultiAZ: { matches: 't.*' }", nil), ("MultiAZ: { present: true }", nil),
            ("AllocatedStorage: big", "'AllocatedStorage' is a whole number: 'big' is not one"),
            ("AllocatedStorage: 20.5", "'AllocatedStorage' is a whole number: '20.5' is not one"),
            ("AllocatedStorage: 012", "'AllocatedStorage' is a whole number: '012' is not one"),
            ("AllocatedStorage: '20'", nil), ("AllocatedStorage: 2e1", nil),
            ("AllocatedStorage: { at-least: 20 }", nil),
            (
                "AllocatedStorage: { includes: 2 }",
                "'AllocatedStorage' is a whole number, for which 'includes' never holds"
            ),
            (
                "InstanceCreateTime: 2026-11-23",
                "'InstanceCreateTime' is a time such as 2026-11-23T20:40:43Z: '2026-11-23' is not one"
            ),
            ("InstanceCreateTime: 2026-11-23T20:40:43Z", nil), ("InstanceCreateTime: { matches: '2026-.*' }", nil),
            ("EngineVersion: 7.10", nil), ("EngineVersion: { at-least: 16 }", nil), ("DBName: no", nil),
            (
                "TagList: antenna",
                "'TagList' is a list, and a single value is expected of it: write [ ] around it, or use 'includes'"
            ),
            ("TagList: { matches: a }", "'TagList' is a list, for which 'matches' never holds: see 'includes'"),
            ("Endpoint: { matches: a }", "'Endpoint' is a map, for which 'matches' never holds"),
            ("Endpoint: { Port: http }", "'Port' is a whole number: 'http' is not one"),
            ("VpcSecurityGroups: [ { Status: active } ]", nil), ("Engine: '${x.Engine}'", nil),
            ("MultiAZ: '${x.MultiAZ}'", nil),
            ("Endpoint.Port: x", "'Port' is a whole number: 'x' is not one"), ("tag:Cost: 012", nil),
        ] as [(String, String?)])
    func `a value of the wrong type is a mistake`(line: String, mistake: String?) {
        let yaml = "environment: a\nexpect:\n  - name: x\n    resource: rds.db-instance\n    is:\n      \(line)\n"
        do throws(FileError) {
            _ = try Baseline(yaml: yaml, file: "b.yml", kinds: .all, attributes: WireAttributes())
            #expect(mistake == nil)
        } catch {
            #expect(error.lines == [mistake.map { "b.yml:6:7: \($0)" }])
        }
    }

    /// Tags cannot be looked up by name if a kind does not declare their list.
    @Test(arguments: KindRegistry.all.definitions.map(\.kind))
    func `a kind whose description has tags knows them`(kind: Kind) throws {
        let definition = try #require(KindRegistry.all[kind])
        let places = definition.questions.flatMap { question in
            question.facets.flatMap { facet -> [[AttributePattern.Step]] in
                let location = facet.location.steps
                let lists = ["Tags", "TagList", "tags"].map { location + [.member($0)] }
                return (facet.name == "TagSet" ? [location] : lists).filter { place in
                    names(question, place + [.elements]).map {
                        Set($0).isSuperset(of: ["Key", "Value"]) || Set($0) == ["key", "value"]
                    } ?? false
                }
            }
        }
        #expect(places.isEmpty == (definition.tags == nil), "\(places)")
    }

    @Test(arguments: [
        (Kind.rdsDBInstance, "Engin", "'Engin' is not an attribute here: did you mean 'Engine'?"),
        (.rdsDBInstance, "Endpoint.Prt", "'Prt' is not an attribute here: did you mean 'Port'?"),
        (.rdsDBInstance, "VpcSecurityGroups[sg-1].Statu", "'Statu' is not an attribute here: did you mean 'Status'?"),
        (
            .ec2SecurityGroup, "IpPermissions[tcp/80/80].FromPrt",
            "'FromPrt' is not an attribute here: did you mean 'FromPort'?"
        ),
        (.ec2SecurityGroup, "ingres", "'ingres' is not an attribute here: did you mean 'ingress'?"),
        (
            .elasticBeanstalkEnvironment, "EnvironmentResources.Instance",
            "'Instance' is not an attribute here: did you mean 'Instances'?"
        ),
        (
            .elasticBeanstalkEnvironment, "OptionSettings[aws:ec2:vpc/Subnets].Valu",
            "'Valu' is not an attribute here: did you mean 'Value'?"
        ),
        (
            .elasticBeanstalkEnvironment, "OptionSettings[aws:elasticbeanstalk:cloudwatch:logs/StreamLogs]",
            "'OptionSettings' is a map, and a single value is expected of it: write '.Value' behind it"
        ),
        (
            .elasticBeanstalkEnvironment, "OptionSettings[aws:elasticbeanstalk:cloudwatch:logs/RetentionInDay].Value",
            "'aws:elasticbeanstalk:cloudwatch:logs/RetentionInDay' is not a known key: did you mean "
                + "'aws:elasticbeanstalk:cloudwatch:logs/RetentionInDays'?"
        ),
    ])
    func `a misspelled attribute is reported with a hint`(kind: Kind, path: String, mistake: String) {
        let yaml = "environment: a\nexpect:\n  - name: x\n    resource: \(kind)\n    is:\n      \(path): y\n"
        let error = #expect(throws: FileError.self) {
            try Baseline(yaml: yaml, file: "b.yml", kinds: .all, attributes: WireAttributes())
        }
        #expect(error?.lines == ["b.yml:6:7: \(mistake)"])
    }
}

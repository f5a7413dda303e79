import StrictJSON
import Tidemark

/// The declaration of one kind of resource. Each kind has a file of its own.
public struct KindDefinition: Sendable {
    /// The kind.
    public let kind: Kind
    /// The version of the decoder. It is raised when the same answer is read differently: a type, a volatile path, a redaction.
    public let decoder: Int
    /// The attribute that distinguishes a resource from a later one of the same name: `DbiResourceId`. Nil if there is
    /// none.
    public let incarnation: String?
    /// The name that people use, if it is not the identity.
    public let title: Title?
    /// The attribute that has the identity: `DBInstanceIdentifier`. Nil if none has.
    public let identityAttribute: String?
    /// The inputs of its questions beside the identity; nil for an identity about which nothing can be asked.
    public let inputs: @Sendable (_ identity: String) -> QuestionInputs?
    /// The questions about a resource of the kind.
    public let questions: [QuestionDefinition]
    /// Whether an answer is about the resource that a host names. Each account and region may have one of the same identity.
    /// Nil if hosts do not name the kind's resources.
    public let isAt: (@Sendable (_ host: String, _ answer: Answer) -> Bool)?
    /// The facts of the kind, beside the identity.
    public let facts: [FactDefinition]
    /// The container images that a description names; nil if it names none.
    public let images: ImagesDefinition?
    /// What the facets say about the running set beside its images; nil if they say nothing.
    public let running: RunningPart?
    /// The attributes that every release changes. A drafted baseline does not expect them.
    public let released: Released

    /// Whether an ordinary deploy, rebuild or repair replaces a resource, such as an instance, or a group that Elastic Beanstalk
    /// makes for an environment.
    public let isReplacedRoutinely: @Sendable (_ identity: String, _ description: () -> JSON?) -> Bool

    /// The part of a description that a release changes.
    public enum Released: Sendable, Hashable {
        /// The attributes with these names.
        case attributes(Set<String>)
        /// The whole description: a release replaces the resources themselves.
        case all

        package func covers(_ attribute: String) -> Bool {
            switch self {
            case .attributes(let names): names.contains(attribute)
            case .all: true
            }
        }
    }

    /// The place of a resource's title.
    public enum Title: Sendable {
        /// An attribute, such as a security group's name.
        case attribute(String)
        /// A part of the identity.
        case part(@Sendable (_ identity: String) -> String?)
    }

    /// Creates the definition of a kind.
    /// - Parameter identityAttribute: The attribute that has the identity. By default the member by which the description is
    ///   selected in an answer.
    public init(
        _ kind: Kind, decoder: Int, incarnation: String? = nil, title: Title? = nil, identityAttribute: String? = nil,
        inputs: @escaping @Sendable (_ identity: String) -> QuestionInputs? = { _ in [:] },
        questions: [QuestionDefinition], isAt: (@Sendable (_ host: String, _ answer: Answer) -> Bool)? = nil,
        facts: [FactDefinition],
        images: ImagesDefinition? = nil, running: RunningPart? = nil, released: Released = .attributes([]),
        isReplacedRoutinely: @escaping @Sendable (_ identity: String, _ description: () -> JSON?) -> Bool = { _, _ in
            false
        }
    ) {
        self.kind = kind
        self.decoder = decoder
        self.incarnation = incarnation
        self.title = title
        self.inputs = inputs
        self.questions = questions
        facets = questions.flatMap(\.facets)
        self.identityAttribute = identityAttribute ?? facets.first?.selector?.identityMember
        self.isAt = isAt
        self.facts = facts
        self.images = images
        self.running = running
        self.released = released
        self.isReplacedRoutinely = { released == .all || isReplacedRoutinely($0, $1) }
    }

    /// The name that people use for a resource.
    public func title(of identity: String, description: JSON?) -> String? {
        switch title {
        case .attribute(let name): description?[name]?.string
        case .part(let part): part(identity)
        case nil: nil
        }
    }

    /// The attribute that has the title; nil if there is none.
    package var titleAttribute: String? { if case .attribute(let name)? = title { name } else { nil } }

    /// Whether an attribute has the identity of a resource.
    package func namesIdentity(_ attribute: String) -> Bool {
        attribute == FactDefinition.identity.name || attribute == identityAttribute
    }

    /// The list of the kind's resources in an answer about another resource; nil if each is asked for by itself.
    public var members: MembersDefinition? { questions.lazy.compactMap(\.members).first }

    /// Whether a resource can exist that nothing leads to any more. Members cease to exist with their list.
    public var canBeLeft: Bool { members == nil || members?.linkKeys != nil }

    /// Whether the description never changes. A resource that nothing refers to any more then leaves the state: nothing about it
    /// can be learned by asking.
    public var isImmutable: Bool {
        questions.contains { $0.isImmutable && $0.ownFacets.contains { $0.name == Snapshot.description } }
    }

    /// The facets in the order of their questions. The first one is the top level of the description.
    public let facets: [FacetDefinition]

    /// The facet with a name, or nil.
    public func facet(_ name: String) -> FacetDefinition? {
        facets.first { $0.name == name }
    }

    /// A fact of the kind, or the identity.
    public func fact(_ name: String) -> FactDefinition? {
        facts.first { $0.name == name } ?? (name == FactDefinition.identity.name ? .identity : nil)
    }

    /// The question with a name, or nil.
    public func question(_ name: String) -> QuestionDefinition? {
        questions.first { $0.name == name }
    }

    /// The questions to which no other question of the kind leads.
    public var firstQuestions: [QuestionDefinition] {
        let led = Set(questions.flatMap(\.leads).compactMap(\.questionName))
        return questions.filter { !led.contains($0.name) }
    }
}

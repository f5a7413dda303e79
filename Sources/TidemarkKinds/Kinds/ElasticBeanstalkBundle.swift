import StrictJSON
import Tidemark

extension Kind {
    package static let elasticBeanstalkBundle = Kind(rawValue: "elasticbeanstalk.bundle")
}

extension KindDefinition {
    /// The source bundle of the deployed version; its identity is the environment's name. The description has S3's metadata,
    /// `Dockerrun.aws.json`, the files of `.ebextensions` and `.ebignore`, with possible secrets redacted.
    ///
    /// Sources: <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html> and `SourceBundle`.
    static let elasticBeanstalkBundle = KindDefinition(
        .elasticBeanstalkBundle, decoder: 2,
        questions: [
            QuestionDefinition(
                "bundle", "s3", "GetObject", ["Bucket": "${bucket}", "Key": "${key}"],
                scope: "arn:${partition}:s3:::${SourceBundle.S3Bucket}/*", absent: ["NoSuchBucket", "NoSuchKey"],
                facets: [
                    FacetDefinition(
                        Snapshot.description, at: "", added: ["Dockerrun", "EBExtensions", "EBIgnore", "Files"],
                        volatile: ["ReplicationStatus", "Restore"], lists: SourceBundle.lists,
                        redactions: SourceBundle.redactions + [.secret("Metadata")])
                ],
                members: MembersDefinition(prefix: { _ in "" }, find: bundle),
                leads: [
                    .resources(.ecrRepository) { images($0).compactMap { ECRRepositoryURI($0.repository)?.uri } },
                    .resources(.ecrManifest) { images($0).compactMap(\.pinnedManifest) },
                    .links(.ecrManifest) { Set(images($0).compactMap(\.tagKey)) },
                ])
        ],
        facts: [
            FactDefinition(
                "dockerrun-version", "The version of Dockerrun.aws.json; from AWSEBDockerrunVersion.",
                shape: .value(.version),
                compute: { $0.facet(Snapshot.description)?["Dockerrun"]?["AWSEBDockerrunVersion"] }),
            FactDefinition(
                "images", "The image of each container, as Dockerrun.aws.json has it.", shape: .map,
                summarizing: "Dockerrun", compute: images),
            FactDefinition(
                "container-commands",
                "The container commands of .ebextensions in the order in which they run, such as "
                    + "'01_migrate (leader only, ignores errors)'.",
                shape: .list, compute: containerCommands),
        ] + BundleOptions.facts,
        released: .attributes(["ContentLength", "Dockerrun", "ETag", "LastModified", "VersionId"]))

    private static func bundle(_ answer: Answer) throws(UnreadableAnswer) -> [MembersDefinition.Member]? {
        let contents = try SourceBundle(answer.payload)
        let object = (answer.value.object?.members ?? []).map { ($0.key, $0.value) }
        return [.init(answer.identity, .object(JSONObject(object + contents.members)))]
    }

    /// The images in Dockerrun.aws.json. If it cannot be read, `bundle` reports that.
    private static func images(_ answer: Answer) -> [ImageName] {
        guard let contents = try? SourceBundle(answer.payload) else { return [] }
        return contents.members.filter { $0.0 == "Dockerrun" }.flatMap { Dockerrun.images($0.1) }
            .map { ImageName($0.image) }
    }

    private static func images(_ reader: inout FactReader) -> JSON? {
        guard let dockerrun = reader.facet(Snapshot.description)?["Dockerrun"] else { return nil }
        return .object(JSONObject(Dockerrun.images(dockerrun).map { ($0.container, .string($0.image)) }))
    }

    private static func containerCommands(_ reader: inout FactReader) -> JSON? {
        let files = reader.facet(Snapshot.description)?.elements("EBExtensions") ?? []
        return JSON(
            files.flatMap { file in
                // Elastic Beanstalk runs the commands of a file in the order of their names.
                let commands = file.elements("container_commands").sorted { name(of: $0).precedesByUTF8(name(of: $1)) }
                return commands.map { command in
                    let manners = [
                        command["leader_only"] == true ? "leader only" : nil,
                        command["ignoreErrors"] == true ? "ignores errors" : nil,
                    ].compactMap(\.self)
                    return name(of: command) + (manners.isEmpty ? "" : " (\(manners.joined(separator: ", ")))")
                }
            })
    }

    private static func name(of command: JSON) -> String { command["Name"]?.string ?? "" }
}

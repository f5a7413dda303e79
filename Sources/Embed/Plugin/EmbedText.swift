import PackagePlugin

/// Embeds the text files of a target as Swift string literals, so that the built program is one file.
@main
struct EmbedText: BuildToolPlugin {
    private static let extensions: Set = ["sql", "txt", "yml"]

    func createBuildCommands(context: PluginContext, target: Target) throws -> [Command] {
        guard let target = target as? SourceModuleTarget else { return [] }
        let files = target.sourceFiles.map(\.url).filter { Self.extensions.contains($0.pathExtension) }
        let output = context.pluginWorkDirectoryURL.appending(path: "Embedded.swift")
        return [
            .buildCommand(
                displayName: "Embed the texts of \(target.name)",
                executable: try context.tool(named: "embed-text").url,
                arguments: [output.path(percentEncoded: false), target.directoryURL.path(percentEncoded: false)]
                    + files.map { $0.path(percentEncoded: false) }.sorted(),
                inputFiles: files,
                outputFiles: [output])
        ]
    }
}

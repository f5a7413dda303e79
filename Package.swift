// swift-tools-version: 6.2
import PackageDescription

// Dependencies point one way; this file enforces it:
//
//                 ┌──> TidemarkAWS ──────> AWSClient ──> HTTPTransfers ──> CCurl
//     TidemarkCLI ┼──> TidemarkHistory ──> HistoryFiles, GRDB, Migrations
//                 ├──> TidemarkCI ───────> HTTPTransfers
//                 ├──> TidemarkShared ───> TidemarkHistory, TidemarkBucket
//                 ├──> TidemarkS3 ───────> AWSClient, TidemarkBucket ──> Tidemark
//                 └──> TidemarkReports ──> TidemarkBaseline ──> TidemarkKinds ──> Tidemark
//
// TidemarkAWS also sees TidemarkKinds. TidemarkHistory, HistoryFiles and TidemarkBucket see only Tidemark; HistoryFiles knows
// the file of a history, and nothing of the log in it. AWSClient knows nothing of Tidemark. The leaves are shared: StrictJSON,
// StrictYAML (over Yams), AWSShapes, CivilTime, LinearPatterns, Locking, MessageDigests and SignedTokens (over COpenSSL), ArchiveReading (over
// Deflate), Deflate (over CZlib) and HTTPTransfers (over CCurl).

// On Linux the library is where the linker looks anyway, and pkg-config's folder would come before that of the static
// archives of a release.
#if os(macOS)
let openSSL: String? = "libcrypto"
#else
let openSSL: String? = nil
#endif

let package = Package(
    name: "tidemark",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "tidemark", targets: ["TidemarkCLI"]),
        .library(name: "StrictJSON", targets: ["StrictJSON"]),
        .library(name: "CivilTime", targets: ["CivilTime"]),
        .library(name: "Tidemark", targets: ["Tidemark"]),
        .library(name: "TidemarkKinds", targets: ["TidemarkKinds"]),
        .library(name: "TidemarkBaseline", targets: ["TidemarkBaseline"]),
        .library(name: "HTTPTransfers", targets: ["HTTPTransfers"]),
        .library(name: "AWSClient", targets: ["AWSClient"]),
        .library(name: "TidemarkAWS", targets: ["TidemarkAWS"]),
        .library(name: "TidemarkCI", targets: ["TidemarkCI"]),
        .library(name: "TidemarkHistory", targets: ["TidemarkHistory"]),
        .library(name: "TidemarkReports", targets: ["TidemarkReports"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-log", exact: "1.16.2"),
        .package(url: "https://github.com/groue/GRDB.swift", exact: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", exact: "6.2.2"),
    ],
    targets: [
        .systemLibrary(
            name: "COpenSSL", pkgConfig: openSSL, providers: [.apt(["libssl-dev"]), .brew(["openssl@3"])]),
        .systemLibrary(name: "CZlib", providers: [.apt(["zlib1g-dev"])]),
        .target(name: "CCurl"),
        .target(name: "StrictJSON"),
        .target(name: "StrictYAML", dependencies: ["StrictJSON", "Yams"]),
        .target(name: "LinearPatterns"),
        .target(name: "Locking"),
        .target(name: "AWSShapes", dependencies: ["Locking"], exclude: ["generate.py"], plugins: ["EmbedText"]),
        .target(name: "MessageDigests", dependencies: ["COpenSSL"]),
        .target(name: "CivilTime"),
        .target(name: "ArchiveReading", dependencies: ["Deflate"]),
        .target(name: "Deflate", dependencies: ["CZlib"]),
        .target(name: "HTTPTransfers", dependencies: ["CCurl", "Locking"]),
        .target(name: "SignedTokens", dependencies: ["COpenSSL", "MessageDigests", "StrictJSON"]),

        .target(
            name: "AWSClient",
            dependencies: [
                "AWSShapes", "CivilTime", "HTTPTransfers", "MessageDigests", "Locking", "StrictJSON",
                .product(name: "Logging", package: "swift-log"),
            ]),
        .target(name: "Tidemark", dependencies: ["CivilTime", "MessageDigests", "SignedTokens", "StrictJSON"]),
        .target(
            name: "TidemarkCI", dependencies: ["CivilTime", "HTTPTransfers", "SignedTokens", "StrictJSON", "Tidemark"]),
        .target(
            name: "TidemarkKinds",
            dependencies: [
                "Tidemark", "ArchiveReading", "AWSShapes", "Locking", "MessageDigests", "StrictJSON", "StrictYAML",
            ],
            exclude: ["Options/generate.py"], plugins: ["EmbedText"]),
        .target(
            name: "TidemarkBaseline",
            dependencies: ["CivilTime", "LinearPatterns", "Tidemark", "TidemarkKinds", "StrictJSON", "StrictYAML"]),
        .target(
            name: "TidemarkAWS", dependencies: ["CivilTime", "Tidemark", "TidemarkKinds", "AWSClient", "StrictJSON"]),
        .target(
            name: "HistoryFiles",
            dependencies: [
                "CivilTime", "Deflate", "StrictJSON", "Tidemark", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(
            name: "TidemarkHistory",
            dependencies: [
                "CivilTime", "HistoryFiles", "Tidemark", "StrictJSON", "Migrations",
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            plugins: ["EmbedText"]),
        .target(
            name: "TidemarkBucket",
            dependencies: ["CivilTime", "Deflate", "Locking", "MessageDigests", "StrictJSON", "Tidemark"]),
        .target(
            name: "TidemarkShared",
            dependencies: ["CivilTime", "Locking", "StrictJSON", "Tidemark", "TidemarkBucket", "TidemarkHistory"]),
        .target(
            name: "TidemarkS3", dependencies: ["AWSClient", "MessageDigests", "StrictJSON", "TidemarkBucket"]),
        .target(
            name: "TidemarkReports",
            dependencies: ["CivilTime", "Tidemark", "TidemarkKinds", "TidemarkBaseline", "StrictJSON", "StrictYAML"]),
        .executableTarget(
            name: "TidemarkCLI",
            dependencies: [
                "Tidemark", "TidemarkAWS", "TidemarkBaseline", "TidemarkHistory", "TidemarkKinds", "TidemarkReports",
                "TidemarkBucket", "TidemarkCI", "TidemarkS3", "TidemarkShared", "AWSClient", "CivilTime",
                "HTTPTransfers", "SignedTokens", "HistoryFiles", "Locking",
                "Reports", "StrictYAML",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Logging", package: "swift-log"),
            ]),

        .target(name: "Migrations", path: "Migrations", plugins: ["EmbedText"]),
        .target(
            name: "Reports", path: "Reports", exclude: ["baselines/antenna/README.md", "baselines/antenna/guide.md"],
            plugins: ["EmbedText"]),
        .plugin(
            name: "EmbedText", capability: .buildTool(), dependencies: ["embed-text"], path: "Sources/Embed/Plugin"),
        .executableTarget(name: "embed-text", path: "Sources/Embed/Tool"),

        .executableTarget(
            name: "benchmark-history",
            dependencies: [
                "CivilTime", "SignedTokens", "TidemarkTestSupport", "Tidemark", "TidemarkHistory", "TidemarkKinds",
                "StrictJSON",
            ],
            path: "Tests/Benchmarks/History"),
        .executableTarget(
            name: "benchmark-drift", dependencies: ["Tidemark", "TidemarkBaseline", "TidemarkKinds", "StrictJSON"],
            path: "Tests/Benchmarks/Drift"),

        .target(
            name: "TidemarkTestSupport",
            dependencies: ["COpenSSL", "MessageDigests", "StrictJSON", "Tidemark", "TidemarkKinds"],
            path: "Tests/Support"),
        .testTarget(name: "StrictJSONTests", dependencies: ["TidemarkTestSupport", "StrictJSON"]),
        .testTarget(name: "LinearPatternsTests", dependencies: ["TidemarkTestSupport", "LinearPatterns"]),
        .testTarget(name: "ArchiveReadingTests", dependencies: ["ArchiveReading", "Deflate"]),
        .target(name: "LocalServers", dependencies: ["HTTPTransfers"], path: "Tests/LocalServers"),
        .testTarget(name: "SignedTokensTests", dependencies: ["SignedTokens", "StrictJSON", "TidemarkTestSupport"]),
        .testTarget(name: "HTTPTransfersTests", dependencies: ["HTTPTransfers", "LocalServers"]),
        .testTarget(
            name: "AWSClientTests",
            dependencies: [
                "AWSClient", "CivilTime", "LocalServers", "MessageDigests", "StrictJSON",
                .product(name: "Logging", package: "swift-log"),
            ],
            resources: [.copy("Vectors")]),
        .testTarget(
            name: "TidemarkCITests",
            dependencies: [
                "CivilTime", "HTTPTransfers", "LocalServers", "Locking", "SignedTokens", "StrictJSON", "Tidemark",
                "TidemarkCI",
                "TidemarkHistory",
                "TidemarkKinds", "TidemarkTestSupport",
            ]),
        .testTarget(name: "TidemarkTests", dependencies: ["TidemarkTestSupport", "Tidemark"]),
        .testTarget(name: "TidemarkKindsTests", dependencies: ["TidemarkTestSupport", "TidemarkKinds"]),
        .testTarget(
            name: "TidemarkBaselineTests",
            dependencies: ["TidemarkTestSupport", "TidemarkBaseline", "TidemarkKinds", "TidemarkReports"]),
        .testTarget(
            name: "TidemarkAWSTests",
            dependencies: [
                "TidemarkTestSupport", "TidemarkAWS", "TidemarkBaseline", "TidemarkKinds", "TidemarkReports", "Reports",
            ]),
        .testTarget(
            name: "TidemarkHistoryTests",
            dependencies: [
                "CivilTime", "HistoryFiles", "Locking", "TidemarkTestSupport", "TidemarkBaseline", "TidemarkHistory",
                "TidemarkKinds", "Migrations",
                .product(name: "GRDB", package: "GRDB.swift"),
            ]),
        .testTarget(
            name: "TidemarkBucketTests",
            dependencies: [
                "CivilTime", "Deflate", "Locking", "TidemarkTestSupport", "TidemarkBucket", "TidemarkHistory",
                "TidemarkKinds",
                "TidemarkShared",
            ]),
        .testTarget(
            name: "TidemarkS3Tests",
            dependencies: [
                "AWSClient", "CivilTime", "Locking", "TidemarkBucket", "TidemarkHistory", "TidemarkKinds", "TidemarkS3",
                "TidemarkTestSupport",
            ]),
        .testTarget(
            name: "TidemarkReportsTests",
            dependencies: ["TidemarkTestSupport", "TidemarkBaseline", "TidemarkKinds", "TidemarkReports"]),
        // As a program outside the package: only what is public.
        .testTarget(
            name: "LibraryTests",
            dependencies: [
                "AWSClient", "StrictJSON", "Tidemark", "TidemarkAWS", "TidemarkBaseline", "TidemarkHistory",
                "TidemarkKinds",
            ],
            packageAccess: false),
        .testTarget(name: "TidemarkCLITests", dependencies: ["TidemarkTestSupport", "TidemarkCLI", "TidemarkKinds"]),
    ],
    swiftLanguageModes: [.v6]
)

// The fuzzer is made of the files of the test that runs its corpus, and only where it is asked for (`make fuzz`): it
// needs the runtime of a sanitizer. Its flag is not for the whole build: the tool that embeds texts has its own `main`.
let fuzzed = [
    "ArchiveReading", "AWSClient", "AWSShapes", "CivilTime", "Deflate", "LinearPatterns", "SignedTokens", "StrictJSON",
    "StrictYAML", "Tidemark", "TidemarkAWS", "TidemarkBaseline", "TidemarkBucket", "TidemarkKinds", "TidemarkReports",
]
let readers = fuzzed.map { Target.Dependency(stringLiteral: $0) }
if Context.environment["TIDEMARK_FUZZ"] == nil {
    package.targets.append(
        .testTarget(
            name: "FuzzTests", dependencies: readers, exclude: ["Fuzzer.swift", "fuzz", "fuzz.dict"],
            resources: [.copy("Corpus")]))
} else {
    let flags = ["-sanitize=fuzzer"]
    for target in package.targets where fuzzed.contains(target.name) { target.swiftSettings = [.unsafeFlags(flags)] }
    package.targets.append(
        .executableTarget(
            name: "fuzz", dependencies: readers, path: "Tests/FuzzTests",
            exclude: ["CorpusTests.swift", "Corpus", "fuzz", "fuzz.dict"], swiftSettings: [.unsafeFlags(flags)],
            linkerSettings: [.unsafeFlags(flags)]))
}

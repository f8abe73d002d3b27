// swift-tools-version: 6.2
import PackageDescription

let strict: [SwiftSetting] = [
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "auditor",
  platforms: [.macOS(.v15)],
  products: [
    .library(name: "Audit", targets: ["Audit"]),
    .executable(name: "auditor", targets: ["auditor"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
  ],
  targets: [
    // Nouns. Imports nothing.
    .target(name: "AuditCore", swiftSettings: strict),
    // Verbs, one folder a stage.
    .target(
      name: "Audit",
      dependencies: [
        "AuditCore", "CArchive", "CLibXML", "CPCRE2", "CVectorscan",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict
    ),
    .executableTarget(
      name: "auditor",
      dependencies: [
        "Audit", "AuditCore",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict
    ),
    // With the decoders of gzip, bzip2 and xz that libarchive itself uses.
    .systemLibrary(
      name: "CArchive", pkgConfig: "libarchive",
      providers: [
        .apt(["libarchive-dev", "zlib1g-dev", "libbz2-dev", "liblzma-dev"]),
        .brew(["libarchive", "xz", "zlib"]),
      ]),
    .systemLibrary(
      name: "CLibXML", pkgConfig: "libxml-2.0",
      providers: [.apt(["libxml2-dev"]), .brew(["libxml2"])]),
    .systemLibrary(
      name: "CPCRE2", pkgConfig: "libpcre2-8",
      providers: [.apt(["libpcre2-dev"]), .brew(["pcre2"])]),
    .systemLibrary(
      name: "CVectorscan", pkgConfig: "libhs",
      providers: [.apt(["libvectorscan-dev"]), .brew(["vectorscan"])]),
    // Yams is the second opinion on YAML: Tests/AuditTests/Rules/YAMLDifferentialTests.swift.
    .testTarget(
      name: "AuditTests",
      dependencies: ["Audit", "AuditCore", .product(name: "Yams", package: "Yams")],
      exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "AuditorTests", dependencies: ["Audit", "AuditCore", "auditor"], swiftSettings: strict),
  ]
)

// swift-tools-version: 6.1
import PackageDescription

// Language mode 6 throughout; the file heads show what crosses a target's border.
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
]

// What a terminal is made of is small, because all that is near what it uses is in its memory: functions that nobody
// calls are left out one by one, and the library's regular expressions, a tenth of all code, are not there to be used.
let small =
    strict + [
        .unsafeFlags(["-Xfrontend", "-disable-implicit-string-processing-module-import"]),
        .unsafeFlags(["-Xfrontend", "-function-sections"], .when(configuration: .release)),
    ]

// What an attacker who has found a fault meets: each start of a program lies somewhere else in memory, and nothing that
// the loader has written can be written again. lld comes with Swift, and packs the relocations that this takes: the
// hub's are 2.4 MB otherwise. Makefile has what C is compiled with; Tests/EndToEnd/test_hardening.py reads both.
let hardened =
    ["-use-ld=lld"]
    + ["pack-relative-relocs", "relro", "now", "noexecstack"].flatMap {
        ["-Xlinker", "-z", "-Xlinker", $0]
    }
// A program that relocates itself must have no path of libraries, or glibc ends it before its first line. SwiftPM adds
// one, and only its command line can take it away: `make release` does, and says so.
let isShipped = Context.environment["WARROOM_SHIPPED"] == "1"
let relocatesItself = isShipped ? ["-Xclang-linker", "-static-pie"] : []

let ordered = Target.Dependency.product(name: "OrderedCollections", package: "swift-collections")
let deque = Target.Dependency.product(name: "DequeModule", package: "swift-collections")
let arguments = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

let package = Package(
    name: "warroom",
    products: [
        .executable(name: "warroom", targets: ["warroom"]),
        .executable(name: "warroom-hub", targets: ["warroom-hub"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    ],
    targets: [
        // What Swift cannot see of ncurses, and the terminal given back after a crash: the only C.
        .target(name: "CNcurses", linkerSettings: [.linkedLibrary("ncursesw"), .linkedLibrary("tinfo")]),
        .systemLibrary(name: "CExpat", pkgConfig: "expat", providers: [.apt(["libexpat1-dev"])]),
        .systemLibrary(name: "CCrypto", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),

        .target(name: "WarRoomDigest", dependencies: ["CCrypto"], swiftSettings: strict),
        .target(name: "WarRoomCore", dependencies: [ordered], swiftSettings: small),
        .target(name: "WarRoomSystem", swiftSettings: small),
        .target(name: "WarRoomWire", dependencies: ["WarRoomCore", "WarRoomSystem"], swiftSettings: small),
        .target(
            name: "WarRoomRunbook", dependencies: ["WarRoomCore", "WarRoomSystem", "WarRoomDigest", "Yams", ordered],
            swiftSettings: strict),
        .target(
            name: "WarRoomSources", dependencies: ["WarRoomCore", "WarRoomSystem", "CExpat"], swiftSettings: strict),
        .target(
            name: "WarRoomHub",
            dependencies: [
                "WarRoomCore", "WarRoomSystem", "WarRoomWire", "WarRoomDigest", ordered, deque,
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .target(
            name: "WarRoomRehearsal", dependencies: ["WarRoomCore", "WarRoomSystem", "WarRoomWire", "WarRoomRunbook"],
            swiftSettings: strict),
        .target(name: "WarRoomScreen", dependencies: ["WarRoomCore", ordered], swiftSettings: small),
        .target(
            name: "WarRoomTerminal",
            dependencies: ["WarRoomCore", "WarRoomSystem", "WarRoomWire", "WarRoomScreen", "CNcurses"],
            swiftSettings: small),

        .executableTarget(
            name: "warroom",
            dependencies: ["WarRoomCore", "WarRoomSystem", "WarRoomWire", "WarRoomScreen", "WarRoomTerminal", ordered],
            swiftSettings: small,
            // Nothing to look for and nothing to relocate when a terminal starts: a fifth of the time to its first
            // frame.
            linkerSettings: [
                .unsafeFlags(["-static-executable"] + relocatesItself + hardened, .when(configuration: .release))
            ]),
        .executableTarget(
            name: "warroom-hub",
            dependencies: [
                "WarRoomCore", "WarRoomSystem", "WarRoomWire", "WarRoomHub", "WarRoomRunbook", "WarRoomSources",
                "WarRoomRehearsal", arguments,
            ],
            swiftSettings: strict, linkerSettings: [.unsafeFlags(hardened, .when(configuration: .release))]),

        // Not shipped: what the rules cost on a night of 2,000 servers, for `make bench`.
        .executableTarget(
            name: "bench-rules", dependencies: ["WarRoomCore", "WarRoomRunbook", ordered], path: "bench/rules",
            swiftSettings: strict),

        .testTarget(
            name: "WarRoomCoreTests", dependencies: ["WarRoomCore", "WarRoomWire", ordered],
            exclude: ["bridge-format.txt"], swiftSettings: strict),
        .testTarget(
            name: "WarRoomRunbookTests", dependencies: ["WarRoomRunbook", "WarRoomCore", ordered],
            exclude: ["Fixtures", "Seeds"],
            swiftSettings: strict),
        .testTarget(
            name: "WarRoomSourcesTests", dependencies: ["WarRoomSources", "WarRoomSystem", "WarRoomCore"],
            resources: [.copy("Fixtures")],
            swiftSettings: strict),
        .testTarget(name: "WarRoomSystemTests", dependencies: ["WarRoomSystem"], swiftSettings: strict),
        .testTarget(
            name: "WarRoomHubTests",
            dependencies: [
                "WarRoomHub", "WarRoomWire", "WarRoomCore", "WarRoomDigest", ordered,
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: strict),
        .testTarget(
            name: "WarRoomTerminalTests", dependencies: ["WarRoomTerminal", "WarRoomCore"], swiftSettings: strict),
        .testTarget(
            name: "WarRoomRehearsalTests", dependencies: ["WarRoomRehearsal", "WarRoomRunbook", "WarRoomCore"],
            swiftSettings: strict),
        .testTarget(
            name: "WarRoomScreenTests", dependencies: ["WarRoomScreen", "WarRoomCore", ordered], exclude: ["Golden"],
            swiftSettings: strict),
    ]
)

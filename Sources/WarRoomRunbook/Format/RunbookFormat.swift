internal import WarRoomCore

/// The format of a runbook, declared once: which keys a section takes, what each of them holds, and what it is for.
/// From it come the check for unknown keys and wrong values, and the JSON Schema for editors.
package enum RunbookFormat {
    /// What may stand at a place.
    indirect enum Shape: Sendable {
        /// A text, of one line or many, in which `{date}` is replaced.
        case text
        /// A name, verbatim, on one line.
        case name
        /// An id: lower-case letters, digits and `-`.
        case id
        case date, time
        case notation(Notation)
        /// One of some words, and the fault where it is none of them.
        case word([String], RunbookFault.Code)
        case number(least: Int)
        case duration(least: Duration)
        case list(Shape)
        /// A list, or a section where there is more to say.
        case listOr(Shape, SectionName)
        /// Keys that the author chooses, all with values of one shape.
        case table(Naming, Shape)
        case section(SectionName)
    }

    /// How the keys of a table are named.
    enum Naming: Sendable { case id, name, server, role }

    /// Small notations with a meaning of their own.
    enum Notation: Sendable, CaseIterable {
        case band, slot, role

        var pattern: String {
            switch self {
            case .band: "^([01][0-9]|2[0-3]):[0-5][0-9]-([01][0-9]|2[0-3]):[0-5][0-9]$"
            case .slot: "^:[0-5][0-9]$"
            case .role: "^(lead|monitoring|feeder|viewer|approver: *\\S.*|team: *[^/]+/[^/]+)$"
            }
        }
    }

    enum SectionName: String, Sendable, CaseIterable {
        case runbook, zones, zone, window, pool, server, wave, test, pipeline, board, team, check, phase, step, link,
            need,
            gate
        case batch, metric, source
    }

    /// A key of a section.
    struct Key: Sendable {
        let name: String
        let shape: Shape
        let isRequired: Bool
        let description: String

        init(_ name: String, _ shape: Shape, isRequired: Bool = false, _ description: String) {
            self.name = name
            self.shape = shape
            self.isRequired = isRequired
            self.description = description
        }
    }

    /// What a word of a section's deciding key asks of the other keys.
    struct Variant: Sendable {
        let word: String
        let needs: [String]
        let refuses: [String]
    }

    struct Section: Sendable {
        /// What it is called in a fault: "a step".
        let title: String
        let description: String
        let keys: [Key]
        /// Keys of which exactly one is given.
        var oneOf: [String] = []
        /// The key that decides which others are taken, and what its words ask.
        var decidedBy: String?
        var variants: [Variant] = []

        func key(_ name: String) -> Key? { keys.first { $0.name == name } }
    }

    /// A key that the reader leaves alone.
    static func isFree(_ key: String) -> Bool { key.hasPrefix("x-") }

    /// Whether a text is an id.
    static func isID(_ text: String) -> Bool {
        text.utf8.first != UInt8(ascii: "-") && !text.isEmpty
            && text.utf8.allSatisfy {
                (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == UInt8(ascii: "-")
            }
    }

    private static let sourceOptions = SourceKind.all.flatMap { $0.needs + $0.takes }

    /// Which options each kind of source takes.
    static let sourceVariants: [Variant] = SourceKind.all.map { kind in
        var refuses: [String] = []
        for option in sourceOptions where !(kind.needs + kind.takes + refuses).contains(option) {
            refuses.append(option)
        }
        return Variant(word: kind.word, needs: kind.needs, refuses: refuses)
    }

    static func section(_ name: SectionName) -> Section {
        sections[name] ?? Section(title: "", description: "", keys: [])
    }

    /// Each section once; ``section(_:)`` is the way in.
    private static let sections: [SectionName: Section] = Dictionary(
        uniqueKeysWithValues: SectionName.allCases.map { ($0, declare($0)) })

    private static func declare(_ name: SectionName) -> Section {
        switch name {
        case .runbook: runbook
        case .zones: zones
        case .zone: zone
        case .window: window
        case .pool: pool
        case .server: server
        case .wave: wave
        case .test: test
        case .pipeline: pipeline
        case .board: board
        case .team: team
        case .check: check
        case .phase: phase
        case .step: step
        case .link: link
        case .need: need
        case .gate: gate
        case .batch: batch
        case .metric: metric
        case .source: source
        }
    }
}

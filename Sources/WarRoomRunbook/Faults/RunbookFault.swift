/// One thing that keeps a runbook from loading: where, what, and what to write instead.
package typealias RunbookFault = RunbookRemark<FaultCode>

/// The kinds of fault (docs/lint.md, Faults).
package enum FaultCode: String, RemarkCode {
    case file = "FILE"
    case yaml = "YAML"
    case unknownKey = "UNKNOWN-KEY"
    case missing = "MISSING"
    case type = "TYPE"
    case id = "ID"
    case doubled = "DOUBLED"
    case unknownStep = "UNKNOWN-STEP"
    case unknownPhase = "UNKNOWN-PHASE"
    case unknownServer = "UNKNOWN-SERVER"
    case unknownWave = "UNKNOWN-WAVE"
    case unknownPool = "UNKNOWN-POOL"
    case unknownGate = "UNKNOWN-GATE"
    case unknownTest = "UNKNOWN-TEST"
    case unknownPipeline = "UNKNOWN-PIPELINE"
    case unknownChannel = "UNKNOWN-CHANNEL"
    case unknownBoard = "UNKNOWN-BOARD"
    case time = "TIME"
    case zone = "ZONE"
    case unit = "UNIT"
    case range = "RANGE"
    case need = "NEED"
    case cycle = "CYCLE"
    case source = "SOURCE"
    case role = "ROLE"
    case path = "PATH"

    /// What such a remark is called.
    package static let word = "fault"

    /// What the code means, as docs/lint.md has it.
    package var sentence: String {
        switch self {
        case .file: "The file cannot be read, is larger than 4 MB, or is not UTF-8."
        case .yaml:
            "The text is not one plain YAML document: bad syntax, an anchor, an alias, a tag, a second document."
        case .unknownKey: "The section has no such key; keys that begin with x- are free."
        case .missing: "A key that must be there is not, or says nothing."
        case .type:
            "The value is of another kind than the key takes: a text, a list, a section, a number, one of "
                + "some words."
        case .id:
            "An id is not of lower-case letters, digits and '-', or a name could not be told from other notation."
        case .doubled:
            "Something that may stand once stands twice: a key, an id, a server, an alias, an item of a list."
        case .unknownStep: "A step is named that no phase has."
        case .unknownPhase: "A phase is named that is not among the phases."
        case .unknownServer: "A server is named that is neither among the servers nor the alias of one."
        case .unknownWave: "A wave is named that is not among the waves."
        case .unknownPool: "A pool is named that is not among the pools, or that the server is not in."
        case .unknownGate: "A gate is named that is not among the gates."
        case .unknownTest: "A test run is named that is not among the tests."
        case .unknownPipeline: "A pipeline or a stage of it is named that is not among the pipelines."
        case .unknownChannel: "A channel is named that is not among the channels."
        case .unknownBoard: "A board, a row of it or a check is named that is not among the boards."
        case .time:
            "A date or time is none, does not exist on that day, exists twice, or lies on the wrong side of "
                + "another."
        case .zone: "A time zone is unknown, or both zones have one label."
        case .unit: "A duration has no unit or is none; durations are written 45m, 2s, 1h30m, 250ms."
        case .range:
            "A number or duration is too small or too large, a text or a list too long, or a range of servers is not "
                + "of the form web1..10."
        case .need: "A condition does not name one subject and one predicate that fit each other."
        case .cycle: "Things wait for each other in a circle, so that none of them could ever start."
        case .source:
            "A source's kind is unknown, an option of it is missing or not its own, or its name or authority "
                + "is taken."
        case .role: "A role is none of those that exist, or is not among the approvers."
        case .path:
            "A path of a rehearsal script leads out of the state folder, or names one of the hub's own files."
        }
    }
}

/// All the faults of one file, in the order of reading.
package struct RunbookFaults: Error, Hashable, Sendable, CustomStringConvertible {
    /// The file as it was named to the reader.
    package let file: String
    /// Its faults, each once, in the order of reading.
    package let faults: [RunbookFault]

    init(file: String, _ faults: [RunbookFault]) {
        self.file = file
        self.faults = RunbookFault.inOrder(faults)
    }

    /// A line for each fault, as ``RunbookRemark/line(in:)`` has it; `file` is another name for the file.
    package func lines(_ file: String? = nil) -> [String] { faults.map { $0.line(in: file ?? self.file) } }

    /// The first line, and how many more there are.
    package var summary: String { (lines().first ?? "") + (faults.count > 1 ? ", and \(faults.count - 1) more" : "") }

    /// The lines, for whatever prints an error.
    package var description: String { lines().joined(separator: "\n") }

    /// Faults before they have a file and an order.
    struct Found: Error {
        let faults: [RunbookFault]

        init(_ faults: [RunbookFault]) { self.faults = faults }
    }
}

internal import OrderedCollections
internal import WarRoomCore

/// One reading of a file: what has been read so far, what is declared in it, and every fault found. The shapes are
/// checked first (`ReadShapes`). After that a value of the wrong shape is passed over, because it is reported already.
struct Reading {
    let root: Written
    /// Whether the text is one that a journal keeps: a night that an older hub began goes on, whatever is too large in
    /// its runbook. It counts as the most that there may be.
    let isKept: Bool
    var faults: [RunbookFault] = []
    var places = RunbookPlaces()
    var runbook: Runbook

    /// What references can name, by kind.
    var declared: [Kind: OrderedSet<String>] = [:]
    /// A server's own name, by each of its names.
    var serverNames: [String: String] = [:]
    /// `pipeline/stage` as events name it, by each way to write it.
    var stageNames: [String: String] = [:]
    /// The steps as they are written, in page order: they are linked when all of them are known.
    var writtenSteps: [(id: String, written: Written)] = []
    /// What times are resolved by; `nil` where date or zones are at fault, which is reported once.
    var calendar: (date: CivilDate, zones: Runbook.Zones)?
    /// Where each wait stands, for circles.
    var waits: [Wait] = []

    /// What a reference can name.
    enum Kind: String {
        case step, phase, server, wave, pool, gate, test, channel, board

        var code: RunbookFault.Code {
            switch self {
            case .step: .unknownStep
            case .phase: .unknownPhase
            case .server: .unknownServer
            case .wave: .unknownWave
            case .pool: .unknownPool
            case .gate: .unknownGate
            case .test: .unknownTest
            case .channel: .unknownChannel
            case .board: .unknownBoard
            }
        }

        var word: String { self == .test ? "test run" : rawValue }
    }

    init(_ root: Written, isKept: Bool = false) {
        (self.root, self.isKept) = (root, isKept)
        let utc = Runbook.LabelledZone(label: "UTC", zone: .utc)
        runbook = Runbook(id: "", title: "", date: "", zones: Runbook.Zones(home: utc, other: utc))
    }

    /// Reads everything.
    mutating func read() {
        check(root, .section(.runbook), path: "")
        readHead()
        readEstate()
        declareSteps()
        readBoards()
        linkSteps()
        readGates()
        readSources()
        readAccess()
        readPairs()
        findCircles()
    }

    // MARK: Words for every reader

    mutating func fault(_ code: RunbookFault.Code, at place: RunbookPlace, _ text: String) {
        faults.append(RunbookFault(code, at: place, text))
    }

    /// Something is larger than what is taken (docs/contract.md, Ranges).
    mutating func tooMuch(at place: RunbookPlace, _ text: String) {
        if !isKept { fault(.range, at: place, text) }
    }

    /// The text of a reference, if there is such a thing; a fault else.
    mutating func known(_ written: Written?, _ kind: Kind) -> String? {
        guard let written, let name = written.text else { return nil }
        if kind == .server { return server(named: name, at: written.place) }
        let names = declared[kind] ?? []
        if names.contains(name) { return name }
        fault(kind.code, at: written.place, "there is no \(kind.word) '\(name)'\(Spelling.hint(name, among: names))")
        return nil
    }

    /// The same for each item of a list.
    mutating func known(_ items: [Written], _ kind: Kind) -> [String] {
        var names: [String] = []
        for item in items {
            if let name = known(item, kind) { names.append(name) }
        }
        return names
    }

    /// A text for people, with the night's date in it.
    func prose(_ written: Written?) -> String? { written?.text.map(dated) }

    func dated(_ text: String) -> String {
        guard text.contains("{date}") else { return text }
        return text.split(separator: "{date}", omittingEmptySubsequences: false).joined(separator: runbook.date)
    }

    /// A title: the one that is written, else the first words of `says`, else the id.
    func title(of written: Written, id: String) -> String {
        prose(written.at("title")) ?? prose(written.at("says")).map(Reading.firstWords) ?? id
    }

    /// As many whole words as a screen row has room for.
    static func firstWords(_ text: String) -> String {
        let words = text.split(whereSeparator: \.isWhitespace)
        var line = ""
        for word in words {
            guard line.isEmpty || line.count + 1 + word.count <= 40 else { return "\(line)…" }
            line += line.isEmpty ? String(word) : " \(word)"
        }
        return line
    }

    func duration(_ written: Written?) -> Duration? {
        written?.text.flatMap { Duration(written: $0) }.map { min($0, Ranges.longestDuration) }
    }

    /// A written count.
    func count(_ text: String?) -> Int? { text.flatMap { Int($0) }?.clamped(to: Ranges.counts) }

    /// A written time as an instant.
    mutating func instant(_ written: Written?) -> Instant? {
        guard let calendar, let written, let text = written.text else { return nil }
        if let instant = Instant(rfc3339: text) { return instant.clamped(to: Ranges.instants) }
        guard let time = try? WallTime(text) else { return nil }
        let (home, other) = (calendar.zones.home, calendar.zones.other)
        do {
            return try time.instant(
                date: calendar.date, home: home.zone, homeLabel: home.label, other: other.zone, otherLabel: other.label)
        } catch {
            fault(.time, at: written.place, error.description)
            return nil
        }
    }
}

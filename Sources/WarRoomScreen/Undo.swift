import OrderedCollections
import WarRoomCore

/// What taking back the last entry on a subject sends: an entry of the same kind with the state from before, which names
/// the one that it takes back and says why.
struct Undo: Equatable {
    let type: String
    let subject: String
    /// The entry that is taken back.
    let entry: Int
    let data: JSON.Object
    /// The entry that is taken back, in words.
    let words: String

    /// With the reason that an undo needs.
    func data(why: String) -> JSON.Object {
        var data = data
        data["undoes"] = .number(entry)
        data["note"] = .string(why)
        return data
    }

    /// `nil` where no person has said anything that this screen could take back.
    init?(_ subject: Subject, in bridge: Bridge) {
        switch subject {
        case .check(let path): self.init(check: path, in: bridge)
        case .step(let id): self.init(step: id, in: bridge)
        case .server(let name): self.init(hold: name, in: bridge)
        case .gate(let id), .need(let id, _): self.init(gate: id, in: bridge)
        case .looseEnd(let id): self.init(looseEnd: id, in: bridge)
        default: return nil
        }
    }

    private init(_ type: String, _ subject: String, _ entry: Int, _ data: JSON.Object, _ words: String) {
        (self.type, self.subject, self.entry, self.data, self.words) = (type, subject, entry, data, words)
    }

    private init?(check path: Runbook.CheckPath, in bridge: Bridge) {
        let marks = (bridge.reviews[path]?.marks ?? []).sorted { $0.entry < $1.entry }
        guard let last = marks.last else { return nil }
        let before = marks.dropLast().max { ($0.at, $0.entry) < ($1.at, $1.entry) }
        var data = JSON.Object(["mark": .string((before?.mark ?? .pending).rawValue)])
        if let before { data["reviewer"] = .string(before.reviewer) }
        self.init("warroom.review", path.text, last.entry, data, "\(Face(last.mark).word) by \(last.by)")
    }

    private init?(step id: String, in bridge: Bridge) {
        guard let last = bridge.steps[id]?.person, last.state != .reset else { return nil }
        let isEnded = last.state != .started
        let before: StepReport.State = isEnded && last.startedAt != nil ? .started : .reset
        self.init(
            "warroom.step", id, last.entry, JSON.Object(["state": .string(before.rawValue)]),
            "\(last.state.rawValue) by \(last.by)")
    }

    private init?(hold server: String, in bridge: Bridge) {
        guard let hold = bridge.holds[server] else { return nil }
        self.init("warroom.hold", server, hold.entry, JSON.Object(["state": "released"]), "held by \(hold.by)")
    }

    private init?(gate id: String, in bridge: Bridge) {
        guard let last = bridge.approvals[id]?.last else { return nil }
        var data = JSON.Object(["decision": .string(last.decision.rawValue), "as": .string(last.role)])
        if let reason = last.reason { data["reason"] = .string(reason) }
        self.init("warroom.approval", id, last.entry, data, "\(last.decision.rawValue) by \(last.by)")
    }

    private init?(looseEnd id: String, in bridge: Bridge) {
        guard let last = bridge.looseEnds[id]?.latest else { return nil }
        let before: LooseEndReport.State = last.value.state == .open ? .closed : .open
        self.init(
            "warroom.looseend", id, last.entry, JSON.Object(["state": .string(before.rawValue)]),
            "\(last.value.state.rawValue) by \(last.by)")
    }
}

extension Press {
    /// Asks why the last entry on what is selected shall be taken back.
    mutating func openUndo() {
        guard let subject else { return say("nothing is selected: the arrows select what an undo is about") }
        guard let undo = Undo(subject, in: sight.bridge) else {
            return say("nobody has said anything here that could be taken back")
        }
        let what = CleanText.line(undo.subject)
        view.prompt = ViewState.Prompt(label: "undo entry \(undo.entry), \(what) \(undo.words), why", purpose: .undo(undo))
    }
}

import OrderedCollections
import WarRoomCore

/// What taking back the last word of a person on something sends: the same again with the number that it takes back, as
/// `warroom undo` does. Where that word is taken back already, this brings it again: an undo is undone like anything else.
struct Undo: Equatable {
    let said: Said

    var type: String { said.type }
    var subject: String { said.subject }
    /// The entry that is taken back.
    var entry: Int { said.entry }

    /// What is taken back, in words, and by whom it was said.
    var words: String {
        let words = "\(CleanText.line(said.words)), by \(CleanText.line(said.by))"
        return said.isUndone ? "the undo of \(words)" : words
    }

    /// With the reason that an undo needs.
    func data(why: String) -> JSON.Object { said.undo(why: why) }

    /// `nil` where no person has said anything of it that could be taken back.
    init?(_ subject: Subject, in bridge: Bridge) {
        guard let said = Undo.lastSaid(of: subject, in: bridge) else { return nil }
        self.said = said
    }

    private static func lastSaid(of subject: Subject, in bridge: Bridge) -> Said? {
        func last(_ things: (type: String, subject: String)...) -> Said? {
            bridge.lastSaid(things.map { ("warroom.\($0.type)", $0.subject) })
        }
        func rulings(on name: String) -> Said? { bridge.lastSaid(of: "warroom.ruling") { $0.hasPrefix(name + "/") } }
        func later(_ one: Said?, _ other: Said?) -> Said? { [one, other].compactMap { $0 }.max { $0.entry < $1.entry } }
        switch subject {
        case .check(let path):
            let whole = last((type: "review", subject: "\(path.board)/\(path.team)"))
            // A whole team's silence is of this check only where it had not answered.
            let isMeant = whole.map { said in bridge.reviews[path]?.marks.contains { $0.entry == said.first } ?? false } ?? false
            return later(last((type: "review", subject: path.text), (type: "check", subject: path.text)), isMeant ? whole : nil)
        case .team(let board, let team):
            let whole = last((type: "review", subject: "\(board)/\(team)"))
            let checks = bridge.runbook.boards[board]?.teams[team]?.checks.keys ?? []
            guard checks.count == 1 else { return whole }
            return later(whole, lastSaid(of: .check(.init(board: board, team: team, check: checks[0])), in: bridge))
        case .step(let id):
            let messages = bridge.lastSaid(of: "warroom.message") { $0.hasPrefix(id + "/") }
            return later(later(last((type: "step", subject: id), (type: "ruling", subject: "pair/\(id)")), messages), rulings(on: id))
        case .server(let name): return later(last((type: "hold", subject: name)), rulings(on: name))
        case .gate(let id), .need(let id, _): return last((type: "approval", subject: id), (type: "ruling", subject: "gate/\(id)"))
        case .test(let id), .failure(let id, _): return rulings(on: id)
        case .looseEnd(let id):
            let parts = id.split(separator: "/", maxSplits: 1).map(String.init)
            return parts.count == 2 && parts[0] == "hold" ? last((type: "hold", subject: parts[1])) : last((type: "looseend", subject: id))
        case .trouble(.divergence, let id), .trouble(.pair, let id): return last((type: "ruling", subject: id))
        case .trouble(.approvedThere, let id): return lastSaid(of: .gate(id), in: bridge)
        case .trouble(.pastGate, let id), .trouble(.undone, let id): return lastSaid(of: .step(id), in: bridge)
        case .trouble(.unreachableYetServing, let name): return lastSaid(of: .server(name), in: bridge)
        case .entry(let number): return bridge.said(by: number)
        case .trouble, .phase, .wave, .board, .source, .handover, .batch: return nil
        }
    }
}

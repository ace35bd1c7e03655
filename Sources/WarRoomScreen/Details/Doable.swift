import OrderedCollections
import WarRoomCore

/// What a key would do for this person at this moment, or why it would do nothing.
struct Doable {
    let binding: Binding
    /// What it would do, with what is selected by name.
    let words: String
    /// Why it can do nothing now; `nil`: it can.
    let obstacle: String?

    /// All keys that write, and those that open a page, in the order of the keymap.
    static func all(_ sight: Sight) -> [Doable] {
        let moment = Moment(sight: sight, subject: sight.view.detail?.subject ?? sight.view.selection)
        return Keymap.bindings.compactMap { binding in
            guard let (words, obstacle) = moment.answer(binding.action) else { return nil }
            let isShut = binding.writes && sight.vitals.isReadOnly
            return Doable(
                binding: binding, words: words, obstacle: isShut ? "view only: this screen cannot write" : obstacle)
        }
    }

    /// Who presses the keys, and where.
    static func who(_ sight: Sight) -> String {
        let user = sight.vitals.user.isEmpty ? "" : "you are \(CleanText.line(sight.vitals.user)), "
        let lead = sight.bridge.lead
        let role =
            sight.vitals.isReadOnly
            ? "view only"
            : lead == nil
                ? "nobody has the lead"
                : lead == sight.vitals.user ? "lead" : "\(CleanText.line(lead ?? "")) has the lead"
        return "\(user)\(role), in \(sight.view.focus)"
    }

    /// What is selected, and what the night allows.
    private struct Moment {
        let sight: Sight
        let subject: Subject?

        private var called: String? {
            switch subject {
            case .step(let id): sight.runbook.steps[id]?.title ?? id
            case .check(let path): "\(path.team), \(path.check)"
            case .alert(let id): "the alert \(id)"
            case let subject?: subject.eventSubject
            case nil: nil
            }
        }

        /// `on WHAT IS SELECTED`, where something is.
        private var on: String { called.map { " on \(CleanText.line($0))" } ?? "" }

        private var notLive: String? {
            guard sight.bridge.state == .opened else { return nil }
            return "nothing counts yet: \(sight.bridge.lead.map { CleanText.line($0) } ?? "the lead") must go live"
        }

        func answer(_ action: Action) -> (words: String, obstacle: String?)? {
            switch action {
            case .tick, .markMenu:
                if case .check(let path) = subject {
                    return (action == .tick ? "mark \(path.check) ok" : "mark \(path.check)", nil)
                }
                if action == .markMenu, case .team(_, let team) = subject { return ("no response of \(team)", nil) }
                return ("mark a check", "no check is selected: \(Panes.called(ReviewsPane.pane.name))")
            case .stepMenu:
                guard case .step(let id) = subject else {
                    return ("report on a step", "no step is selected: \(Panes.called(TimelinePane.pane.name))")
                }
                return ("report on \(sight.runbook.steps[id]?.title ?? id)", notLive)
            case .decide: return decision
            case .note: return ("write a note\(on)", nil)
            case .heard: return ("write down what somebody outside has told\(on)", nil)
            case .confirm:
                let count = sight.situation.boards.values.flatMap(\.checks).count(where: \.isProposedNoResponse)
                let words = "confirm that \(count) \(count == 1 ? "check has" : "checks have") no response"
                return (
                    count > 0 ? words : "confirm a missing response",
                    count > 0 ? nil : "the clock proposes none: no board is due with a check open"
                )
            case .reviewer: return ("say who has looked, for your next marks", nil)
            case .rollCall:
                let turns = RollCall.turns(sight)
                let open = turns.count { $0.team.checks.contains(where: \.isPending) }
                return (
                    "call the roll: \(open) of \(turns.count) teams are open", turns.isEmpty ? "there is no board" : nil
                )
            case .handover: return ("the page of whoever takes over; there a offers or accepts the lead", nil)
            case .close:
                if sight.bridge.state == .closed { return ("close the night", "it is closed already") }
                let count = sight.situation.closing.obstacles.count
                return ("close the night", count == 0 ? nil : "\(count) in the way: C lists them")
            case .undo:
                guard let subject else { return ("take back a word", "nothing is selected") }
                let undo = Undo(subject, in: sight.bridge)
                return (
                    undo.map { "take back entry \($0.entry), \($0.words)" } ?? "take back a word",
                    undo == nil ? "nobody has said anything of it" : nil
                )
            default: return nil
            }
        }

        private var decision: (words: String, obstacle: String?) {
            switch subject {
            case .gate(let id), .need(let id, _):
                let gate = sight.situation.gates[id]
                if gate?.gate.approvers.isEmpty ?? true { return ("decide on gate \(id)", "it has no approver") }
                let roles = gate?.missing.joined(separator: ", ") ?? ""
                return (
                    gate?.firstUnmet == nil ? "approve or refuse gate \(id)" : "refuse or override gate \(id)",
                    roles.isEmpty ? "it has all its approvals" : nil
                )
            case .looseEnd(let id): return ("forgive \(CleanText.line(id.text))", nil)
            case .server(let name): return ("hold or release \(name), rule where claims disagree", nil)
            case .wave(let id) where !id.isEmpty: return ("hold or lift wave \(id)", nil)
            case .heard, .alert: return ("say what it was\(on)", nil)
            case .trouble: return ("rule\(on), where a person can", nil)
            case .step, .test, .failure, .run: return ("rule or decide\(on), where a person can", nil)
            case .team, .check: return ("add a check to the team", nil)
            case .handover: return ("offer, accept or take back the lead", nil)
            default:
                let places = [GatesPane.pane, LooseEndsPane.pane, ServersPane.pane].map { Panes.called($0.name) }
                return ("decide", "nothing to decide on is selected: \(places.joined(separator: ", "))")
            }
        }
    }
}

import OrderedCollections
import WarRoomCore

/// A row by the name that people call it.
struct Goal {
    let name: String
    let title: String
    let pane: String
    let subject: Subject

    /// All that can be gone to, in the order of the panes.
    static func all(_ sight: Sight) -> [Goal] {
        Panes.all.flatMap { pane in
            pane.items(sight).compactMap { subject -> Goal? in
                guard let name = name(of: subject) else { return nil }
                return Goal(name: name, title: title(of: subject, sight), pane: pane.name, subject: subject)
            }
        }
    }

    private static func name(of subject: Subject) -> String? {
        switch subject {
        case .failure, .need, .trouble, .run: nil
        case .entry(let number): String(number)
        default: subject.eventSubject
        }
    }

    private static func title(of subject: Subject, _ sight: Sight) -> String {
        switch subject {
        case .step(let id): sight.runbook.steps[id]?.title ?? id
        case .check(let path): path.check
        default: name(of: subject) ?? ""
        }
    }
}

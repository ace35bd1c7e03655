import WarRoomCore

/// From a choice to an event: the reason first, then what follows from it, then an explicit yes (P-10).
extension Press {
    /// Goes on with a draft: asks what it lacks, or shows what follows.
    mutating func pursue(_ draft: Draft) {
        guard draft.reason == nil else {
            view.prompt = Prompt(label: draft.asks ?? "why (\(draft.words))", purpose: .reason(draft))
            return
        }
        guard !draft.follows.isEmpty else { return deliver(draft) }
        var menu = Menu(
            title: "Really \(draft.words)?", type: draft.type, field: "", subject: draft.subject,
            choices: [
                .init(key: "n", face: Face(.pending, "no, go back", .plain), value: "no", needsNote: false),
                .init(key: "y", face: Face(.need, "yes, \(draft.words)", .act), value: "yes", needsNote: false, draft: draft),
            ])
        menu.facts = draft.follows
        menu.tellsTime = true
        view.menu = menu
    }

    /// Takes the reason that was written.
    mutating func pursue(_ draft: Draft, why text: String) {
        guard let field = draft.reason else { return pursue(draft) }
        var draft = draft
        draft.data[field] = .string(text)
        draft.reason = nil
        if draft.isAbout {
            draft.subject = text
            draft.words += " to \(CleanText.line(text))"
            return pursue(draft)
        }
        if !draft.follows.isEmpty { draft.follows.append(.init("because: \(CleanText.line(text))")) }
        pursue(draft)
    }

    /// Takes the choice of a menu of drafts: the yes of a confirmation sends.
    mutating func take(_ draft: Draft, of menu: Menu) {
        if menu.tellsTime { deliver(draft) } else { pursue(draft) }
    }

    private mutating func deliver(_ draft: Draft) { send(draft.type, draft.subject, draft.data, as: draft.words) }
}

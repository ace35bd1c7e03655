import WarRoomCore

/// Something that is about to be sent, and what a person must have seen before it is.
struct Draft: Equatable {
    /// One line of what follows from it.
    struct Fact: Equatable {
        let face: Face?
        let text: String

        init(_ text: String, _ face: Face? = nil) {
            self.text = text
            self.face = face
        }
    }

    let type: String
    var subject: String
    var data: JSON.Object
    /// The field that takes the written reason; `nil` where none is asked.
    var reason: String?
    /// What the text field is called that asks for it; `nil`: why, and what is done.
    var asks: String?
    /// Whether the written text is a name, and what the event is about, instead of a reason.
    var isAbout = false
    /// What is done and to what, for the confirmation and the answer: `approve gate before-finish`.
    var words: String
    /// What follows, shown for an explicit yes; empty where the key itself is enough.
    var follows: [Fact] = []
}

/// From a choice to an event: the reason first, then what follows from it, then an explicit yes (P-10).
extension Press {
    /// Goes on with a draft: asks what it lacks, or shows what follows.
    mutating func pursue(_ draft: Draft) {
        guard draft.reason == nil else {
            view.prompt = ViewState.Prompt(label: draft.asks ?? "why (\(draft.words))", purpose: .reason(draft))
            return
        }
        guard !draft.follows.isEmpty else { return deliver(draft) }
        var menu = ViewState.Menu(
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
    mutating func take(_ draft: Draft, of menu: ViewState.Menu) {
        if menu.tellsTime { deliver(draft) } else { pursue(draft) }
    }

    private mutating func deliver(_ draft: Draft) { send(draft.type, draft.subject, draft.data, as: draft.words) }
}

import WarRoomCore

/// From a choice to an event: first the reason, then what follows from it, then an explicit yes, so that nobody decides
/// unseen and by one key.
extension Press {
    /// Goes on with a draft: asks what it lacks, or shows what follows.
    mutating func pursue(_ draft: Draft) {
        switch draft.asks {
        case .why(let label):
            view.prompt = Prompt(label: label ?? "why (\(draft.words))", purpose: .answer(draft))
            return
        case .what(let label), .whom(let label), .from(let label):
            view.prompt = Prompt(label: label, purpose: .answer(draft))
            return
        case nil: break
        }
        guard !draft.follows.isEmpty else { return deliver(draft) }
        var menu = Menu(
            title: "Really \(draft.asked ?? draft.words)?",
            choices: [
                .init(key: "n", face: Face(.pending, "Not yet", .plain), value: "no"),
                .init(
                    key: "y", face: Face(.need, draft.verb.prefix(1).uppercased() + draft.verb.dropFirst(), .act),
                    value: "yes", draft: draft),
            ] + draft.instead)
        menu.facts = draft.follows
        menu.isConfirmation = true
        view.menu = menu
    }

    /// Takes what was written where the draft asked.
    mutating func pursue(_ draft: Draft, answer text: String) {
        var next = draft
        (next.asks, next.thenAsks) = (draft.thenAsks, nil)
        switch draft.asks {
        case .why:
            next.proposal.body = draft.proposal.body.because(text)
            if !draft.follows.isEmpty { next.follows.append(.init(CleanText.line(text), label: "Because")) }
        case .what: next.proposal.body = draft.proposal.body.because(text)
        case .from:
            guard case .heard(let report) = draft.proposal.body else { break }
            next.proposal.body = .heard(HeardReport(text: report.text, from: text))
            next.words += ", from \(CleanText.line(text))"
        case .whom:
            next.proposal = Proposal(text, .lead(OfferReport(state: .offered, user: text)))
            next.words += " to \(CleanText.line(text))"
        case nil: break
        }
        pursue(next)
    }

    /// Takes the choice of a menu of drafts: the yes of a confirmation sends.
    mutating func take(_ draft: Draft, of menu: Menu) {
        if menu.isConfirmation, draft.asks == nil { deliver(draft) } else { pursue(draft) }
    }

    private mutating func deliver(_ draft: Draft) { send(draft.proposal, as: draft.words) }
}

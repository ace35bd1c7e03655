import OrderedCollections
import WarRoomCore

/// Who leads. The lead offers it, and the next accepts it. Where the lead is gone, somebody whom `access` names takes
/// it back.
extension Press {
    mutating func decideLead() {
        let leadership = sight.bridge.leadership
        let user = sight.vitals.user
        let lead = sight.bridge.lead.map { "\(CleanText.line($0)) has the lead" } ?? "nobody has the lead"
        var facts = [Draft.Fact(lead)]
        if let offer = leadership.offer {
            facts.append(
                .init(
                    "offered to \(CleanText.line(offer.user)) by \(CleanText.line(offer.by)), \(sight.both(offer.at)), "
                        + "\(sight.age(offer.at))",
                    Face(.need, "", .act)))
        }
        var choices: [Menu.Choice] = []
        if sight.bridge.lead == user {
            let draft = Draft(
                user, .lead(OfferReport(state: .offered)), asks: .whom(label: "to whom the lead is offered"),
                words: "offer the lead", follows: facts + [.init("it stays yours until it is accepted")])
            choices.append(choice("o", Face(.moving, "offer the lead, to whom", .plain), "offer", draft))
        } else {
            let accepted = OfferReport(state: .accepted, user: user)
            if leadership.offeredTo == user {
                let draft = Draft(
                    user, .lead(accepted), words: "accept the lead",
                    follows: facts + [.init("from then on it is yours alone")])
                choices.append(choice("y", Face(.good, "accept the lead", .plain), "accept", draft))
            }
            let draft = Draft(
                user, .lead(accepted), asks: .why(label: nil), words: "take the lead back",
                follows: facts + [
                    .init("nobody has offered it: only they may whom access names lead", Face(.need, "", .act)),
                    .init(
                        "it stays among what is wrong, with your reason, to the end of the night", Face(.need, "", .act)
                    ),
                ])
            choices.append(choice("t", Face(.need, "take it back: the lead is gone", .act), "take", draft))
        }
        open("The lead of the night", facts, choices)
    }
}

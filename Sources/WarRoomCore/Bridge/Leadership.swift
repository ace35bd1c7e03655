import OrderedCollections

/// Who stands in for a role on this night (docs/contract.md, warroom.substitute).
struct Substitute: Hashable, Sendable {
    /// Who stands in.
    let user: String
    /// Who said so.
    let by: String
    /// When that was said, in bridge time.
    let at: Instant
    /// The number of the entry that said so.
    let entry: Int
    /// Whether the user was only asked so far, and has not said yes.
    let isOffer: Bool
}

/// How the lead has passed from person to person.
package struct Leadership: Hashable, Sendable {
    /// An offer of the lead.
    package struct Offer: Hashable, Sendable {
        /// To whom it is offered.
        package let user: String
        /// Who offers it.
        package let by: String
        /// When it was offered, in bridge time.
        package let at: Instant
        /// The number of the entry that offered it.
        let entry: Int
    }

    /// The lead taken back without an offer, by one whom `access` names.
    package struct TakenBack: Hashable, Sendable {
        /// Who took it back.
        let by: String
        /// Who had it.
        package let from: String?
        /// Why.
        let reason: String
        /// When, in bridge time.
        let at: Instant
        /// The number of the entry.
        let entry: Int
    }

    /// The offer that stands; `nil`: there is none.
    package internal(set) var offer: Offer?
    /// The number of the entry by which it was last taken over; `nil` while nobody has.
    var takenAt: Int?
    /// Each time that it was taken back without an offer, oldest first; they stay to the end of the night.
    package internal(set) var takenBack: [TakenBack] = []

    /// To whom it is offered, while the offer stands.
    package var offeredTo: String? { offer?.user }
}

extension Bridge {
    /// A sender with the roles of this night: the lead where it has been handed to, and what somebody stands in for.
    package func acting(_ sender: Sender) -> Sender {
        guard leadership.takenAt != nil || !substitutes.isEmpty else { return sender }
        var roles = sender.granted
        if leadership.takenAt != nil {
            // The acting lead is one person (docs/contract.md, Roles): whoever else `access` names is lead no more.
            roles.removeAll { $0 == .lead }
            if lead?.isSame(as: sender.user) ?? false { roles.append(.lead) }
        }
        for (text, substitute) in substitutes where !substitute.isOffer && substitute.user.isSame(as: sender.user) {
            if let role = Role(text), !roles.contains(role) { roles.append(role) }
        }
        if roles.count > 1 { roles.removeAll { $0 == .viewer } }
        return sender.holding(roles.isEmpty ? [.viewer] : roles)
    }

    /// Whether this night itself has given a user something to do, whatever `access` says.
    package func hasActing(_ user: String) -> Bool {
        leadership.takenAt != nil && lead?.isSame(as: user) ?? false
            || substitutes.values.contains { !$0.isOffer && $0.user.isSame(as: user) }
    }

    /// The lead of a night at its opening: who started the hub, unless the runbook names others.
    func firstLead(startedBy user: String) -> String? {
        let named = runbook.access.filter { $0.role == .lead }.flatMap(\.members)
        if isRehearsal || named.isEmpty || named.contains(user) { return user }
        return named.first { !$0.hasPrefix("%") }
    }
}

/// Who sends an event, as the kernel and the runbook's `access` say.
package struct Sender: Hashable, Sendable {
    package let user: String
    /// What `access`, or the night itself, gives; a limit takes away from it.
    let granted: [Role]
    private let isStarter: Bool
    /// `as` on a subscription: no more than this role may.
    let limit: Role?

    package init(user: String, roles: [Role], mayDoEverything: Bool = false) {
        self.init(user: user, granted: roles, isStarter: mayDoEverything, limit: nil)
    }

    private init(user: String, granted: [Role], isStarter: Bool, limit: Role?) {
        self.user = user
        self.granted = granted
        self.isStarter = isStarter
        self.limit = limit
    }

    /// What the sender may act as.
    package var roles: [Role] {
        guard let limit else { return granted }
        return isWithin(limit) ? [limit] : [.viewer]
    }

    /// Who started a rehearsal may do everything in it (CONTRACT 6).
    package var mayDoEverything: Bool { isStarter && limit == nil }

    private func isWithin(_ role: Role) -> Bool {
        granted.contains(role) || isStarter || (granted.contains(.lead) && role.isBelowLead)
    }

    /// The same sender with no more than a role allows: `as` on a subscription can only lessen.
    package func lessened(to role: Role) -> Sender {
        let isLess = limit == nil || limit == role || (limit == .lead && role.isBelowLead)
        return Sender(user: user, granted: granted, isStarter: isStarter, limit: isLess ? role : .viewer)
    }

    /// The same sender with other roles in place of those of `access`; a limit stays.
    func holding(_ roles: [Role]) -> Sender { Sender(user: user, granted: roles, isStarter: isStarter, limit: limit) }
}

extension Role {
    /// A lead may do what these may; approving is nobody's but the approver's.
    fileprivate var isBelowLead: Bool {
        switch self {
        case .team, .monitoring, .feeder, .viewer: true
        case .lead, .approver: false
        }
    }
}

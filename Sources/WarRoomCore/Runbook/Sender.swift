/// Who sends an event, as the kernel and the runbook's `access` say.
package struct Sender: Hashable, Sendable {
    /// The user's name on this machine.
    package let user: String
    /// The roles that `access`, or the night itself, gives; a limit takes away from them.
    let granted: [Role]
    private let isStarter: Bool
    /// The role that `as` on a subscription names: no more than it may do is allowed.
    let limit: Role?

    /// A sender with the roles that `access` gives, without a limit.
    package init(user: String, roles: [Role], mayDoEverything: Bool = false) {
        self.init(user: user, granted: roles, isStarter: mayDoEverything, limit: nil)
    }

    private init(user: String, granted: [Role], isStarter: Bool, limit: Role?) {
        self.user = user
        self.granted = granted
        self.isStarter = isStarter
        self.limit = limit
    }

    /// The roles in which the sender may act, after any limit.
    package var roles: [Role] {
        guard let limit else { return granted }
        return isWithin(limit) ? [limit] : [.viewer]
    }

    /// The approvers' roles among those that `access` gives.
    package var approverRoles: [String] {
        granted.compactMap { role in
            guard case .approver(let name) = role else { return nil }
            return name
        }
    }

    /// Whether no role is asked for: who started a rehearsal may do everything in it (docs/contract.md, Roles).
    package var mayDoEverything: Bool { isStarter && limit == nil }

    /// Whether a limit has left nothing but looking.
    package var isLessenedToViewer: Bool { limit != nil && roles == [.viewer] }

    private func isWithin(_ role: Role) -> Bool {
        granted.contains(role) || isStarter || (granted.contains(.lead) && role.isBelowLead)
    }

    /// The same sender with no more than a role allows: `as` on a subscription can only lessen (docs/contract.md,
    /// Subscribing).
    package func lessened(to role: Role) -> Sender {
        let isLess = limit == nil || limit == role || (limit == .lead && role.isBelowLead)
        return Sender(user: user, granted: granted, isStarter: isStarter, limit: isLess ? role : .viewer)
    }

    /// The same sender with the name and the roles that are known now; a limit stays.
    package func granted(as fresh: Sender) -> Sender {
        Sender(user: fresh.user, granted: fresh.granted, isStarter: fresh.isStarter, limit: limit)
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

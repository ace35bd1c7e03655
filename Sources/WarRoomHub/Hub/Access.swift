import Glibc
package import WarRoomCore

/// Who a connection's user is, and what the runbook's `access` lets that user do (docs/contract.md, Roles).
package struct Access: Sendable {
    private let grants: [Runbook.Grant]
    private let starter: uid_t
    private let isRehearsal: Bool

    /// A user and group as the kernel named them when a connection was made.
    struct Peer: Sendable {
        let uid: UInt32
        let gid: UInt32
    }

    /// Access as a runbook grants it, for a hub that the user with the id `starter` started.
    package init(_ runbook: Runbook, starter: UInt32, isRehearsal: Bool) {
        self.init(grants: runbook.access, starter: starter, isRehearsal: isRehearsal)
    }

    private init(grants: [Runbook.Grant], starter: uid_t, isRehearsal: Bool) {
        (self.grants, self.starter, self.isRehearsal) = (grants, starter, isRehearsal)
    }

    /// The same hub's access as another runbook grants it.
    func granting(_ runbook: Runbook) -> Access {
        Access(grants: runbook.access, starter: starter, isRehearsal: isRehearsal)
    }

    /// Lets those connect to a socket whom a runbook admits, and nobody else.
    package static func admit(by runbook: Runbook, at path: String) {
        chmod(path, runbook.access.isEmpty ? 0o600 : 0o666)
    }

    /// The sender behind a connection, by the user and group that the kernel named when it connected.
    func sender(_ peer: Peer) -> Sender {
        let (uid, user) = (peer.uid, Access.userName(peer.uid))
        let groups = Access.groupNames(user: user, gid: peer.gid)
        var roles = grants.filter { grant in
            grant.members.contains { member in
                member.hasPrefix("%")
                    ? groups.contains { member.dropFirst().isSame(as: $0) } : member.isSame(as: user)
            }
        }.map(\.role)
        let namesNoLead = !grants.contains { $0.role == .lead && !$0.members.isEmpty }
        if uid == starter, namesNoLead { roles.append(.lead) }
        if roles.isEmpty { roles = [.viewer] }
        return Sender(user: user, roles: roles, mayDoEverything: isRehearsal && uid == starter)
    }

    /// The name of a user, or its number where it has none.
    package static func userName(_ uid: UInt32) -> String {
        getpwuid(uid).map { String(cString: $0.pointee.pw_name) } ?? String(uid)
    }

    private static func groupNames(user: String, gid: UInt32) -> Set<String> {
        var count: Int32 = 64
        var groups = [gid_t](repeating: 0, count: Int(count))
        if getgrouplist(user, gid, &groups, &count) < 0 {
            groups = [gid_t](repeating: 0, count: Int(count))
            _ = getgrouplist(user, gid, &groups, &count)
        }
        return Set(
            groups.prefix(Int(count)).compactMap { group in
                getgrgid(group).map { String(cString: $0.pointee.gr_name) }
            })
    }
}

/// Work on a server while a pool has it: its patch or its boot runs, or it has booted, and it serves, or still has
/// sessions (docs/contract.md, status --json).
struct WorkInPool: Sendable {
    /// What is done to it, in words: "is being patched".
    let what: String
    /// The pools that have it, by name, and how.
    let pools: [(name: String, member: ServerReport.Membership)]
    /// Since when, as the journal orders it.
    let since: Moment

    init?(
        patch: Shown<ServerReport.Patch>?, reboot: Shown<ServerReport.Reboot>?, verify: Shown<ServerReport.Verify>?,
        pools all: [(name: String, member: Shown<ServerReport.Membership>?)], boots: [Boot]
    ) {
        func having(_ isMeant: (Shown<ServerReport.Membership>) -> Bool) -> [(
            name: String, member: ServerReport.Membership
        )] {
            all.compactMap { pool in
                guard let member = pool.member, !member.isStale, member.value == .in || member.value == .draining,
                    isMeant(member)
                else { return nil }
                return (pool.name, member.value)
            }
        }
        func since(_ work: Moment) -> Moment {
            let from = all.compactMap {
                $0.member.flatMap { [.in, .draining].contains($0.value) ? $0.claim.moment : nil }
            }
            return max(work, from.min() ?? work)
        }
        if let patch, patch.value == .running, !patch.isStale {
            (what, pools, self.since) = ("is being patched", having { _ in true }, since(patch.claim.moment))
        } else if let reboot, reboot.value == .rebooting, !reboot.isStale {
            (what, pools, self.since) = ("reboots", having { _ in true }, since(reboot.claim.moment))
        } else if let boot = boots.last, verify.map({ $0.value != .passed || $0.claim.entry < boot.entry }) ?? true {
            // Whoever tells only when it booted: it has been in the pool since before.
            let moment = Moment(at: boot.at, entry: boot.entry)
            (what, pools, self.since) = ("rebooted", having { $0.value == .in && $0.claim.since < boot.at }, moment)
        } else {
            return nil
        }
        if pools.isEmpty { return nil }
    }
}

import Glibc

/// How many files this process may have open.
package enum FileLimit {
    /// How many are kept for sources, the journal and whatever else is no connection.
    private static let kept = 256

    /// Raises the soft limit to the hard one: every source and every terminal takes some.
    package static func raise() {
        guard var limit = limits else { return }
        limit.rlim_cur = limit.rlim_max
        setrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit)
    }

    /// How many connections there may be, so that something is left for all else.
    package static var mostConnections: Int {
        let most = limits.map { Int(clamping: $0.rlim_cur) } ?? 1_024
        return max(most - kept, most / 4)
    }

    private static var limits: rlimit? {
        var limit = rlimit()
        return getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 ? limit : nil
    }
}

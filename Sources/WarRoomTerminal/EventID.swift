import Glibc

/// What a person's events are named: unique across restarts and machines without asking anybody.
package enum EventID {
    /// A new id: user, process, and a number that does not come again.
    package static func next(user: String) -> String {
        var random = SystemRandomNumberGenerator()
        return "\(user)-\(getpid())-\(String(random.next() as UInt64, radix: 36))"
    }

    /// The `source` of a person's events.
    package static func source(of user: String) -> String { "people/\(user)" }

    /// The name of this process's user by the system's user table, or its number where it has none.
    package static func localUser() -> String {
        guard let entry = getpwuid(getuid()), let name = entry.pointee.pw_name else { return "\(getuid())" }
        return String(cString: name)
    }
}

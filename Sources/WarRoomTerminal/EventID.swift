import Glibc

/// What a person's events are named: unique across restarts and machines without asking anybody. The name service is
/// not asked: it may hang, and the hub knows who is there.
package enum EventID {
    /// A new id: user, process, and a number that does not come again.
    package static func next(user: String = localUser) -> String {
        var random = SystemRandomNumberGenerator()
        return "\(user)-\(getpid())-\(String(random.next() as UInt64, radix: 36))"
    }

    /// The `source` of a person's events.
    package static func source(of user: String) -> String { "people/\(user)" }

    /// This process's user by its number, where the hub has not said the name.
    package static var localUser: String { "\(getuid())" }
}

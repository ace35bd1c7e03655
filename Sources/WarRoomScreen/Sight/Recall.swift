import Synchronization

/// What was worked out for one picture, for the next: a few things that are made of thousands of facts, each with what
/// it rests on.
final class Recall: Sendable {
    private let known = Mutex<[Subject: any Sendable]>([:])

    /// What was kept of a subject, where it is of that type.
    subscript<Value: Sendable>(subject: Subject) -> Value? {
        get { known.withLock { $0[subject] } as? Value }
        set { known.withLock { $0[subject] = newValue } }
    }
}

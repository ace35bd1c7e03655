/// When something was said or came to be, as the journal orders it. Two entries may bear one instant: on a clock that
/// stands still, or of a batch in one look. Then the later entry is the later one.
struct Moment: Hashable, Sendable, Comparable {
    /// When it happened, in bridge time.
    let at: Instant
    /// The entry that first said so; 0 where no entry did.
    let entry: Int

    static func < (one: Moment, other: Moment) -> Bool { (one.at, one.entry) < (other.at, other.entry) }
}

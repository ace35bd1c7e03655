import WarRoomCore

/// What a part of the screen rests on beside the time, which the ``Horizon`` watches. A part that reads what stands not
/// here would stay as it is when that changes; a test draws random nights both ways.
struct Reads: Sendable {
    /// The kinds of facts.
    let facts: Situation.Facts
    /// Whether it shows how the hub is heard, and what we are to it.
    var vitals = false
    /// Whether it shows since when each source is confirmed.
    var confirmed = false

    /// Whether all this is the same for a sight as for an earlier one.
    func areSame(for sight: Sight, as last: Sight) -> Bool {
        sight.situation.isSame(in: facts, as: last.situation)
            && (!vitals || sight.vitals.isSameButForAges(as: last.vitals))
            && (!confirmed || sight.vitals.confirmed == last.vitals.confirmed)
    }
}

/// What was made from a sight, for as long as it would be made the same from another.
struct Kept<Value> {
    let value: Value
    private let reads: Reads
    private let from: Instant
    private let horizon: Horizon

    /// `make` is given a sight that watches until when the clock changes nothing of the value.
    init(_ reads: Reads, of sight: Sight, _ make: (Sight) -> Value) {
        self.reads = reads
        from = sight.situation.now
        horizon = Horizon()
        value = make(sight.watched(by: horizon))
    }

    /// A sight for which it holds, for more that is made from the same and is kept as long.
    func watched(_ sight: Sight) -> Sight { sight.watched(by: horizon) }

    /// Whether it holds for a sight; `last` is the last one for which it did.
    func holds(for sight: Sight, after last: Sight) -> Bool {
        from <= sight.situation.now && sight.situation.now < horizon.moment && reads.areSame(for: sight, as: last)
    }
}

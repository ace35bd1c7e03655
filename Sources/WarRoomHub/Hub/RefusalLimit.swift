import WarRoomCore

/// At most one refusal a second of one user is journalled. The others are counted, and none is lost
/// (docs/contract.md, warroom.refusal).
struct RefusalLimit {
    /// One refusal, in words.
    struct Refusal: Hashable {
        let subject: String
        let who: String
        let what: String
        let why: String

        /// The refusal as it is journalled; `more` others have gone without an entry of their own.
        func report(more: Int) -> RefusalReport { RefusalReport(who: who, what: what, why: why, more: more) }
    }

    private struct Count {
        var at: Instant
        /// Refused since then without an entry, and the last of them.
        var counted = 0
        var last: Refusal?
    }

    private var counts: [String: Count] = [:]

    /// How many refusals of that user have gone without an entry, if this one gets one now; `nil`: it is only counted.
    mutating func mayRecord(_ refusal: Refusal, wall: Instant) -> Int? {
        if let known = counts[refusal.who], wall - known.at < .seconds(1), wall >= known.at {
            counts[refusal.who]!.counted += 1
            counts[refusal.who]!.last = refusal
            return nil
        }
        let more = counts[refusal.who]?.counted ?? 0
        counts[refusal.who] = Count(at: wall)
        return more
    }

    /// What has only been counted and may have its entry now, with how many more it stands for.
    mutating func takeCounted(wall: Instant) -> [(refusal: Refusal, more: Int)] {
        var due: [(refusal: Refusal, more: Int)] = []
        for who in counts.keys.sorted() {
            guard let count = counts[who], wall - count.at >= .seconds(1) || wall < count.at else { continue }
            if let last = count.last {
                due.append((last, count.counted - 1))
                counts[who] = Count(at: wall)
            } else {
                counts[who] = nil
            }
        }
        return due
    }
}

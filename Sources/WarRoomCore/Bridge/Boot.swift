/// One boot of a server on this night, as whoever told it first has it.
package struct Boot: Hashable, Sendable {
    /// When it was, in bridge time.
    package let at: Instant
    /// The time that was told. It is another where that time had not come yet, because a clock is ahead.
    let told: Instant
    /// Who told it first: the event's source.
    package let by: String
    /// The number of the entry that told it first.
    let entry: Int

    /// Two tools' times for one boot differ by seconds.
    static let tolerance = Duration.seconds(60)

    func isSame(as other: Boot) -> Bool {
        at.isWithin(Boot.tolerance, of: other.at) || told.isWithin(Boot.tolerance, of: other.told)
    }
}

extension Instant {
    fileprivate func isWithin(_ duration: Duration, of other: Instant) -> Bool {
        self <= other + duration && other <= self + duration
    }
}

extension ServerRecord {
    /// Counts a boot that nobody has told yet; what was before `opens` is not of this night.
    mutating func count(bootAt told: Instant?, since opens: Instant?, _ entry: Entry) {
        guard let told else { return }
        let at = told > entry.at + Boot.tolerance ? entry.at : told
        if let opens, at < opens { return }
        let boot = Boot(at: at, told: told, by: entry.event.source, entry: entry.number)
        guard !boots.contains(where: boot.isSame) else { return }
        boots.insert(boot, at: boots.firstIndex { $0.at > at } ?? boots.endIndex)
    }
}

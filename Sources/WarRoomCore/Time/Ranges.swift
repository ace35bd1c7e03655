/// How far a number, a time and a text from outside may go (docs/contract.md, Ranges). What is outside is refused where
/// it comes in. A journal of an older hub may hold it, so that reading an entry again brings it to the nearest end.
package enum Ranges {
    /// Counts of anything: test cases, refusals, servers.
    package static let counts = 0...1_000_000_000
    /// Numbers of entries: what every reader of JSON can hold.
    package static let entries = 1...9_007_199_254_740_991
    /// How many entries a history may ask for.
    package static let limits = 1...1_000
    /// Times, in bridge time: the years 1970 to 2199.
    package static let instants = Instant(seconds: 0)...Instant(nanoseconds: 7_258_118_399_999_999_999)
    /// The longest duration: a leap year.
    package static let longestDuration = Duration.seconds(366 * 86_400)
    /// How fast a rehearsal's clock may run, in seconds of bridge time for one of wall time.
    package static let speeds = 0.0...100_000
    /// The longest text, in bytes of UTF-8.
    package static let longestText = 16_384
    /// How many elements a list may have.
    package static let longestList = 10_000

    /// What is asked of a number, in words: `a whole number from 0 to 1000000000`.
    package static func asked(_ range: ClosedRange<Int>) -> String {
        "a whole number from \(range.lowerBound) to \(range.upperBound)"
    }

    /// What is asked of an instant, in words.
    package static let askedOfInstants = "a time in the years 1970 to 2199"

    /// What is asked of a speed, in words.
    package static let askedOfSpeeds = "a number from 0 to 100000"
}

extension Comparable {
    /// The value, or the nearer end of a range that it is outside of.
    package func clamped(to range: ClosedRange<Self>) -> Self { min(max(self, range.lowerBound), range.upperBound) }
}

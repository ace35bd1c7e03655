/// How far the computer's clock and the night's have come apart (docs/contract.md, warroom.clock).
package struct ClockReport: Hashable, Sendable {
    /// The divergence that it opens, by the name that a ruling takes.
    package static let divergence = "clock"

    /// By how many seconds the computer's clock is ahead of the night's; behind it when negative.
    package let offset: Int

    /// A report to be sent.
    package init(offset: Int) { self.offset = offset }

    init(_ fields: Fields) throws(EventFault) {
        guard let offset = try fields.seconds("offset") else { throw EventFault("'offset' is missing") }
        self.offset = offset.clamped(to: -ClockReport.most...ClockReport.most)
    }

    /// Nobody sets a clock by more seconds than there are in the years that there may be.
    private static let most = 7_258_118_400

    var data: JSON.Object { JSON.Object(["offset": .number(offset)]) }

    /// `1h ahead of the night's`; the difference as people read it.
    var text: String {
        guard offset != 0 else { return "the computer's clock and the night's are one again" }
        let gap = Duration.seconds(abs(offset)).written
        return "the computer's clock is \(gap) \(offset > 0 ? "ahead of" : "behind") the night's"
    }
}

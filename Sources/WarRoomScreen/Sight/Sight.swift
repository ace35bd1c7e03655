package import WarRoomCore

/// A bridge at a moment and what is around it: all that a pane may read.
package struct Sight: Sendable {
    package var situation: Situation
    package var vitals: Vitals
    package var view: ViewState
    package var glyphs: GlyphSet

    package init(situation: Situation, vitals: Vitals, view: ViewState = ViewState(), glyphs: GlyphSet = .unicode) {
        self.situation = situation
        self.vitals = vitals
        self.view = view
        self.glyphs = glyphs
    }

    var bridge: Bridge { situation.bridge }
    var runbook: Runbook { situation.bridge.runbook }
    /// The bridge's time; for a presenter the minute's begin, so that nothing but the minute moves.
    var now: Instant {
        guard view.isPresenting else { return situation.now }
        return situation.now - .nanoseconds(situation.now.nanoseconds % 60_000_000_000)
    }
}

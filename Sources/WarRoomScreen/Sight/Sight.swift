package import WarRoomCore

/// A bridge at a moment and what is around it: all that a pane may read.
package struct Sight: Sendable {
    /// What follows from the bridge at the moment.
    package var situation: Situation
    /// What the hub tells beside the bridge.
    package var vitals: Vitals
    /// What this person has chosen to look at.
    package var view: ViewState
    /// The characters that the terminal can show.
    var glyphs: GlyphSet

    /// A sight from its parts.
    package init(situation: Situation, vitals: Vitals, view: ViewState = ViewState(), glyphs: GlyphSet = .unicode) {
        self.situation = situation
        self.vitals = vitals
        self.view = view
        self.glyphs = glyphs
    }

    var bridge: Bridge { situation.bridge }
    var runbook: Runbook { situation.bridge.runbook }
    /// Bridge time; for a presenter the beginning of the minute, so that nothing but the minute moves.
    var now: Instant {
        guard view.isPresenting else { return situation.now }
        return situation.now - .nanoseconds(situation.now.nanoseconds % 60_000_000_000)
    }
}

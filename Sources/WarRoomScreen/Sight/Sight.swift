package import WarRoomCore

/// A bridge at a moment and what is around it: all that a pane may read.
package struct Sight: Sendable {
    /// A situation is large, and a sight is handed from function to function.
    private final class Held: Sendable {
        let situation: Situation

        init(_ situation: Situation) { self.situation = situation }
    }

    private var held: Held
    /// What follows from the bridge at the moment.
    package var situation: Situation {
        _read { yield held.situation }
        set { held = Held(newValue) }
    }
    /// What the hub tells beside the bridge.
    package var vitals: Vitals
    /// What this person has chosen to look at.
    package var view: ViewState
    /// The characters that the terminal can show.
    var glyphs: GlyphSet
    /// Who keeps what is made from it, and for how long; `nil`: nobody.
    var horizon: Horizon?
    /// What was counted for the picture before; `nil`: all is counted anew.
    var recall: Recall?

    /// A sight from its parts.
    package init(situation: Situation, vitals: Vitals, view: ViewState = ViewState(), glyphs: GlyphSet = .unicode) {
        held = Held(situation)
        self.vitals = vitals
        self.view = view
        self.glyphs = glyphs
    }

    var bridge: Bridge { situation.bridge }
    var runbook: Runbook { situation.bridge.runbook }
}

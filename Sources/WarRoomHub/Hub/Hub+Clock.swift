import OrderedCollections
import WarRoomCore

// The computer's clock beside the night's (docs/contract.md, Time).
extension Hub {
    /// Tells that somebody has set the computer's clock, or that it is right again. A rehearsal has a time of its own.
    func lookAtClock() {
        guard !setup.isRehearsal, held == nil else { return }
        let offset = night.offset(of: now)
        let told = bridge.clock?.offset ?? 0
        guard abs(offset - told) >= NightClock.tolerance.components.seconds, offset != toldOffset else { return }
        toldOffset = offset
        for id in desks.keys { desks[id]?.clockWasSet() }
        enqueue(own(setup.bridgeID, .clock(ClockReport(offset: abs(offset) < 2 ? 0 : offset))))
    }

    /// Goes by the computer's clock from now on, where the last ruling wants that.
    func followRuling() {
        guard let clock = bridge.clock, clock.offset > 0,
            bridge.rulings[ClockReport.divergence]?.value.value == "wall", !setup.isRehearsal
        else { return }
        stamper = Stamper(clock: night.following(), last: stamper.last)
    }
}

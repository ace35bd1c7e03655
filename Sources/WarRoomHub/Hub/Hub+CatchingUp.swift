package import WarRoomCore

// A rehearsal that begins in the middle of a night first plays what came before, each event received at its own time
// (docs/contract.md, Time). Meanwhile the bridge's time is set by hand, wall times are bridge times, and nothing
// happens by itself: no pulse, no look that was not asked for.

extension Hub {
    /// Sets the bridge's time by hand: it stands there until the next call.
    package func hold(at moment: Instant) { held = moment }

    /// Lets the clock run on from a time of the bridge, at a speed; returns it.
    package func run(from moment: Instant, speed: Double) -> Clock {
        held = nil
        for id in desks.keys { desks[id]?.clockWasSet() }
        stamper = Stamper(clock: Clock(startingAt: moment, wall: night.steady, speed: speed), last: stamper.last)
        return stamper.clock
    }

    /// Takes what sources see at a time of the bridge. `goesOn` says that what is confirmed now was confirmed ever
    /// since the last moment.
    func take(_ looks: [(id: String, result: Result<Look, SourceFault>)], at moment: Instant, goesOn: Bool) {
        var spared: [String: SourceDesk.News] = [:]
        for (id, result) in looks where goesOn {
            guard case .success(let look) = result, let asOf = look.asOf, desks[id]?.isYounger(look) ?? false else {
                continue
            }
            spared[id] = desks[id]?.take(resolved(look), clock: clock, now: min(clock.bridgeTime(wall: asOf), moment))
        }
        // What grew too old on the way became stale then, not now. The pulse would have seen it within a second.
        while let next = desks.compactMap({ id, desk in desk.expiry.map { (at: $0, id: id) } }).min(by: {
            ($0.at, $0.id) < ($1.at, $1.id)
        }), next.at < moment {
            let at = min(next.at + .seconds(1), moment)
            held = at
            let news = desks[next.id]?.age(now: at)
            if let news { take(news, from: next.id) }
            takeAllFound()
            if desks[next.id]?.expiry == next.at { break }
        }
        held = moment
        for (id, result) in looks {
            if let news = spared[id] { take(news, from: id) } else { took(result, from: id) }
            // Trouble that stays is news, and here nobody looks again a moment later.
            if case .success(let look) = result, look.trouble != nil { took(result, from: id) }
        }
        takeAllFound()
    }
}

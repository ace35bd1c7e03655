import OrderedCollections
import WarRoomCore

/// What a person may do about a whole wave: hold it, or lift what holds it.
extension Press {
    mutating func decide(wave id: String) {
        let behind = sight.situation.steps.values.filter { $0.heldWave == id && !$0.isGroup && $0.state == .planned }
        func draft(_ state: HoldReport.State, _ words: String, _ follows: [Draft.Fact]) -> Draft {
            Draft(
                WaveHold.subject(id), .hold(HoldReport(state: state)), asks: .why(label: nil), words: words,
                follows: follows)
        }
        guard let hold = sight.bridge.waveHolds[id] else {
            let follows = [
                Draft.Fact("no step of it, nor behind it, may start until it is lifted", Face(.off, "", .off)),
                .init("its servers stay in the count and in their pools"),
            ]
            let choice = choice("h", Face(.off, "hold", .plain), "hold", draft(.held, "hold wave \(id)", follows))
            return open("Wave \(id)", [], [choice])
        }
        let facts = [
            Draft.Fact(
                "held by \(hold.by) since \(sight.both(hold.at)), \(sight.age(hold.at)): \(hold.reason)",
                Face(.need, "", .act)),
            .init("\(behind.count) steps may not start"),
        ]
        let follows =
            [Draft.Fact("what stopped it does not stop it again, only what comes")]
            + behind.prefix(3).map { Draft.Fact("then can go on: \($0.step.title)", Face(.moving, "", .plain)) }
        open(
            "Wave \(id), held", facts,
            [choice("r", Face(.good, "lift", .plain), "lift", draft(.released, "lift the hold of wave \(id)", follows))]
        )
    }
}

import Testing
import WarRoomCore
import WarRoomRunbook

@testable import WarRoomRehearsal

@Suite("What is due when")
struct TimetableTests {
    private let start: Instant

    init() throws { start = try instant("2025-09-14T02:00:00Z") }

    private func times(_ turns: [Timetable.Turn]) -> [String] {
        turns.map { turn in
            let seconds = (turn.at - start).nanosecondCount / 1_000_000_000
            return "\(seconds)\(turn.goesOn ? "+" : "")"
        }
    }

    @Test("Each moment is given out once, at its time and not before")
    func once() throws {
        var table = Timetable(try script("- {at: Sat 22:00, touch: a}\n- {at: +10s, touch: b}"))
        #expect(table.nextTime == start)
        #expect(table.take(through: start - .nanoseconds(1)).isEmpty)
        #expect(times(table.take(through: start)) == ["0"])
        #expect(table.take(through: start).isEmpty)
        #expect(times(table.take(through: start + .seconds(60))) == ["10"])
        #expect(table.nextTime == nil)
    }

    @Test("A repetition ends with its end, that time included")
    func end() throws {
        var table = Timetable(
            try script("- {at: Sat 22:00, every: 20s until Sat 22:01, send: {type: note, subject: a, data: {text: x}}}")
        )
        #expect(times(table.take(through: start + .seconds(600))) == ["0", "20", "40", "60"])
    }

    @Test(
        "Where time jumps, what only says the same again is played at its first time and last before each other moment")
    func jumps() throws {
        var table = Timetable(
            try script(
                "- {at: Sat 22:00, every: 20s until Sun 01:00, touch: a}\n- {at: Sat 22:10:05, touch: b}\n- {at: Sat "
                    + "22:20:05, touch: c}"
            ))
        let turns = table.take(through: start + .seconds(1800))
        #expect(times(turns) == ["0", "600+", "605", "1200+", "1205", "1800+"])
        #expect(table.nextTime == start + .seconds(1820))
    }

    @Test("What adds up is played every time, however far time jumps")
    func adds() throws {
        var table = Timetable(try script("- {at: Sat 22:00, every: 20s until Sat 22:10, append: {path: a, text: x}}"))
        #expect(table.take(through: start + .seconds(3600)).count == 31)
    }

    @Test("What an earlier player has played is not played again")
    func resumed() throws {
        let script = try script(
            "- {at: Sat 22:00, touch: a}\n- {at: Sat 22:00, every: 20s until Sat 23:00, touch: b}\n- {at: Sat 22:05, "
                + "touch: c}"
        )
        var table = Timetable(script, after: start + .seconds(60))
        #expect(table.nextTime == start + .seconds(80))
        #expect(times(table.take(through: start + .seconds(300))) == ["300+", "300"])
    }
}

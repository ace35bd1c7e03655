import Testing
import WarRoomCore

@testable import WarRoomTerminal

@Suite("When to draw and when to look for the hub")
struct PaceTests {
    private func ms(_ count: Int) -> Duration { .milliseconds(count) }

    @Test("The first change is drawn at once, then at most thirty frames a second")
    func frames() {
        var pace = Pace()
        #expect(!pace.isDue(at: ms(0)))
        pace.changed()
        #expect(pace.isDue(at: ms(1)))
        pace.drew(at: ms(1))
        #expect(!pace.isDue(at: ms(2)))
        pace.changed()
        #expect(!pace.isDue(at: ms(20)))
        #expect(pace.sleep(from: ms(20)) == ms(14))
        #expect(pace.isDue(at: ms(34)))
        var frames = 0
        for now in 35..<1035 {
            pace.changed()
            if pace.isDue(at: ms(now)) {
                pace.drew(at: ms(now))
                frames += 1
            }
        }
        #expect(frames <= 31)
    }

    @Test("A tick of the clocks does not hold up what happens right after it")
    func ticks() {
        var pace = Pace()
        pace.ticked()
        #expect(pace.isDue(at: ms(1000)))
        pace.drew(at: ms(1000))
        pace.changed()
        #expect(pace.isDue(at: ms(1001)))
        pace.ticked()
        pace.drew(at: ms(1001))
        pace.changed()
        #expect(!pace.isDue(at: ms(1002)), "a change that came with a tick is still a change")
    }

    @Test("A hub that is gone is looked for soon, then more rarely, and soon again after it has answered")
    func retries() {
        var pace = Pace()
        pace.lost(at: ms(0))
        #expect(!pace.mayRetry(at: ms(199)))
        #expect(pace.mayRetry(at: ms(200)))
        pace.lost(at: ms(200))
        #expect(!pace.mayRetry(at: ms(599)))
        #expect(pace.mayRetry(at: ms(600)))
        for _ in 0..<10 { pace.lost(at: ms(1000)) }
        #expect(pace.sleep(from: ms(1000)) == .seconds(2))
        pace.attached()
        pace.lost(at: ms(5000))
        #expect(pace.mayRetry(at: ms(5200)))
    }

    @Test("Silence is noticed, and then its age is drawn every second; an idle screen sleeps until then")
    func silence() {
        var pace = Pace()
        pace.heard(at: ms(0), silence: .seconds(3))
        #expect(pace.sleep(from: ms(0)) == ms(3001))
        let noticed = [3000, 3001, 3500, 4002].map { pace.isSilent(at: ms($0)) }
        #expect(noticed == [false, true, false, true])
        pace.heard(at: ms(5000), silence: .seconds(3))
        let again = [5003, 8000].map { pace.isSilent(at: ms($0)) }
        #expect(again == [false, false])
    }
}

@Suite("What was sent and is not answered yet")
struct OutboxTests {
    @Test("An event waits until its own answer comes, and keeps its id when it is sent again")
    func answers() {
        var outbox = Outbox()
        let first = outbox.add(Proposal("x", .note("a")), user: "u")
        let second = outbox.add(Proposal("x", .note("b")), user: "u")
        #expect(first["id"] != second["id"])
        #expect(first["source"] == "people/u")
        #expect(outbox.waiting.count == 2)
        let taken = ["somebody else's", first["id"]?.text].map { outbox.take($0) }
        #expect(taken == [false, true])
        #expect(outbox.waiting.map(\.event) == [second])
        let givenUp = outbox.giveUp()
        #expect(givenUp == 1)
        #expect(outbox.waiting.isEmpty)
    }
}

import Testing
import WarRoomCore

@testable import WarRoomTerminal

@Suite("When to draw and when to look for the hub")
struct PaceTests {
    private func ms(_ count: Int) -> Duration { .milliseconds(count) }

    /// How many frames are drawn in a second in which there is always something to draw, each at such a cost.
    private func frames(_ changes: Int, costing cost: Duration, waited: Duration = .zero, attached: Int = 1) -> Int {
        var pace = Pace()
        pace.sharing = attached
        var (frames, spent) = (0, Duration.zero)
        for now in 0..<2000 {
            for _ in 0..<changes { pace.changed() }
            guard pace.isDue(at: ms(now)) else { continue }
            spent += cost
            pace.drew(at: ms(now), waited: waited, cost: cost, spent: spent)
            if now >= 1000 { frames += 1 }
        }
        return frames
    }

    @Test(
        "The first change is drawn at once, one that comes alone soon after a frame, and of many sixty frames a second")
    func frames() {
        var pace = Pace()
        #expect(!pace.isDue(at: ms(0)))
        pace.changed()
        #expect(pace.isDue(at: ms(1)))
        pace.drew(at: ms(1))
        #expect(!pace.isDue(at: ms(2)))
        pace.changed()
        #expect(!pace.isDue(at: ms(8)))
        #expect(pace.sleep(from: ms(5)) == ms(4))
        #expect(pace.isDue(at: ms(9)), "a single change")
        pace.changed()
        #expect(!pace.isDue(at: ms(9)), "one of many")
        #expect(pace.isDue(at: ms(18)))
        #expect((50...60).contains(frames(3, costing: .zero)))
    }

    @Test("Frames take the twentieth part of a core at most, and a terminal among many its share of one")
    func share() {
        for (cost, attached, most) in [(5, 1, 11), (20, 1, 3), (5, 100, 2), (1, 100, 11)] {
            let count = frames(3, costing: ms(cost), attached: attached)
            #expect((most - 1...most).contains(count), "\(cost) ms, \(attached) attached: \(count)")
        }
        #expect((50...60).contains(frames(3, costing: .microseconds(300))), "what is cheap is not held back")
    }

    @Test("A terminal at the end of a slow line is left alone for as long as it let the last frame wait")
    func slow() { #expect((4...5).contains(frames(3, costing: .zero, waited: ms(250)))) }

    @Test("A key and another size are answered at once, whatever a frame costs, but by someone who leans on it")
    func pressed() {
        var pace = Pace()
        pace.changed()
        pace.drew(at: ms(0), spent: ms(0))
        pace.changed()
        pace.drew(at: ms(20), cost: ms(30), spent: ms(30))
        pace.changed()
        #expect(!pace.isDue(at: ms(100)))
        pace.pressed()
        #expect(pace.isDue(at: ms(100)))
        pace.drew(at: ms(100), spent: ms(31))
        pace.pressed()
        #expect(!pace.isDue(at: ms(102)))
        #expect(pace.isDue(at: ms(104)))
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

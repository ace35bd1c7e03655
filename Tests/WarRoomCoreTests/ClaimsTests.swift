import OrderedCollections
import Testing
import WarRoomCore

@Suite("Of two words of one age, how far something has come decides, not which came in first")
struct ClaimsTests {
    /// What may be said of a test run, a pipeline and a batch close, what holds last.
    static let scales: [(type: String, subject: String, states: [String])] = [
        ("tests", "quick", ["running", "passed", "interrupted", "failed"]),
        ("pipeline", "build/run", ["waiting", "running", "succeeded", "canceled", "failed"]),
        ("batch", "close/1", ["waiting", "running", "closed", "failed"]),
    ]

    private func state(_ night: Scenario, _ type: String, _ subject: String) -> String? {
        switch type {
        case "tests": night.bridge.tests[subject]?.latest?.value.state.rawValue
        case "pipeline": night.bridge.pipelines[subject]?.latest?.value.state.rawValue
        default: night.bridge.batch[subject]?.latest?.value.state.rawValue
        }
    }

    @Test(
        """
        In whatever order any number of tools say it, the latest holds; of one age what has ended, and of two ends \
        the worse
        """,
        arguments: scales.indices)
    func order(_ index: Int) throws {
        let (type, subject, states) = Self.scales[index]
        var random = SeededNumbers(seed: UInt64(index) + 11)
        for _ in 0..<60 {
            let words = (0..<Int.random(in: 2...6, using: &random)).map { _ in
                (
                    tool: "tool-\(Int.random(in: 1...2, using: &random))",
                    minute: Int.random(in: 10...11, using: &random),
                    weight: states.indices.randomElement(using: &random)!
                )
            }
            let holds = words.map { ($0.minute, $0.weight) }.max { $0 < $1 }!
            for _ in 0..<4 {
                var night = Scenario()
                for word in words.shuffled(using: &random) {
                    try night.take(
                        "2025-09-14T02:00:00Z", type, subject, #"{"state":"\#(states[word.weight])"}"#, by: word.tool,
                        via: .feeder,
                        source: word.tool, happened: "2025-09-14T01:\(word.minute):00Z")
                }
                #expect(state(night, type, subject) == states[holds.1], "\(words)")
            }
        }
    }

    @Test("Who gives no time speaks of now: a run that begins again while the clock stands still is running")
    func withoutTime() throws {
        var night = Scenario()
        for state in ["running", "passed", "running"] {
            try night.take(
                "2025-09-14T02:00:00Z", "tests", "quick", #"{"state":"\#(state)"}"#, by: "runner", via: .feeder,
                source: "runner")
        }
        #expect(night.bridge.tests["quick"]?.latest?.value.state == .running)
    }

    @Test("A server's state goes back and forth: of one age the later entry holds")
    func servers() throws {
        for (first, last) in [("installed", "running"), ("running", "installed")] {
            var night = Scenario()
            for state in [first, last] {
                try night.take(
                    "2025-09-14T02:00:00Z", "server", "a1", #"{"patch":"\#(state)"}"#, by: "patcher", via: .source,
                    source: "patcher",
                    happened: "2025-09-14T01:10:00Z")
            }
            #expect(night.bridge.servers["a1"]?.value.patch.latest?.value.rawValue == last)
        }
    }
}

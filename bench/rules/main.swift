import Glibc
import OrderedCollections
import WarRoomCore

/// What the rules cost on a large night, beside a tenth of it: one line of JSON that `bench/run.py` reads.
///
/// `bench-rules [SERVERS STEPS CHECKS ENTRIES]`, in the folder of `sample-data`; times are medians of the process's own
/// CPU time.
func cpuMicroseconds() -> Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
}

func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

struct Cost {
    var changes: [(name: String, rules: Double, apply: Double)]
    var entry: Double
    var first: Double
    var frame: Double
    var tick: Double
}

func measure(_ night: LargeNight, entries count: Int) throws -> Cost {
    let runbook = try night.runbook()
    let entries = try night.entries(count, runbook: runbook)
    var bridge = Bridge(runbook: runbook)
    let began = cpuMicroseconds()
    for entry in entries { bridge.apply(entry) }
    let applied = cpuMicroseconds() - began
    guard bridge.entry == count else { throw LargeNight.Broken(what: "only \(bridge.entry) entries applied") }

    var first: [Double] = []
    for _ in 0..<11 {
        let start = cpuMicroseconds()
        let situation = Situation(bridge, now: bridge.lastReceivedAt ?? Instant(seconds: 0))
        first.append(cpuMicroseconds() - start)
        guard situation.servers.count == night.servers else { throw LargeNight.Broken(what: "servers are missing") }
    }
    // A screen's frames: some entries have come since the last one.
    var frames: [Double] = []
    var ticks: [Double] = []
    var shown = Situation(bridge, now: bridge.lastReceivedAt ?? Instant(seconds: 0))
    for (place, entry) in try night.entries(count + 500, runbook: runbook).dropFirst(count).enumerated() {
        bridge.apply(entry)
        guard place % 5 == 4 else { continue }
        let start = cpuMicroseconds()
        shown = Situation(bridge, now: entry.receivedAt, after: shown)
        frames.append(cpuMicroseconds() - start)
        let before = cpuMicroseconds()
        shown = shown.advanced(to: shown.now + .nanoseconds(1))
        ticks.append(cpuMicroseconds() - before)
    }
    return Cost(
        changes: try Changes.measure(bridge), entry: applied / Double(count), first: median(first),
        frame: median(frames), tick: median(ticks))
}

let numbers = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let (servers, steps, checks, entries) =
    numbers.count == 4 ? (numbers[0], numbers[1], numbers[2], numbers[3]) : (2000, 300, 500, 200_000)
let whole = try measure(LargeNight(servers: servers, steps: steps, checks: checks), entries: entries)
let tenth = try measure(
    LargeNight(servers: servers / 10, steps: steps / 10, checks: checks / 10), entries: entries / 10)
let sample = try Changes.measure(Changes.sample("sample-data/2025-09-14"))
/// What a change costs by its kind: `{"note":[RULES,APPLY],…}`.
func json(_ changes: [(name: String, rules: Double, apply: Double)]) -> String {
    "{" + changes.map { "\"\($0.name)\":[\($0.rules),\($0.apply)]" }.joined(separator: ",") + "}"
}
print(
    "{\"entry_us\":\(whole.entry),\"first_us\":\(whole.first),\"frame_us\":\(whole.frame),"
        + "\"tick_us\":\(whole.tick),\"entry_us_tenth\":\(tenth.entry),\"frame_us_tenth\":\(tenth.frame),"
        + "\"changes_us\":\(json(whole.changes)),\"changes_us_sample\":\(json(sample))}")

import OrderedCollections
import WarRoomCore
import WarRoomRunbook

/// A night as large as any: its runbook, read as any other is, and its entries.
struct LargeNight {
    let servers: Int
    let steps: Int
    let checks: Int

    private static let waveSize = 50
    private static let stepsInGroup = 10
    private static let checksOfTeam = 5

    struct Broken: Error, CustomStringConvertible {
        let what: String
        var description: String { what }
    }

    private var waves: Int { max(servers / LargeNight.waveSize, 1) }
    private var groups: Int { max(steps / LargeNight.stepsInGroup, 1) }
    private var teams: Int { max(checks / LargeNight.checksOfTeam, 2) }

    /// The runbook, through the reader.
    func runbook() throws -> Runbook {
        switch RunbookReader.read(text, file: "large.yaml") {
        case .success(let runbook): return runbook
        case .failure(let faults): throw Broken(what: faults.lines().prefix(5).joined(separator: "\n"))
        }
    }

    private var text: String {
        var text = """
            id: large
            title: A large night
            date: 2025-09-14
            zones: {home: {label: EST, zone: America/New_York}, other: {label: IST, zone: Asia/Kolkata}}
            window: {opens: Sat 19:00, closes: Mon 10:00}
            pools: {gateway: {title: Gateway, minimum: 4}, balancer: {title: Balancer}}
            servers:
              host1..\(servers): {kind: web, pools: [gateway, balancer]}
            waves:

            """
        for wave in 0..<waves {
            let first = wave * LargeNight.waveSize + 1
            text += "  wave\(wave): [host\(first)..\(min(first + LargeNight.waveSize - 1, servers))]\n"
        }
        text += "boards:\n"
        for board in ["usa", "india"] {
            text += "  \(board):\n    title: Board \(board)\n    due: Mon 11:00\n    teams:\n"
            for team in 0..<teams / 2 {
                let checks = (0..<LargeNight.checksOfTeam).map { "check\($0): {says: \"Check \($0)\"}" }.joined(
                    separator: ", ")
                text += "      team\(team): {title: Team \(team), checks: {\(checks)}}\n"
            }
        }
        text += "tests: {smoke: {title: Smoke}}\nphases:\n  - id: work\n    title: Work\n    steps:\n"
        for group in 0..<groups {
            let minute = group * 24 * 60 / groups
            let hour = (19 + minute / 60) % 24
            let clock =
                "\(minute < 300 ? "Sat" : "Sun") "
                + "\(hour < 10 ? "0" : "")\(hour):\(minute % 60 < 10 ? "0" : "")\(minute % 60)"
            text +=
                "      - id: group\(group)\n        says: \"Group \(group)\"\n        at: \(clock)\n        steps:\n"
            for step in 0..<LargeNight.stepsInGroup {
                var parts = ["id: step\(group)-\(step)", "says: \"Step \(step) of group \(group)\"", "takes: 20m"]
                if step > 0 { parts.append("after: [step\(group)-\(step - 1)]") }
                if step == 0, group > 0 { parts.append("after: [step\(group - 1)-\(LargeNight.stepsInGroup - 1)]") }
                let wave = group % waves
                if step == 1 { parts.append("opens: [pool/@wave\(wave)/gateway]") }
                if step == 4 { parts.append("done_when: {wave: wave\(wave), patch: installed}") }
                if step == 7 { parts.append("closes: [pool/@wave\(wave)/gateway]") }
                if step == 9, group > 0 { parts.append("gate: gate\(group)") }
                text += "          - {\(parts.joined(separator: ", "))}\n"
            }
        }
        text += "gates:\n"
        for group in 1..<max(groups, 2) {
            text +=
                "  gate\(group): {needs: [{wave: wave\(group % waves), patch: installed}, {wave: wave\(group % waves), "
                + "pools: in}]}\n"
        }
        return text + "sources:\n  drop: {kind: status-files, path: \"drop/*.json\"}\n"
    }

    /// The entries of the night, the same every time: mostly of machines and some of people, as on a real one. What
    /// they say of a server goes round, so that states change to the end.
    func entries(_ count: Int, runbook: Runbook) throws -> [Entry] {
        guard let opens = runbook.window.opens else { throw Broken(what: "no window") }
        var draw = Generator()
        var entries: [Entry] = []
        entries.reserveCapacity(count)
        func add(_ type: EventType, _ subject: String, _ data: KeyValuePairs<String, JSON>, person: Bool) throws {
            let number = entries.count + 1
            let at = opens + .milliseconds(number * 30 * 3600 * 1000 / count)
            let json = Proposal(subject, try EventBody(type, data: JSON.Object(data))).event(
                id: "e\(number)", source: person ? "people/lead" : "drop", time: at)
            entries.append(
                Entry(
                    number: number, receivedAt: at, by: person ? "lead" : "drop", via: person ? nil : .source,
                    event: try Event(json), hash: "\(number)"))
        }
        try add(.bridge, runbook.bridgeID, ["state": "opened", "mode": "live"], person: true)
        try add(.source, "drop", ["state": "current"], person: false)
        let leaves = runbook.steps.values.filter(\.children.isEmpty).map(\.id)
        let boards = runbook.boards.values.flatMap { board in
            board.teams.values.flatMap { team in team.checks.keys.map { "\(board.id)/\(team.id)/\($0)" } }
        }
        while entries.count < count {
            let place = draw.below(servers)
            let server = "host\(place + 1)"
            // A wave at a time is out, as on a real night; all others serve.
            let current = entries.count * waves / count
            let isOut = place / LargeNight.waveSize == current
            let patch = isOut ? "running" : place / LargeNight.waveSize < current ? "installed" : "pending"
            let way: JSON = isOut ? .string(draw.below(2) == 0 ? "draining" : "out") : "in"
            switch draw.below(100) {
            case ..<35:
                try add(
                    .server, server,
                    ["pools": .object(JSON.Object([draw.below(2) == 0 ? "gateway" : "balancer": way]))], person: false)
            case ..<55: try add(.server, server, ["patch": .string(patch), "reboot": "up"], person: false)
            case ..<65:
                try add(.server, server, ["verify": "passed", "reach": "ok", "alerts": "on"], person: false)
            case ..<80:
                try add(
                    .alert, "alert\(draw.below(200))",
                    [
                        "state": .string(draw.below(2) == 0 ? "firing" : "resolved"), "name": "High latency",
                        "server": .string(server),
                    ], person: false)
            case ..<85:
                try add(
                    .tests, "smoke",
                    [
                        "state": "running", "total": .number(400), "passed": .number(draw.below(400)),
                        "failed": .number(0),
                    ], person: false)
            case ..<90: try add(.review, boards[draw.below(boards.count)], ["mark": "ok"], person: true)
            case ..<94:
                // Steps go one after the other.
                let step = leaves[min(entries.count * leaves.count / count, leaves.count - 1)]
                try add(.step, step, ["state": .string(draw.below(2) == 0 ? "started" : "done")], person: true)
            default:
                try add(
                    .note, leaves[draw.below(leaves.count)],
                    ["text": "a note in the words of somebody on the bridge"], person: true)
            }
        }
        return entries
    }
}

/// Numbers that look random and are the same in every run.
private struct Generator {
    private var state: UInt64 = 0x9E37_79B9_7F4A_7C15

    mutating func below(_ bound: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return Int(state % UInt64(bound))
    }
}

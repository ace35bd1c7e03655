internal import OrderedCollections
internal import WarRoomCore

// Phases and steps: first what there is, then, when every id is known, what they refer to.
extension Reading {
    mutating func declareSteps() {
        for written in root.items("phases") {
            let id = own(written, "phase", isTaken: runbook.phases[written.text("id") ?? ""] != nil)
            runbook.phases[id] = Runbook.Phase(
                id: id, title: title(of: written, id: id), says: prose(written.at("says")))
            for step in written.items("steps") { _ = declare(step, phase: id, parent: nil) }
        }
        declared[.phase] = runbook.phases.keys
        declared[.step] = runbook.steps.keys
    }

    /// The id of a phase or step. One that has none, or one that is taken, gets a name that nobody can write, so that
    /// what stands in it is read too.
    private mutating func own(_ written: Written, _ word: String, isTaken: Bool) -> String {
        guard let id = written.text("id") else { return "?\(written.place)" }
        guard isTaken else { return id }
        let place = written.at("id")?.place ?? written.place
        fault(.doubled, at: place, "the \(word) '\(id)' stands twice: give this one an id of its own")
        return "?\(written.place)"
    }

    private mutating func declare(_ written: Written, phase: String, parent: String?) -> String {
        let id = own(written, "step", isTaken: runbook.steps[written.text("id") ?? ""] != nil)
        var step = Runbook.Step(id: id, phase: phase, title: title(of: written, id: id))
        step.parent = parent
        step.says = prose(written.at("says"))
        step.owner = written.text("owner")
        step.at = instant(written.at("at"))
        step.takes = duration(written.at("takes"))
        step.backout = duration(written.at("backout"))
        step.tickets = written.items("tickets").compactMap(\.text)
        step.risk = written.text("risk")
        step.evidence = written.items("evidence").compactMap { prose($0) }
        step.links = written.items("links").compactMap { link in
            prose(link.at("title")).map { Runbook.Link(title: $0, url: prose(link.at("url"))) }
        }
        runbook.steps[id] = step
        writtenSteps.append((id, written))
        let children = written.items("steps").map { declare($0, phase: phase, parent: id) }
        runbook.steps[id]?.children = children
        return id
    }

    mutating func linkSteps() {
        for (id, written) in writtenSteps {
            guard var step = runbook.steps[id] else { continue }
            if let parent = step.parent {
                waits.append(Wait(.start(id), .start(parent)))
                waits.append(Wait(.end(parent), .end(id)))
            }
            step.wave = known(written.at("wave"), .wave)
            step.server = known(written.at("server"), .server)
            step.gate = known(written.at("gate"), .gate)
            step.tests = known(written.at("tests"), .test)
            for item in written.items("after") {
                guard let other = known(item, .step) else { continue }
                step.after.append(other)
                waits.append(Wait(.start(id), .end(other), at: item.place))
            }
            if let gate = written.at("gate"), let name = step.gate {
                waits.append(Wait(.start(id), .gate(name), at: gate.place))
            }
            if let owner = written.at("owner"), let row = owner.text.flatMap({ Runbook.TeamPath($0) }),
                RunbookFormat.isID(row.board), RunbookFormat.isID(row.team)
            {
                checkRow(row.text, at: owner.place)
            }
            step.opens = looseEnds(written.items("opens"))
            step.closes = looseEnds(written.items("closes"))
            for pair in written.at("message")?.pairs ?? [] {
                _ = known(Written(place: pair.place, content: .text(pair.key, isQuoted: true)), .channel)
                step.messages[pair.key] = prose(pair.value)
            }
            if let need = written.at("done_when") {
                step.doneWhen = self.need(need, mayBeShort: true)
                if let need = step.doneWhen { addWaits(of: .end(id), on: need, at: written.at("done_when")?.place) }
            }
            runbook.steps[id] = step
        }
        for pair in root.at("tests")?.pairs ?? [] {
            let after = known(pair.value.items("after"), .step)
            runbook.tests[pair.key]?.after = after
            // A step that ends with a test run ends after what the run comes after.
            for step in runbook.steps.values where step.doneWhen?.subject == .tests && step.doneWhen?.id == pair.key {
                for other in after { waits.append(Wait(.end(step.id), .end(other), at: pair.value.at("after")?.place)) }
            }
        }
        let needed = known(root.at("batch")?.at("needs_step"), .step)
        runbook.batch?.needsStep = needed
        for item in root.at("batch")?.items("checks") ?? [] {
            guard let text = item.text else { continue }
            guard let path = Runbook.CheckPath(text),
                runbook.boards[path.board]?.teams[path.team]?.checks[path.check] != nil
            else {
                fault(.unknownBoard, at: item.place, "there is no check '\(text)': write board/team/check")
                continue
            }
            runbook.batch?.checks.append(text)
        }
    }

    /// Notes the steps that a need waits for, so that circles are found.
    mutating func addWaits(of point: Wait.Point, on need: Need, at place: RunbookPlace?) {
        switch need.subject {
        case .step: waits.append(Wait(point, .end(need.id), at: place))
        case .phase:
            for step in runbook.steps.values where step.phase == need.id && step.children.isEmpty {
                if !need.but.contains(step.id) { waits.append(Wait(point, .end(step.id), at: place)) }
            }
        case .wave, .server, .pool, .tests, .pipeline, .board, .looseEnds: break
        }
    }

    /// Reads the times that the steps' words give in both zones, and holds them against the rules of the night's date.
    mutating func readPairs() {
        guard let calendar else { return }
        let words = ZoneWords(calendar.zones, around: calendar.date)
        for step in runbook.steps.values {
            guard let says = step.says else { continue }
            runbook.pairs += TimePair.all(
                in: says, of: step.id, plan: runbook.planned(step), date: calendar.date, zones: calendar.zones,
                words: words)
        }
    }

    // MARK: Loose ends

    /// Loose ends by what is off (docs/contract.md, Loose ends), one for each server where a wave or a range is named.
    mutating func looseEnds(_ items: [Written]) -> [LooseEndID] {
        var ids: OrderedSet<LooseEndID> = []
        for item in items {
            guard let text = item.text else { continue }
            for id in looseEnds(text, at: item.place) where !ids.append(id).inserted {
                fault(.doubled, at: item.place, "'\(id.text)' stands twice in this list")
            }
        }
        return Array(ids)
    }

    private mutating func looseEnds(_ text: String, at place: RunbookPlace) -> [LooseEndID] {
        let id = LooseEndID(text)
        let pool: String? = if case .pool(_, let pool) = id { pool } else { nil }
        guard let name = id.name, id.kind != "pool" || pool != nil else {
            fault(
                .id, at: place,
                "'\(text)' names no loose end: write alerts/SERVER, pool/SERVER/POOL or one such as jobs/rescheduled"
            )
            return []
        }
        // Mutes have ids of their own, so a name under `alerts` need not be a server's.
        guard pool != nil || name.hasPrefix("@") || name.contains("..") || serverNames[name] != nil else { return [id] }
        let servers = servers(name, at: place)
        if let pool { check(pool: pool, has: servers, at: place) }
        return servers.map { id.naming($0) }
    }

    private mutating func check(pool: String, has servers: [String], at place: RunbookPlace) {
        guard runbook.pools[pool] != nil else {
            let hint = Spelling.hint(pool, among: runbook.pools.keys)
            return fault(.unknownPool, at: place, "there is no pool '\(pool)'\(hint)")
        }
        guard let stranger = servers.first(where: { !(runbook.servers[$0]?.pools.contains(pool) ?? true) }) else {
            return
        }
        fault(.unknownPool, at: place, "'\(stranger)' is not in the pool '\(pool)': add it to the server's pools")
    }
}

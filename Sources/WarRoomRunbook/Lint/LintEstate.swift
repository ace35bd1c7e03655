internal import OrderedCollections
internal import WarRoomCore

// Servers: what is switched off around them, and what is patched without care.
extension Lint {
    // MARK: What is opened and never closed

    mutating func findOpenEnds() {
        for (id, written) in steps {
            guard let step = runbook.steps[id] else { continue }
            for item in written.items("opens") {
                guard let text = item.text else { continue }
                let ends = ends(text).filter { step.opens.contains($0) }
                func tell(_ open: [LooseEndID], _ why: String) {
                    guard !open.isEmpty else { return }
                    hole(
                        .noClosing, at: item.place,
                        "'\(id)' opens \(open.count == ends.count ? text : Lint.list(open.map(\.text))), and \(why)")
                }
                tell(ends.filter { closers[$0] == nil }, "no step closes it")
                let closed = ends.filter { closers[$0] != nil }
                guard !closed.isEmpty else { continue }
                // The last of its closing steps closes it, so one that is not done before is enough.
                let before = stepsBefore(endOf: id)
                tell(
                    closed.filter { closers[$0, default: []].allSatisfy { before.contains($0) } },
                    "what closes it is done before")
            }
        }
    }

    /// The loose ends that one item of `opens` stands for.
    private func ends(_ text: String) -> [LooseEndID] {
        let id = LooseEndID(text)
        guard let name = id.name else { return [] }
        let names: [String] =
            if name.hasPrefix("@") {
                runbook.waves[String(name.dropFirst())]?.servers ?? []
            } else {
                (try? ServerRange.expand(name)) ?? []
            }
        return names.map { id.naming(runbook.serverName(for: $0) ?? $0) }
    }

    // MARK: What is patched without care

    mutating func findUnguardedPatches() {
        let backups = Set(runbook.steps.values.filter(isBackup).map(\.id))
        for step in leaves where !patched(by: step).isEmpty {
            if stepsBefore(endOf: step.id).isDisjoint(with: backups) {
                hole(
                    .noBackup, at: place(of: step.id),
                    "'\(step.id)' patches, and no step that must be done before it makes a backup: "
                        + "add one, and a gate that needs it")
            }
            findMissingSteps(around: step)
        }
    }

    /// Whether a step makes a backup. Its words tell it, because nothing else in the runbook says what a step does.
    private func isBackup(_ step: Runbook.Step) -> Bool {
        let phase = runbook.phases[step.phase]
        let words = [step.id, step.title, step.says ?? "", phase?.id ?? "", phase?.title ?? ""].joined(separator: " ")
            .lowercased()
        return ["backup", "back up", "snapshot"].contains { words.contains($0) }
    }

    /// Finds a wave that is patched while in service: on many pages the second wave lacks the steps of the first. Pools
    /// are asked for wherever its servers have some, muting and verifying where the runbook does so for another wave.
    private mutating func findMissingSteps(around step: Runbook.Step) {
        guard let need = step.doneWhen, need.subject == .wave, let wave = runbook.waves[need.id] else { return }
        func isMuted(_ wave: Runbook.Wave) -> Bool { wave.servers.allSatisfy { openers[.alerts($0)] != nil } }
        func isVerified(_ wave: Runbook.Wave) -> Bool {
            leaves.contains {
                $0.doneWhen.map { $0.subject == .wave && $0.id == wave.id && $0.predicate == .verify } ?? false
            }
        }
        let others = runbook.waves.values.filter { $0.id != wave.id && !$0.servers.isEmpty }
        var missing: [String] = []
        if others.contains(where: isMuted), !isMuted(wave) { missing.append("mutes its alerts") }
        let pools = OrderedSet(wave.servers.flatMap { runbook.servers[$0]?.pools ?? [] })
        for pool in pools {
            let members = wave.servers.filter { runbook.servers[$0]?.pools.contains(pool) ?? false }
            if !members.allSatisfy({ openers[.pool(server: $0, pool: pool)] != nil }) {
                missing.append("pulls it out of \(pool)")
            }
        }
        if others.contains(where: isVerified), !isVerified(wave) { missing.append("verifies it") }
        guard !missing.isEmpty else { return }
        hole(
            .waveNotPulled, at: place(of: step.id),
            "'\(step.id)' patches the wave '\(wave.id)', but no step \(Lint.list(missing, "or"))")
    }

    // MARK: Servers counted twice, or never

    mutating func findServers() {
        var waveOf: [String: String] = [:]
        for pair in root.at("waves")?.pairs ?? [] {
            for item in Reading.servers(ofWave: pair.value) {
                let servers = ((try? ServerRange.expand(item.text ?? "")) ?? []).compactMap {
                    runbook.serverName(for: $0)
                }
                let taken = servers.filter { waveOf[$0] != nil && waveOf[$0] != pair.key }
                if let first = taken.first, let other = waveOf[first] {
                    hole(
                        .coveredTwice, at: item.place,
                        "\(Lint.list(taken)) of the wave '\(pair.key)' \(taken.count == 1 ? "is" : "are") in the wave "
                            + "'\(other)' too, and would be counted twice")
                }
                for server in servers where waveOf[server] == nil { waveOf[server] = pair.key }
            }
        }
        findServersChangedTwice()
        findUnusedServers()
    }

    /// Finds a server that two steps patch, or that one step patches and another changes.
    private mutating func findServersChangedTwice() {
        var changedBy: [String: String] = [:]
        for step in leaves {
            var servers = patched(by: step)
            if servers.isEmpty, step.risk != nil, let server = step.server { servers = [server] }
            let taken = servers.filter { changedBy[$0] != nil }
            if let first = taken.first, let other = changedBy[first] {
                hole(
                    .coveredTwice, at: place(of: step.id),
                    "'\(step.id)' changes \(Lint.list(taken)), which '\(other)' changes too: count hosts once")
            }
            for server in servers where changedBy[server] == nil { changedBy[server] = step.id }
        }
    }

    private mutating func findUnusedServers() {
        var used = Set(runbook.waves.values.flatMap(\.servers))
        used.formUnion(runbook.servers.values.flatMap(\.restartAfter))
        used.formUnion(runbook.steps.values.compactMap(\.server))
        for end in Array(openers.keys) + Array(closers.keys) {
            if let name = end.name { used.insert(name) }
        }
        for need in runbook.gates.values.flatMap(\.needs) + runbook.steps.values.compactMap(\.doneWhen) {
            if need.subject == .server { used.insert(need.id) }
            if need.subject == .pool {
                used.formUnion(runbook.servers.values.filter { $0.pools.contains(need.id) }.map(\.name))
            }
        }
        for pair in root.at("servers")?.pairs ?? [] {
            let unused = ((try? ServerRange.expand(pair.key)) ?? []).filter { !used.contains($0) }
            guard !unused.isEmpty else { continue }
            let names = unused.count > 3 ? "\(unused[0]) to \(unused[unused.count - 1])" : Lint.list(unused)
            hole(
                .unusedServer, at: pair.place,
                "\(names) \(unused.count == 1 ? "is" : "are") in no wave, and no step or gate names "
                    + "\(unused.count == 1 ? "it" : "them")")
        }
    }
}

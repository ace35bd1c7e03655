internal import OrderedCollections
internal import WarRoomCore

// What there is, so that references can name it: pools, servers, waves, tests, pipelines, channels.
extension Reading {
    mutating func readEstate() {
        readPools()
        readServers()
        readWaves()
        readTests()
        readPipelines()
        runbook.channels = root.items("channels").compactMap(\.text)
        declared[.channel] = OrderedSet(runbook.channels)
        declared[.gate] = OrderedSet(root.at("gates")?.pairs.map(\.key) ?? [])
        declared[.board] = OrderedSet(root.at("boards")?.pairs.map(\.key) ?? [])
        linkServers()
    }

    private mutating func readPools() {
        for pair in root.at("pools")?.pairs ?? [] {
            runbook.pools[pair.key] = Runbook.Pool(
                name: pair.key, title: prose(pair.value.at("title")) ?? pair.key, balancer: pair.value.text("in"),
                minimum: count(pair.value.text("minimum")))
        }
        declared[.pool] = runbook.pools.keys
    }

    // MARK: Servers

    private mutating func readServers() {
        for pair in root.at("servers")?.pairs ?? [] {
            for name in expanded(pair.key, at: pair.place) {
                places.set("servers/\(name)", pair.place)
                take(name: name, of: name, at: pair.place)
                runbook.servers[name] = Runbook.Server(name: name, kind: pair.value.text("kind"))
            }
        }
        for pair in root.at("servers")?.pairs ?? [] {
            for alias in pair.value.items("aliases") {
                guard let text = alias.text else { continue }
                for name in (try? ServerRange.expand(pair.key)) ?? [] {
                    take(name: text, of: name, at: alias.place)
                    runbook.servers[name]?.aliases.append(text)
                }
            }
        }
        declared[.server] = OrderedSet(runbook.servers.values.flatMap { [$0.name] + $0.aliases })
    }

    private mutating func take(name: String, of server: String, at place: RunbookPlace) {
        if let other = serverNames[name] {
            fault(
                .doubled, at: place,
                other == server ? "the server '\(name)' stands twice" : "'\(name)' is a name of '\(other)' already")
        } else {
            serverNames[name] = server
        }
    }

    /// Checks what servers refer to, once pools and waves are known.
    private mutating func linkServers() {
        for pair in root.at("servers")?.pairs ?? [] {
            let pools = known(pair.value.items("pools"), .pool)
            let first = servers(pair.value.items("restart_after"))
            for name in (try? ServerRange.expand(pair.key)) ?? [] {
                runbook.servers[name]?.pools = pools
                runbook.servers[name]?.restartAfter = first
            }
        }
    }

    /// The names that a range stands for; itself where it is none.
    mutating func expanded(_ text: String, at place: RunbookPlace) -> [String] {
        do {
            return try ServerRange.expand(text)
        } catch {
            fault(.range, at: place, error.text)
            return []
        }
    }

    /// A server by any of its names.
    mutating func server(named name: String, at place: RunbookPlace) -> String? {
        if let own = serverNames[name] { return own }
        let hint = Spelling.hint(name, among: declared[.server] ?? [])
        fault(.unknownServer, at: place, "there is no server '\(name)'\(hint)")
        return nil
    }

    /// A list of servers: names, ranges, `@wave`; each server once, in the order of writing.
    mutating func servers(_ items: [Written]) -> [String] {
        var names: OrderedSet<String> = []
        for item in items {
            guard let text = item.text else { continue }
            for name in servers(text, at: item.place) where !names.append(name).inserted {
                fault(.doubled, at: item.place, "'\(name)' stands twice in this list")
            }
        }
        return Array(names)
    }

    /// The servers that one item stands for.
    mutating func servers(_ text: String, at place: RunbookPlace) -> [String] {
        if text.hasPrefix("@") { return wave(String(text.dropFirst()), at: place)?.servers ?? [] }
        return expanded(text, at: place).compactMap { server(named: $0, at: place) }
    }

    mutating func wave(_ id: String, at place: RunbookPlace) -> Runbook.Wave? {
        if let wave = runbook.waves[id] { return wave }
        fault(.unknownWave, at: place, "there is no wave '\(id)'\(Spelling.hint(id, among: runbook.waves.keys))")
        return nil
    }

    private mutating func readWaves() {
        let pairs = root.at("waves")?.pairs ?? []
        for pair in pairs { runbook.waves[pair.key] = Runbook.Wave(id: pair.key, servers: []) }
        declared[.wave] = runbook.waves.keys
        for pair in pairs {
            let items = Reading.servers(ofWave: pair.value)
            for item in items where item.text?.hasPrefix("@") ?? false {
                fault(.range, at: item.place, "a wave is made of servers, not of waves: write their names or a range")
            }
            var wave = Runbook.Wave(
                id: pair.key, servers: servers(items.filter { !($0.text?.hasPrefix("@") ?? false) }))
            if let boots = count(pair.value.text("boots")) { wave.boots = boots }
            wave.soak = pair.value.text("soak").flatMap { Duration(written: $0) }
            wave.stopOn = pair.value.items("stop_on").compactMap { $0.text.flatMap(HoldReport.Cause.init) }
            runbook.waves[pair.key] = wave
        }
    }

    /// The items that name a wave's servers, of a wave that is a list or a section.
    static func servers(ofWave written: Written) -> [Written] {
        written.pairs.isEmpty ? written.items : written.items("servers")
    }

    // MARK: Tests and pipelines

    private mutating func readTests() {
        for pair in root.at("tests")?.pairs ?? [] {
            runbook.tests[pair.key] = Runbook.TestPlan(
                id: pair.key, title: prose(pair.value.at("title")) ?? pair.key, url: prose(pair.value.at("url")),
                expect: count(pair.value.text("expect")))
        }
        declared[.test] = runbook.tests.keys
    }

    private mutating func readPipelines() {
        var owners: [String: String] = [:]
        for pair in root.at("pipelines")?.pairs ?? [] {
            let stages = pair.value.items("stages").compactMap(\.text)
            let aliases = pair.value.items("aliases")
            runbook.pipelines[pair.key] = Runbook.Pipeline(
                id: pair.key, title: prose(pair.value.at("title")) ?? pair.key, stages: stages,
                aliases: aliases.compactMap(\.text))
            for (name, place) in [(pair.key, pair.place)]
                + aliases.compactMap({ alias in alias.text.map { ($0, alias.place) } })
            {
                if let other = owners.updateValue(pair.key, forKey: name) {
                    fault(.doubled, at: place, "'\(name)' is a name of the pipeline '\(other)' already")
                }
                for stage in stages { stageNames["\(name)/\(stage)"] = "\(pair.key)/\(stage)" }
            }
        }
    }

    /// `pipeline/stage` as events name it.
    mutating func stage(_ text: String, at place: RunbookPlace) -> String? {
        if let name = stageNames[text] { return name }
        let hint = Spelling.hint(text, among: stageNames.keys.sorted())
        if let pipeline = runbook.pipelines[text] {
            let stages =
                pipeline.stages.isEmpty
                ? "it has none yet" : "\(text)/\(pipeline.stages.joined(separator: ", \(text)/"))"
            fault(.unknownPipeline, at: place, "'\(text)' names no stage: write PIPELINE/STAGE; \(stages)")
        } else {
            fault(.unknownPipeline, at: place, "there is no pipeline and stage '\(text)'\(hint)")
        }
        return nil
    }
}

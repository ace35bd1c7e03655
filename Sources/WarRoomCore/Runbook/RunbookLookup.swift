import OrderedCollections

extension Runbook {
    /// An id made from a title, as the ids of a runbook are: small letters, digits and hyphens; `nil` where nothing of
    /// it can stand in one.
    package static func id(madeFrom title: String) -> String? {
        var id = ""
        for character in title.lowercased() {
            let isPlain = character.isASCII && (character.isLetter || character.isNumber)
            if isPlain { id.append(character) } else if let last = id.last, last != "-" { id.append("-") }
        }
        id = String(id.prefix(60))
        while id.last == "-" { id.removeLast() }
        return id.isEmpty ? nil : id
    }

    /// The runbook's own name of a server, by that name or an alias, exactly: one name may begin with another, web1 and
    /// web10. `nil`: the runbook has no such server.
    package func serverName(for name: String) -> String? {
        if servers[name] != nil { return name }
        return servers.values.first { $0.aliases.contains(name) }?.name
    }

    /// The team of a row; `nil`: the runbook has no such row.
    package func team(_ row: TeamPath) -> Team? { boards[row.board]?.teams[row.team] }

    /// The steps without children below a step, or the step itself if it has none; none for an unknown id.
    package func leaves(of id: String) -> [Step] {
        guard let step = steps[id] else { return [] }
        return step.children.isEmpty ? [step] : step.children.flatMap { leaves(of: $0) }
    }

    /// A step's gate: its own, else that of the group around it.
    func gate(of step: Step) -> Gate? {
        if let id = step.gate { return gates[id] }
        return step.parent.flatMap { steps[$0] }.flatMap { gate(of: $0) }
    }

    /// The steps that must be done before a step: those that it names, and those that the groups around it name.
    func after(_ step: Step) -> [String] {
        step.after + (step.parent.flatMap { steps[$0] }.map { after($0) } ?? [])
    }

    /// A step's owner: its own, else that of the group around it.
    package func owner(of step: Step) -> String? {
        step.owner ?? step.parent.flatMap { steps[$0] }.flatMap { owner(of: $0) }
    }
}

extension Runbook {
    /// The instant of a time as people write it, `Sun 04:31` or RFC 3339. Throws ``WallTimeFault`` with what is wrong.
    package func instant(written text: String) throws(WallTimeFault) -> Instant {
        let day = CivilDate(date)
        return try WallTime(text).instant(date: (day?.year ?? 0, day?.month ?? 0, day?.day ?? 0), zones: zones)
    }
}

extension WallTime {
    fileprivate func instant(
        date: (year: Int, month: Int, day: Int), zones: Runbook.Zones
    ) throws(WallTimeFault) -> Instant {
        try instant(
            date: date, home: zones.home.zone, homeLabel: zones.home.label, other: zones.other.zone,
            otherLabel: zones.other.label)
    }
}

extension Runbook {
    /// The wave that a step takes out of service: it patches or restarts it, or pulls it out of a pool.
    func waveTakenOut(by step: Step) -> String? {
        if let need = step.doneWhen, need.subject == .wave, need.predicate == .patch || need.predicate == .reboot {
            return need.id
        }
        let server = step.opens.lazy.compactMap { end -> String? in
            if case .pool(let server, _) = end { server } else { nil }
        }.first
        return server.flatMap { server in waves.values.first { $0.servers.contains(server) }?.id }
    }
}

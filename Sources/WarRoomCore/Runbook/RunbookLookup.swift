import OrderedCollections

extension Runbook {
    /// `board/team/check`, the subject of a review.
    package struct CheckPath: Hashable, Sendable, Codable {
        package var board: String
        package var team: String
        package var check: String

        package init(board: String, team: String, check: String) {
            self.board = board
            self.team = team
            self.check = check
        }

        /// Reads `board/team/check`; `nil` where it is not three parts.
        package init?(_ text: String) {
            let parts = text.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 3, parts.allSatisfy({ !$0.isEmpty }) else { return nil }
            self.init(board: String(parts[0]), team: String(parts[1]), check: String(parts[2]))
        }

        package var text: String { "\(board)/\(team)/\(check)" }
    }

    /// An id made from a title, as the ids of a runbook are: small letters, digits and hyphens; `nil` where nothing of it
    /// can stand in one.
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

    /// The server of this name or alias, exactly (T-41: one name may begin with another).
    package func serverName(for name: String) -> String? {
        if servers[name] != nil { return name }
        return servers.values.first { $0.aliases.contains(name) }?.name
    }

    /// An event's object with the runbook's own name in place of an alias: aliases are resolved before the journal
    /// (CONTRACT 5).
    package func resolvingAliases(in event: JSON) -> JSON {
        guard case .object(var object) = event, let type = object["type"]?.text, let subject = object["subject"]?.text
        else { return event }
        switch type {
        case "warroom.server", "warroom.hold":
            guard let name = serverName(for: subject), name != subject else { return event }
            object["subject"] = .string(name)
        case "warroom.pipeline":
            guard let slash = subject.firstIndex(of: "/"), pipelines[String(subject[..<slash])] == nil,
                let pipeline = pipelines.values.first(where: { $0.aliases.contains(String(subject[..<slash])) })
            else { return event }
            object["subject"] = .string(pipeline.id + subject[slash...])
        default: return event
        }
        return .object(object)
    }

    /// The steps without children below a step, itself if it has none.
    package func leaves(of id: String) -> [Step] {
        guard let step = steps[id] else { return [] }
        return step.children.isEmpty ? [step] : step.children.flatMap { leaves(of: $0) }
    }

    /// A step's gate: its own, else that of the group around it.
    package func gate(of step: Step) -> Gate? {
        if let id = step.gate { return gates[id] }
        return step.parent.flatMap { steps[$0] }.flatMap { gate(of: $0) }
    }

    /// The steps that must be done before a step: those that it names, and those that the groups around it name.
    package func after(_ step: Step) -> [String] {
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
        let parts = date.split(separator: "-").compactMap { Int($0) }
        guard parts.count == 3 else { return try WallTime(text).instant(date: (0, 0, 0), zones: zones) }
        return try WallTime(text).instant(date: (parts[0], parts[1], parts[2]), zones: zones)
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
        guard let opened = step.opens.first(where: { $0.hasPrefix("pool/") }) else { return nil }
        let parts = opened.split(separator: "/", maxSplits: 2).map(String.init)
        return waves.values.first { $0.servers.contains(parts[1]) }?.id
    }
}

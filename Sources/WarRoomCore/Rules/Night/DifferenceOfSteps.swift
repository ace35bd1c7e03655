import OrderedCollections

extension RunbookDifference {
    /// What is different of phases and steps, in the order of the new page.
    static func steps(_ old: Runbook, _ new: Runbook) -> [String] {
        var lines = section("phase", old.phases, new.phases, title: \.title) { changed, old, new in
            changed.text("title", old.title, new.title)
            changed.other("words", old.says, new.says)
        }
        let moved = moved(old, new)
        for (id, step) in new.steps {
            guard let last = old.steps[id] else {
                lines.append("step \(id) (\(step.title)) is added" + ends(step, in: new))
                continue
            }
            if moved.contains(id) {
                lines.append("step \(id) (\(step.title)) moves on the page, \(place(of: id, in: new))")
            }
            lines += changes(last, old, step, new).line("step \(id) (\(step.title))")
        }
        for (id, step) in old.steps where new.steps[id] == nil { lines.append("step \(id) (\(step.title)) is removed") }
        return lines
    }

    private static func changes(_ last: Runbook.Step, _ old: Runbook, _ step: Runbook.Step, _ new: Runbook) -> Changed {
        var changed = Changed()
        guard last != step else { return changed }
        changed.text("at", last.at.map(old.zones.both), step.at.map(new.zones.both))
        changed.text("takes", last.takes?.written, step.takes?.written)
        changed.text("backout", last.backout?.written, step.backout?.written)
        changed.text("owner", last.owner, step.owner)
        changed.list("after", last.after, step.after)
        changed.text("gate", last.gate, step.gate)
        changed.text("phase", last.phase, step.phase)
        changed.text("group", last.parent, step.parent)
        changed.text("wave", last.wave, step.wave)
        changed.text("server", last.server, step.server)
        changed.text("done_when", last.doneWhen?.text, step.doneWhen?.text)
        changed.list("opens", last.opens.map(\.text), step.opens.map(\.text))
        changed.list("closes", last.closes.map(\.text), step.closes.map(\.text))
        changed.text("tests", last.tests, step.tests)
        changed.other("messages", last.messages, step.messages)
        changed.text("title", last.title, step.title)
        changed.other("words", last.says, step.says)
        changed.list("tickets", last.tickets, step.tickets)
        changed.text("risk", last.risk, step.risk)
        changed.other("links", last.links, step.links)
        changed.list("evidence", last.evidence, step.evidence)
        return changed
    }

    /// What there is to say of a new step.
    private static func ends(_ step: Runbook.Step, in runbook: Runbook) -> String {
        var words: [String] = []
        if let at = step.at { words.append("at \(runbook.zones.both(at))") }
        if let takes = step.takes { words.append("takes \(takes.written)") }
        if !step.after.isEmpty { words.append("after \(step.after.listed())") }
        if let gate = step.gate { words.append("gate \(gate)") }
        if let owner = runbook.owner(of: step) { words.append("owner \(owner)") }
        return words.isEmpty ? "" : ": \(words.joined(separator: "; "))"
    }

    private static func place(of id: String, in runbook: Runbook) -> String {
        guard let index = runbook.steps.index(forKey: id), index > 0 else { return "now the first" }
        return "now behind \(runbook.steps.keys[index - 1])"
    }

    /// The fewest steps that, moved, bring the old order into the new one: all but those of the longest row that has
    /// kept its order.
    private static func moved(_ old: Runbook, _ new: Runbook) -> Set<String> {
        let ids = new.steps.keys.filter { old.steps[$0] != nil }
        let places = ids.map { old.steps.index(forKey: $0) ?? 0 }
        // The place of the last of the best row of each length, and what stands before each in its row.
        var ends: [Int] = []
        var before: [Int?] = []
        for (number, place) in places.enumerated() {
            var (low, high) = (0, ends.count)
            while low < high {
                let middle = (low + high) / 2
                if places[ends[middle]] < place { low = middle + 1 } else { high = middle }
            }
            before.append(low > 0 ? ends[low - 1] : nil)
            if low == ends.count { ends.append(number) } else { ends[low] = number }
        }
        var kept: Set<String> = []
        var next = ends.last
        while let number = next {
            kept.insert(ids[number])
            next = before[number]
        }
        return Set(ids).subtracting(kept)
    }
}

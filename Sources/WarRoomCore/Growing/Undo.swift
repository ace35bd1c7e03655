import OrderedCollections

extension Bridge {
    /// Keeps what a person's word is about to replace.
    mutating func remember(_ entry: Entry) {
        guard entry.via == nil, entry.event.undoes == nil, let key = Said.key(entry.event) else { return }
        let subject = entry.event.subject
        var last = Said(entry, runbook: runbook, state: state)
        var earlier: Instant?
        switch entry.event.body {
        case .step:
            last.step = steps[subject]?.person
            earlier = last.step?.at
        case .hold: last.hold = holds[subject]
        case .ruling: last.ruling = rulings[subject]
        case .looseEnd:
            last.looseEnd = looseEnds[subject]?.of(entry.event.source)
            earlier = last.looseEnd?.at
        case .message:
            last.message = messages[subject]?.of(entry.event.source)
            earlier = last.message?.at
        case .check: last.check = Runbook.CheckPath(subject).flatMap { addedChecks[$0] }
        default: break
        }
        // What happened before the last word is history and changes nothing.
        if let earlier, entry.at < earlier { return }
        said[key] = last
    }

    /// Takes back what an entry said, or what an undo took back.
    mutating func takeBack(_ entry: Entry) {
        guard let undone = entry.event.undoes, let key = Said.key(entry.event), var last = said[key],
            last.entry == undone
        else { return }
        let (subject, number) = (entry.event.subject, entry.number)
        switch entry.event.body {
        case .step:
            swap(&steps[subject, default: StepRecord()].person, &last.step)
            steps[subject]?.changed = number
        case .hold:
            swap(&holds[subject], &last.hold)
            touch(subject, entry)
        case .ruling:
            swap(&rulings[subject], &last.ruling)
            serversChanged = number
        case .looseEnd:
            last.looseEnd = looseEnds[subject, default: .init()].replace(of: last.claimant, with: last.looseEnd)
        case .message: last.message = messages[subject, default: .init()].replace(of: last.claimant, with: last.message)
        case .check:
            guard let path = Runbook.CheckPath(subject) else { break }
            swap(&addedChecks[path], &last.check)
            reviewsChanged = number
        case .review:
            reviewsChanged = number
            for path in Array(reviews.keys) where path.text == subject || path.text.hasPrefix(subject + "/") {
                reviews[path]?.takeBack(last, by: number)
            }
        case .approval:
            for place in approvals[subject, default: []].indices {
                approvals[subject]![place].takeBack(last, by: number)
            }
        case .bridge: swap(&state, &last.state)
        default: break
        }
        last.entry = number
        last.isUndone.toggle()
        said[key] = last
    }
}

extension ReviewRecord {
    /// Takes back what was said, or brings it again.
    fileprivate mutating func takeBack(_ said: Said, by number: Int) {
        for place in marks.indices where marks[place].entry == said.first {
            marks[place].undoneBy = said.isUndone ? nil : number
        }
    }
}

extension Approval {
    fileprivate mutating func takeBack(_ said: Said, by number: Int) {
        if entry == said.first { undoneBy = said.isUndone ? nil : number }
    }
}

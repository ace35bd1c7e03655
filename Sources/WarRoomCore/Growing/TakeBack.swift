import OrderedCollections

extension Bridge {
    /// Keeps what a person's word is about to replace.
    mutating func remember(_ entry: Entry, in words: String) {
        guard entry.via == nil, entry.event.undoes == nil, let key = thing(of: entry.event, entry: entry.number)
        else { return }
        let subject = entry.event.subject
        var last = Said(entry, words: words, state: state)
        var earlier: Instant?
        switch entry.event.body {
        case .step:
            last.step = steps[subject]?.person
            earlier = last.step?.at
        case .hold:
            last.hold = holds[subject]
            last.waveHold = runbook.wave(ofHold: subject).flatMap { waveHolds[$0.id] }
        case .ruling: last.ruling = rulings[subject]
        case .looseEnd:
            last.looseEnd = looseEnds[LooseEndID(subject)]?.of(entry.event.source)
            earlier = last.looseEnd?.at
        case .message:
            last.message = messages[subject]?.of(entry.event.source)
            earlier = last.message?.at
        case .check: last.check = Runbook.CheckPath(subject).flatMap { addedChecks[$0] }
        case .looked: last.looked = looked(at: subject)
        // A mark, an approval and what was heard stay, and say by whom they were taken back; of the others nothing is
        // replaced.
        case .review, .approval, .heard, .bridge, .server, .tests, .pipeline, .batch, .alert, .lead, .substitute,
            .signature, .note, .source, .clock, .refusal:
            break
        }
        // What happened before the last word is history and changes nothing.
        if let earlier, entry.at < earlier { return }
        said[key] = last
    }

    /// Takes back what an entry said, or what an undo took back.
    mutating func takeBack(_ entry: Entry) {
        guard let undone = entry.event.undoes, let key = thing(of: entry.event), var last = said[key],
            last.entry == undone
        else { return }
        let (subject, number) = (entry.event.subject, entry.number)
        noteOutOfTurn(takenBack: last.first, by: number, isUndone: last.isUndone)
        switch entry.event.body {
        case .step:
            swap(&steps[subject, default: StepRecord()].person, &last.step)
            steps[subject]?.changed = number
        case .hold:
            if let wave = runbook.wave(ofHold: subject)?.id {
                swap(&waveHolds[wave], &last.waveHold)
                // What stopped it before must not stop it again at once.
                if waveHolds[wave] == nil { lifted[wave] = number }
            } else {
                swap(&holds[subject], &last.hold)
            }
        case .ruling: swap(&rulings[subject], &last.ruling)
        case .looseEnd:
            last.looseEnd = looseEnds[LooseEndID(subject), default: .init()].replace(
                of: last.claimant, with: last.looseEnd)
        case .message: last.message = messages[subject, default: .init()].replace(of: last.claimant, with: last.message)
        case .check:
            guard let path = Runbook.CheckPath(subject) else { break }
            swap(&addedChecks[path], &last.check)
        case .review:
            for path in Array(reviews.keys) where path.text == subject || path.row.text == subject {
                reviews[path]?.takeBack(last, by: number)
            }
        case .approval:
            for place in approvals[subject, default: []].indices {
                approvals[subject]![place].takeBack(last, by: number)
            }
        case .bridge: swap(&state, &last.state)
        case .heard: heard[last.first]?.undoneBy = last.isUndone ? nil : number
        case .looked:
            let now = looked(at: subject)
            setLooked(last.looked, at: subject)
            last.looked = now
        case .server, .tests, .pipeline, .batch, .alert, .lead, .substitute, .signature, .note, .source, .clock,
            .refusal:
            break
        }
        last.entry = number
        last.isUndone.toggle()
        said[key] = last
    }
}

extension Approval {
    fileprivate mutating func takeBack(_ said: Said, by number: Int) {
        if entry == said.first { undoneBy = said.isUndone ? nil : number }
    }
}

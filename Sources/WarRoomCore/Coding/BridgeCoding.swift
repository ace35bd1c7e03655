// Made by scripts/make-coding.py from the declarations; a test holds the one to the others.

extension Bridge {
    /// Which tokens a bridge is made of (docs/contract.md, Subscribing): another number with each change.
    package static let format = 783_475_904
}

extension Bridge: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        runbook = try reader.next()
        begunWith = try reader.next()
        signedBefore = try reader.next()
        signatures = try reader.next()
        amendment = try reader.next()
        entry = try reader.next()
        head = try reader.next()
        lastReceivedAt = try reader.next()
        isRehearsal = try reader.next()
        state = try reader.next()
        openedAt = try reader.next()
        lead = try reader.next()
        leadership = try reader.next()
        substitutes = try reader.next()
        learned = try reader.next()
        steps = try reader.next()
        servers = try reader.next()
        reviews = try reader.next()
        addedChecks = try reader.next()
        tests = try reader.next()
        testRuns = try reader.next()
        pipelines = try reader.next()
        batch = try reader.next()
        alerts = try reader.next()
        firing = try reader.next()
        lookedAlerts = try reader.next()
        heard = try reader.next()
        messages = try reader.next()
        holds = try reader.next()
        waveHolds = try reader.next()
        lifted = try reader.next()
        soaking = try reader.next()
        approvals = try reader.next()
        looseEnds = try reader.next()
        rulings = try reader.next()
        sources = try reader.next()
        clock = try reader.next()
        said = try reader.next()
        pressed = try reader.next()
        hands = try reader.next()
        outOfTurn = try reader.next()
        closed = try reader.next()
        afterClose = try reader.next()
        recent = try reader.next()
        refusals = try reader.next()
        origin = try reader.next()
        touched = try reader.next()
        serversChanged = try reader.next()
        partsChanged = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(runbook)
        writer.put(begunWith)
        writer.put(signedBefore)
        writer.put(signatures)
        writer.put(amendment)
        writer.put(entry)
        writer.put(head)
        writer.put(lastReceivedAt)
        writer.put(isRehearsal)
        writer.put(state)
        writer.put(openedAt)
        writer.put(lead)
        writer.put(leadership)
        writer.put(substitutes)
        writer.put(learned)
        writer.put(steps)
        writer.put(servers)
        writer.put(reviews)
        writer.put(addedChecks)
        writer.put(tests)
        writer.put(testRuns)
        writer.put(pipelines)
        writer.put(batch)
        writer.put(alerts)
        writer.put(firing)
        writer.put(lookedAlerts)
        writer.put(heard)
        writer.put(messages)
        writer.put(holds)
        writer.put(waveHolds)
        writer.put(lifted)
        writer.put(soaking)
        writer.put(approvals)
        writer.put(looseEnds)
        writer.put(rulings)
        writer.put(sources)
        writer.put(clock)
        writer.put(said)
        writer.put(pressed)
        writer.put(hands)
        writer.put(outOfTurn)
        writer.put(closed)
        writer.put(afterClose)
        writer.put(recent)
        writer.put(refusals)
        writer.put(origin)
        writer.put(touched)
        writer.put(serversChanged)
        writer.put(partsChanged)
    }
}

extension Leadership: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        offer = try reader.next()
        takenAt = try reader.next()
        takenBack = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(offer)
        writer.put(takenAt)
        writer.put(takenBack)
    }
}

extension Leadership.Offer: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        user = try reader.next()
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(user)
        writer.put(by)
        writer.put(at)
        writer.put(entry)
    }
}

extension Leadership.TakenBack: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        by = try reader.next()
        from = try reader.next()
        reason = try reader.next()
        at = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(by)
        writer.put(from)
        writer.put(reason)
        writer.put(at)
        writer.put(entry)
    }
}

extension Claims: Positional where Value: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        all = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(all)
    }
}

extension Claim: Positional where Value: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        claimant = try reader.next()
        standing = try reader.next()
        by = try reader.next()
        value = try reader.next()
        at = try reader.next()
        since = try reader.next()
        entry = try reader.next()
        sinceEntry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(claimant)
        writer.put(standing)
        writer.put(by)
        writer.put(value)
        writer.put(at)
        writer.put(since)
        writer.put(entry)
        writer.put(sinceEntry)
    }
}

extension Said.Thing: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        type = try reader.next()
        subject = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(type)
        writer.put(subject)
    }
}

extension Said: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        entry = try reader.next()
        first = try reader.next()
        by = try reader.next()
        type = try reader.next()
        subject = try reader.next()
        data = try reader.next()
        words = try reader.next()
        step = try reader.next()
        hold = try reader.next()
        waveHold = try reader.next()
        ruling = try reader.next()
        claimant = try reader.next()
        looseEnd = try reader.next()
        message = try reader.next()
        check = try reader.next()
        looked = try reader.next()
        state = try reader.next()
        isUndone = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(entry)
        writer.put(first)
        writer.put(by)
        writer.put(type)
        writer.put(subject)
        writer.put(data)
        writer.put(words)
        writer.put(step)
        writer.put(hold)
        writer.put(waveHold)
        writer.put(ruling)
        writer.put(claimant)
        writer.put(looseEnd)
        writer.put(message)
        writer.put(check)
        writer.put(looked)
        writer.put(state)
        writer.put(isUndone)
    }
}

extension Closed: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        entry = try reader.next()
        at = try reader.next()
        by = try reader.next()
        left = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(entry)
        writer.put(at)
        writer.put(by)
        writer.put(left)
    }
}

extension Closed.Left: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        kind = try reader.next()
        subject = try reader.next()
        text = try reader.next()
        name = try reader.next()
        place = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(kind)
        writer.put(subject)
        writer.put(text)
        writer.put(name)
        writer.put(place)
    }
}

extension Closed.Left.Kind: Positional {}

extension Bridge.PartsChanged: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        entries = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(entries)
    }
}

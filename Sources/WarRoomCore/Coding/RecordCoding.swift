// Made by scripts/make-coding.py from the declarations; a test holds the one to the others.

extension Signature: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        fingerprint = try reader.next()
        role = try reader.next()
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(fingerprint)
        writer.put(role)
        writer.put(by)
        writer.put(at)
        writer.put(entry)
    }
}

extension Amendment: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
        reason = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(by)
        writer.put(at)
        writer.put(entry)
        writer.put(reason)
    }
}

extension Substitute: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        user = try reader.next()
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
        isOffer = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(user)
        writer.put(by)
        writer.put(at)
        writer.put(entry)
        writer.put(isOffer)
    }
}

extension StepRecord: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        person = try reader.next()
        tools = try reader.next()
        changed = try reader.next()
        lost = try reader.next()
        begunPastGate = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(person)
        writer.put(tools)
        writer.put(changed)
        writer.put(lost)
        writer.put(begunPastGate)
    }
}

extension StepLife: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        note = try reader.next()
        by = try reader.next()
        startedBy = try reader.next()
        startedAt = try reader.next()
        startedEntry = try reader.next()
        endedAt = try reader.next()
        at = try reader.next()
        entry = try reader.next()
        pastGate = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(note)
        writer.put(by)
        writer.put(startedBy)
        writer.put(startedAt)
        writer.put(startedEntry)
        writer.put(endedAt)
        writer.put(at)
        writer.put(entry)
        writer.put(pastGate)
    }
}

extension Lost: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        at = try reader.next()
        by = try reader.next()
        entry = try reader.next()
        began = try reader.next()
        ended = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(at)
        writer.put(by)
        writer.put(entry)
        writer.put(began)
        writer.put(ended)
    }
}

extension PastGate: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        by = try reader.next()
        at = try reader.next()
        why = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(by)
        writer.put(at)
        writer.put(why)
    }
}

extension ServerRecord: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        patch = try reader.next()
        reboot = try reader.next()
        bootedAt = try reader.next()
        boots = try reader.next()
        startedAt = try reader.next()
        readyAt = try reader.next()
        verify = try reader.next()
        reach = try reader.next()
        pools = try reader.next()
        alerts = try reader.next()
        mutedUntil = try reader.next()
        version = try reader.next()
        detail = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(patch)
        writer.put(reboot)
        writer.put(bootedAt)
        writer.put(boots)
        writer.put(startedAt)
        writer.put(readyAt)
        writer.put(verify)
        writer.put(reach)
        writer.put(pools)
        writer.put(alerts)
        writer.put(mutedUntil)
        writer.put(version)
        writer.put(detail)
    }
}

extension Standing: Positional {}

extension Boot: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        at = try reader.next()
        told = try reader.next()
        by = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(at)
        writer.put(told)
        writer.put(by)
        writer.put(entry)
    }
}

extension ReviewRecord: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        marks = try reader.next()
        changed = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(marks)
        writer.put(changed)
    }
}

extension ReviewRecord.Mark: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        mark = try reader.next()
        note = try reader.next()
        reviewer = try reader.next()
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
        undoneBy = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(mark)
        writer.put(note)
        writer.put(reviewer)
        writer.put(by)
        writer.put(at)
        writer.put(entry)
        writer.put(undoneBy)
    }
}

extension TestRun: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        claimant = try reader.next()
        report = try reader.next()
        at = try reader.next()
        entry = try reader.next()
        isOver = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(claimant)
        writer.put(report)
        writer.put(at)
        writer.put(entry)
        writer.put(isOver)
    }
}

extension Looked: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        was = try reader.next()
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(was)
        writer.put(by)
        writer.put(at)
        writer.put(entry)
    }
}

extension Heard: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        entry = try reader.next()
        subject = try reader.next()
        text = try reader.next()
        from = try reader.next()
        by = try reader.next()
        at = try reader.next()
        looked = try reader.next()
        undoneBy = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(entry)
        writer.put(subject)
        writer.put(text)
        writer.put(from)
        writer.put(by)
        writer.put(at)
        writer.put(looked)
        writer.put(undoneBy)
    }
}

extension WaveHold: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        reason = try reader.next()
        cause = try reader.next()
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(reason)
        writer.put(cause)
        writer.put(by)
        writer.put(at)
        writer.put(entry)
    }
}

extension Approval: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        decision = try reader.next()
        role = try reader.next()
        by = try reader.next()
        at = try reader.next()
        entry = try reader.next()
        seen = try reader.next()
        reason = try reader.next()
        undoneBy = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(decision)
        writer.put(role)
        writer.put(by)
        writer.put(at)
        writer.put(entry)
        writer.put(seen)
        writer.put(reason)
        writer.put(undoneBy)
    }
}

extension SourceRecord: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        reason = try reader.next()
        lastGood = try reader.next()
        since = try reader.next()
        refused = try reader.next()
        stale = try reader.next()
        isPartly = try reader.next()
        isInPart = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(reason)
        writer.put(lastGood)
        writer.put(since)
        writer.put(refused)
        writer.put(stale)
        writer.put(isPartly)
        writer.put(isInPart)
    }
}

extension ClockRecord: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        offset = try reader.next()
        at = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(offset)
        writer.put(at)
        writer.put(entry)
    }
}

extension Pressed: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        at = try reader.next()
        by = try reader.next()
        entry = try reader.next()
        past = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(at)
        writer.put(by)
        writer.put(entry)
        writer.put(past)
    }
}

extension OutOfTurn: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        entry = try reader.next()
        subject = try reader.next()
        word = try reader.next()
        by = try reader.next()
        at = try reader.next()
        why = try reader.next()
        note = try reader.next()
        undoneBy = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(entry)
        writer.put(subject)
        writer.put(word)
        writer.put(by)
        writer.put(at)
        writer.put(why)
        writer.put(note)
        writer.put(undoneBy)
    }
}

extension FeedLine: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        entry = try reader.next()
        receivedAt = try reader.next()
        by = try reader.next()
        tone = try reader.next()
        text = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(entry)
        writer.put(receivedAt)
        writer.put(by)
        writer.put(tone)
        writer.put(text)
    }
}

extension FeedLine.Tone: Positional {}

extension Touch: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        entry = try reader.next()
        server = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(entry)
        writer.put(server)
    }
}

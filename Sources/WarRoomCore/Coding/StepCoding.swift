// Made by scripts/make-coding.py from the declarations; a test holds the one to the others.

extension Runbook.Board: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        by = try reader.next()
        due = try reader.next()
        teams = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(by)
        writer.put(due)
        writer.put(teams)
    }
}

extension Runbook.Team: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        says = try reader.next()
        checks = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(says)
        writer.put(checks)
    }
}

extension Runbook.Check: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        says = try reader.next()
        recheckAfter = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(says)
        writer.put(recheckAfter)
    }
}

extension Runbook.Phase: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        says = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(says)
    }
}

extension Runbook.Step: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        phase = try reader.next()
        parent = try reader.next()
        children = try reader.next()
        title = try reader.next()
        says = try reader.next()
        at = try reader.next()
        owner = try reader.next()
        wave = try reader.next()
        server = try reader.next()
        after = try reader.next()
        gate = try reader.next()
        takes = try reader.next()
        backout = try reader.next()
        doneWhen = try reader.next()
        opens = try reader.next()
        closes = try reader.next()
        tests = try reader.next()
        messages = try reader.next()
        tickets = try reader.next()
        risk = try reader.next()
        links = try reader.next()
        evidence = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(phase)
        writer.put(parent)
        writer.put(children)
        writer.put(title)
        writer.put(says)
        writer.put(at)
        writer.put(owner)
        writer.put(wave)
        writer.put(server)
        writer.put(after)
        writer.put(gate)
        writer.put(takes)
        writer.put(backout)
        writer.put(doneWhen)
        writer.put(opens)
        writer.put(closes)
        writer.put(tests)
        writer.put(messages)
        writer.put(tickets)
        writer.put(risk)
        writer.put(links)
        writer.put(evidence)
    }
}

extension Runbook.Link: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        title = try reader.next()
        url = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(title)
        writer.put(url)
    }
}

extension Runbook.Gate: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        says = try reader.next()
        needs = try reader.next()
        approvers = try reader.next()
        fourEyes = try reader.next()
        button = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(says)
        writer.put(needs)
        writer.put(approvers)
        writer.put(fourEyes)
        writer.put(button)
    }
}

extension Runbook.CheckPath: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        board = try reader.next()
        team = try reader.next()
        check = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(board)
        writer.put(team)
        writer.put(check)
    }
}

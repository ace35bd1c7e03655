// Made by scripts/make-coding.py from the declarations; a test holds the one to the others.

extension Runbook: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        date = try reader.next()
        zones = try reader.next()
        window = try reader.next()
        approvers = try reader.next()
        pools = try reader.next()
        servers = try reader.next()
        waves = try reader.next()
        tests = try reader.next()
        pipelines = try reader.next()
        channels = try reader.next()
        boards = try reader.next()
        phases = try reader.next()
        steps = try reader.next()
        gates = try reader.next()
        batch = try reader.next()
        metrics = try reader.next()
        pairs = try reader.next()
        holes = try reader.next()
        sources = try reader.next()
        access = try reader.next()
        sign = try reader.next()
        socket = try reader.next()
        rehearsal = try reader.next()
        fingerprint = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(date)
        writer.put(zones)
        writer.put(window)
        writer.put(approvers)
        writer.put(pools)
        writer.put(servers)
        writer.put(waves)
        writer.put(tests)
        writer.put(pipelines)
        writer.put(channels)
        writer.put(boards)
        writer.put(phases)
        writer.put(steps)
        writer.put(gates)
        writer.put(batch)
        writer.put(metrics)
        writer.put(pairs)
        writer.put(holes)
        writer.put(sources)
        writer.put(access)
        writer.put(sign)
        writer.put(socket)
        writer.put(rehearsal)
        writer.put(fingerprint)
    }
}

extension Runbook.Zones: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        home = try reader.next()
        other = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(home)
        writer.put(other)
    }
}

extension Runbook.LabelledZone: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        label = try reader.next()
        zone = try reader.next()
        also = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(label)
        writer.put(zone)
        writer.put(also)
    }
}

extension Runbook.Window: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        opens = try reader.next()
        closes = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(opens)
        writer.put(closes)
    }
}

extension Runbook.Pool: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        name = try reader.next()
        title = try reader.next()
        balancer = try reader.next()
        minimum = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(name)
        writer.put(title)
        writer.put(balancer)
        writer.put(minimum)
    }
}

extension Runbook.Server: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        name = try reader.next()
        kind = try reader.next()
        pools = try reader.next()
        restartAfter = try reader.next()
        aliases = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(name)
        writer.put(kind)
        writer.put(pools)
        writer.put(restartAfter)
        writer.put(aliases)
    }
}

extension Runbook.Wave: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        servers = try reader.next()
        boots = try reader.next()
        soak = try reader.next()
        stopOn = try reader.next()
        lift = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(servers)
        writer.put(boots)
        writer.put(soak)
        writer.put(stopOn)
        writer.put(lift)
    }
}

extension Runbook.TestPlan: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        url = try reader.next()
        after = try reader.next()
        expect = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(url)
        writer.put(after)
        writer.put(expect)
    }
}

extension Runbook.Pipeline: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        title = try reader.next()
        stages = try reader.next()
        aliases = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(title)
        writer.put(stages)
        writer.put(aliases)
    }
}

extension Need: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        subject = try reader.next()
        id = try reader.next()
        predicate = try reader.next()
        value = try reader.next()
        but = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(subject)
        writer.put(id)
        writer.put(predicate)
        writer.put(value)
        writer.put(but)
    }
}

extension Need.Subject: Positional {}

extension Need.Predicate: Positional {}

extension Runbook.BatchPlan: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        guardBand = try reader.next()
        slot = try reader.next()
        demo = try reader.next()
        needsStep = try reader.next()
        engage = try reader.next()
        checks = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(guardBand)
        writer.put(slot)
        writer.put(demo)
        writer.put(needsStep)
        writer.put(engage)
        writer.put(checks)
    }
}

extension Runbook.Metric: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        goal = try reader.next()
        metric = try reader.next()
        current = try reader.next()
        good = try reader.next()
        great = try reader.next()
        direction = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(goal)
        writer.put(metric)
        writer.put(current)
        writer.put(good)
        writer.put(great)
        writer.put(direction)
    }
}

extension TimePair: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        step = try reader.next()
        text = try reader.next()
        home = try reader.next()
        other = try reader.next()
        plan = try reader.next()
        mismatch = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(step)
        writer.put(text)
        writer.put(home)
        writer.put(other)
        writer.put(plan)
        writer.put(mismatch)
    }
}

extension Hole: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        code = try reader.next()
        count = try reader.next()
        text = try reader.next()
        line = try reader.next()
        column = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(code)
        writer.put(count)
        writer.put(text)
        writer.put(line)
        writer.put(column)
    }
}

extension SourcePlan: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        id = try reader.next()
        kind = try reader.next()
        every = try reader.next()
        timeout = try reader.next()
        staleAfter = try reader.next()
        authority = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(id)
        writer.put(kind)
        writer.put(every)
        writer.put(timeout)
        writer.put(staleAfter)
        writer.put(authority)
    }
}

extension SourcePlan.Kind: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        switch try reader.text() {
        case "statusFiles": self = .statusFiles(path: try reader.next())
        case "ndjson": self = .ndjson(path: try reader.next())
        case "junit": self = .junit(path: try reader.next(), run: try reader.next())
        case "socket": self = .socket(address: try reader.next(), send: try reader.next())
        default: throw reader.fault(.form(SourcePlan.Kind.self))
        }
    }

    func write(to writer: inout PositionalWriter) {
        switch self {
        case .statusFiles(let path):
            writer.put("statusFiles")
            writer.put(path)
        case .ndjson(let path):
            writer.put("ndjson")
            writer.put(path)
        case .junit(let path, let run):
            writer.put("junit")
            writer.put(path)
            writer.put(run)
        case .socket(let address, let send):
            writer.put("socket")
            writer.put(address)
            writer.put(send)
        }
    }
}

extension Runbook.Grant: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        role = try reader.next()
        members = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(role)
        writer.put(members)
    }
}

// Made by scripts/make-coding.py from the declarations; a test holds the one to the others.

extension HoldReport.Cause: Positional {}

extension BridgeReport.State: Positional {}

extension StepReport.State: Positional {}

extension Moment: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        at = try reader.next()
        entry = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(at)
        writer.put(entry)
    }
}

extension ServerReport.Patch: Positional {}

extension ServerReport.Reboot: Positional {}

extension ServerReport.Verify: Positional {}

extension ServerReport.Reach: Positional {}

extension ServerReport.Membership: Positional {}

extension ServerReport.Alerts: Positional {}

extension ReviewReport.Mark: Positional {}

extension TestsReport: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        total = try reader.next()
        passed = try reader.next()
        failed = try reader.next()
        errors = try reader.next()
        skipped = try reader.next()
        flaky = try reader.next()
        failures = try reader.next()
        runID = try reader.next()
        startedAt = try reader.next()
        finishedAt = try reader.next()
        url = try reader.next()
        detail = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(total)
        writer.put(passed)
        writer.put(failed)
        writer.put(errors)
        writer.put(skipped)
        writer.put(flaky)
        writer.put(failures)
        writer.put(runID)
        writer.put(startedAt)
        writer.put(finishedAt)
        writer.put(url)
        writer.put(detail)
    }
}

extension TestsReport.State: Positional {}

extension TestsReport.Failure: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        name = try reader.next()
        message = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(name)
        writer.put(message)
    }
}

extension PipelineReport: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        runID = try reader.next()
        startedAt = try reader.next()
        finishedAt = try reader.next()
        url = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(runID)
        writer.put(startedAt)
        writer.put(finishedAt)
        writer.put(url)
    }
}

extension PipelineReport.State: Positional {}

extension BatchReport: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        job = try reader.next()
        biller = try reader.next()
        demo = try reader.next()
        paymentType = try reader.next()
        module = try reader.next()
        scheduledAt = try reader.next()
        startedAt = try reader.next()
        endedAt = try reader.next()
        reason = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(job)
        writer.put(biller)
        writer.put(demo)
        writer.put(paymentType)
        writer.put(module)
        writer.put(scheduledAt)
        writer.put(startedAt)
        writer.put(endedAt)
        writer.put(reason)
    }
}

extension BatchReport.State: Positional {}

extension AlertReport: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        name = try reader.next()
        severity = try reader.next()
        server = try reader.next()
        biller = try reader.next()
        demo = try reader.next()
        summary = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(name)
        writer.put(severity)
        writer.put(server)
        writer.put(biller)
        writer.put(demo)
        writer.put(summary)
    }
}

extension AlertReport.State: Positional {}

extension MessageReport: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        text = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(text)
    }
}

extension MessageReport.State: Positional {}

extension ApprovalReport.Decision: Positional {}

extension LooseEndReport: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        state = try reader.next()
        what = try reader.next()
        note = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(state)
        writer.put(what)
        writer.put(note)
    }
}

extension LooseEndReport.State: Positional {}

extension RulingReport: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        value = try reader.next()
        reason = try reader.next()
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(value)
        writer.put(reason)
    }
}

extension SourceReport.State: Positional {}

extension EventType: Positional {}

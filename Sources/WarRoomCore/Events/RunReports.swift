/// The counts of one test run (docs/contract.md, warroom.tests and Test counts). A count that is `nil` is not known,
/// which is not 0.
package struct TestsReport: Hashable, Sendable {
    /// How far the run has come, and how it ended.
    package enum State: String, Sendable, CaseIterable { case running, passed, failed, interrupted }

    /// One case that failed.
    package struct Failure: Hashable, Sendable {
        /// The case's name, with its suite.
        package let name: String
        /// The first line of why it failed.
        package let message: String?

        /// A failed case and the first line of why.
        package init(name: String, message: String?) {
            self.name = name
            self.message = message
        }
    }

    /// How far it has come, or how it ended.
    package let state: State
    /// How many cases a whole run has.
    package let total: Int?
    /// How many cases passed.
    package let passed: Int?
    /// How many cases failed, errors included.
    package let failed: Int?
    /// How many cases ended in an error; ``failed`` has them too.
    let errors: Int?
    /// How many cases were left out.
    package let skipped: Int?
    /// How many cases passed only when they were tried again.
    package let flaky: Int?
    /// Failed cases by name; there may be more of them than are named.
    package let failures: [Failure]
    /// What the runner calls this run; a date in it tells of which night it is.
    package let runID: String?
    /// When it began, in bridge time.
    package let startedAt: Instant?
    /// When it ended, in bridge time.
    package let finishedAt: Instant?
    /// Where its report can be looked at.
    package let url: String?
    /// A remark: what is missing, or counted in another way.
    package let detail: String?

    /// A report to be sent; what is `nil` is left out of its data.
    package init(
        state: State, total: Int? = nil, passed: Int? = nil, failed: Int? = nil, errors: Int? = nil,
        skipped: Int? = nil, flaky: Int? = nil, failures: [Failure] = [], runID: String? = nil,
        startedAt: Instant? = nil, finishedAt: Instant? = nil, url: String? = nil, detail: String? = nil
    ) {
        self.state = state
        self.total = total
        self.passed = passed
        self.failed = failed
        self.errors = errors
        self.skipped = skipped
        self.flaky = flaky
        self.failures = failures
        self.runID = runID
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.url = url
        self.detail = detail
    }

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        total = try fields.count("total")
        passed = try fields.count("passed")
        failed = try fields.count("failed")
        errors = try fields.count("errors")
        skipped = try fields.count("skipped")
        flaky = try fields.count("flaky")
        runID = try fields.text("runID")
        startedAt = try fields.instant("startedAt")
        finishedAt = try fields.instant("finishedAt")
        url = try fields.text("url")
        detail = try fields.text("detail")
        var failures: [Failure] = []
        if let given = fields.object["failures"], given != .null {
            guard let list = given.array else { throw EventFault("'failures' must be a list") }
            for item in list {
                guard let name = item["name"]?.text else { throw EventFault("a failure needs a 'name'") }
                failures.append(Failure(name: name, message: item["message"]?.text))
            }
        }
        self.failures = failures
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let total { data["total"] = .number(total) }
        if let passed { data["passed"] = .number(passed) }
        if let failed { data["failed"] = .number(failed) }
        if let errors { data["errors"] = .number(errors) }
        if let skipped { data["skipped"] = .number(skipped) }
        if let flaky { data["flaky"] = .number(flaky) }
        if !failures.isEmpty {
            data["failures"] = .array(
                failures.map { .object(["name": .string($0.name), "message": .text($0.message)]) })
        }
        if let runID { data["runID"] = .string(runID) }
        if let startedAt { data["startedAt"] = .instant(startedAt) }
        if let finishedAt { data["finishedAt"] = .instant(finishedAt) }
        if let url { data["url"] = .string(url) }
        if let detail { data["detail"] = .string(detail) }
        return data
    }
}

/// How far a stage of a pipeline has come (docs/contract.md, warroom.pipeline).
package struct PipelineReport: Hashable, Sendable {
    /// How far a stage has come, and how it ended.
    package enum State: String, Sendable, CaseIterable { case waiting, running, succeeded, failed, canceled }

    /// How far it has come, or how it ended.
    package let state: State
    /// What the tool calls this run; a date in it tells of which night it is.
    let runID: String?
    /// When it began, in bridge time.
    let startedAt: Instant?
    /// When it ended, in bridge time.
    let finishedAt: Instant?
    /// Where the run can be looked at.
    let url: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        runID = try fields.text("runID")
        startedAt = try fields.instant("startedAt")
        finishedAt = try fields.instant("finishedAt")
        url = try fields.text("url")
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let runID { data["runID"] = .string(runID) }
        if let startedAt { data["startedAt"] = .instant(startedAt) }
        if let finishedAt { data["finishedAt"] = .instant(finishedAt) }
        if let url { data["url"] = .string(url) }
        return data
    }
}

/// One run of a batch-close job (docs/contract.md, warroom.batch). The office wants to know how many did not close
/// within their hour, by payment type and module.
package struct BatchReport: Hashable, Sendable {
    /// How far a run has come, and how it ended.
    package enum State: String, Sendable, CaseIterable { case waiting, running, closed, failed }

    /// How far it has come, or how it ended.
    package let state: State
    /// The job that runs, by the scheduler's name.
    package let job: String?
    /// The biller whose payments are closed.
    package let biller: String?
    /// Whether it is a demo biller's, which is counted apart.
    let demo: Bool
    /// The kind of payments, in the office's word.
    package let paymentType: String?
    /// The module that closes them, in the office's word.
    package let module: String?
    /// When it was to begin, in bridge time; its hour counts from here.
    package let scheduledAt: Instant?
    /// When it began, in bridge time.
    package let startedAt: Instant?
    /// When it ended, in bridge time.
    package let endedAt: Instant?
    /// Why it failed, in the scheduler's words.
    package let reason: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        job = try fields.text("job")
        biller = try fields.text("biller")
        demo = try fields.flag("demo") ?? false
        paymentType = try fields.text("paymentType")
        module = try fields.text("module")
        scheduledAt = try fields.instant("scheduledAt")
        startedAt = try fields.instant("startedAt")
        endedAt = try fields.instant("endedAt")
        reason = try fields.text("reason")
    }

    var data: JSON.Object {
        var data = JSON.Object(["state": .string(state.rawValue)])
        if let job { data["job"] = .string(job) }
        if let biller { data["biller"] = .string(biller) }
        if demo { data["demo"] = .bool(true) }
        if let paymentType { data["paymentType"] = .string(paymentType) }
        if let module { data["module"] = .string(module) }
        if let scheduledAt { data["scheduledAt"] = .instant(scheduledAt) }
        if let startedAt { data["startedAt"] = .instant(startedAt) }
        if let endedAt { data["endedAt"] = .instant(endedAt) }
        if let reason { data["reason"] = .string(reason) }
        return data
    }
}

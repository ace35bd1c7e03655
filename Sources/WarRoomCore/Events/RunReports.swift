/// The counts of one test run (CONTRACT 5, Test counts).
package struct TestsReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case running, passed, failed, interrupted }

    /// A failed case and the first line of why.
    package struct Failure: Hashable, Sendable, Codable {
        package let name: String
        package let message: String?

        package init(name: String, message: String?) {
            self.name = name
            self.message = message
        }
    }

    package let state: State
    let total: Int?
    package let passed: Int?
    /// Errors included.
    package let failed: Int?
    let errors: Int?
    package let skipped: Int?
    package let flaky: Int?
    package let failures: [Failure]
    package let runID: String?
    package let startedAt: Instant?
    package let finishedAt: Instant?
    package let url: String?
    /// A remark: what is missing, or counted in another way.
    package let detail: String?

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
        total = try fields.int("total")
        passed = try fields.int("passed")
        failed = try fields.int("failed")
        errors = try fields.int("errors")
        skipped = try fields.int("skipped")
        flaky = try fields.int("flaky")
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

package struct PipelineReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case waiting, running, succeeded, failed, canceled }
    package let state: State
    let runID: String?
    let startedAt: Instant?
    let finishedAt: Instant?
    let url: String?

    package init(
        state: State, runID: String? = nil, startedAt: Instant? = nil, finishedAt: Instant? = nil, url: String? = nil
    ) {
        self.state = state
        self.runID = runID
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.url = url
    }

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

/// One run of a batch-close job (S2-08, S2-23).
package struct BatchReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case waiting, running, closed, failed }
    package let state: State
    package let job: String?
    package let biller: String?
    let demo: Bool
    package let paymentType: String?
    package let module: String?
    package let scheduledAt: Instant?
    package let startedAt: Instant?
    package let endedAt: Instant?
    package let reason: String?

    package init(
        state: State, job: String? = nil, biller: String? = nil, demo: Bool = false, paymentType: String? = nil,
        module: String? = nil, scheduledAt: Instant? = nil, startedAt: Instant? = nil, endedAt: Instant? = nil,
        reason: String? = nil
    ) {
        self.state = state
        self.job = job
        self.biller = biller
        self.demo = demo
        self.paymentType = paymentType
        self.module = module
        self.scheduledAt = scheduledAt
        self.startedAt = startedAt
        self.endedAt = endedAt
        self.reason = reason
    }

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

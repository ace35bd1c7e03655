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
    package let total: Int?
    package let passed: Int?
    /// Errors included.
    package let failed: Int?
    package let errors: Int?
    package let skipped: Int?
    package let flaky: Int?
    package let failures: [Failure]
    package let runID: String?
    package let startedAt: Instant?
    package let finishedAt: Instant?
    package let url: String?

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
}

package struct PipelineReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case waiting, running, succeeded, failed, canceled }
    package let state: State
    package let runID: String?
    package let startedAt: Instant?
    package let finishedAt: Instant?
    package let url: String?

    init(_ fields: Fields) throws(EventFault) {
        state = try fields.needWord("state", State.self)
        runID = try fields.text("runID")
        startedAt = try fields.instant("startedAt")
        finishedAt = try fields.instant("finishedAt")
        url = try fields.text("url")
    }
}

/// One run of a batch-close job (S2-08, S2-23).
package struct BatchReport: Hashable, Sendable, Codable {
    package enum State: String, Sendable, Codable, CaseIterable { case waiting, running, closed, failed }
    package let state: State
    package let job: String?
    package let biller: String?
    package let demo: Bool
    package let paymentType: String?
    package let module: String?
    package let scheduledAt: Instant?
    package let startedAt: Instant?
    package let endedAt: Instant?
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
}

import WarRoomCore

/// Counts one report while expat walks through it: one pass, no tree, no recursion.
final class JUnitReader: XMLVisitor {
    /// One open element. Output and properties are ignored with all that is in them, so no secret leaves them.
    private enum Element { case suite, testcase, reason, ignored, other }

    /// One open suite, and what lies in it so far, its own suites included.
    private struct Suite {
        var name = ""
        var host = ""
        /// Failures and errors that it claims.
        var claimedFailures = 0
        var claimedTests = 0
        /// A failure or error that is the suite's own.
        var hasOwnFailure = false
        /// Cases and repetitions, which some writers count as cases.
        var units = 0
        /// What `units` would be if every claim were true.
        var expectedUnits = 0
        var failing = 0
        var isFlaky = false
    }

    private struct Case {
        let key: Key
        var failed = false
        var errored = false
        var skipped = false
        var isFlaky = false
        var reruns = 0
        var message: String?
    }

    private struct Key: Hashable {
        let host: String
        let file: String
        let classname: String
        let name: String
    }

    private enum Outcome { case passed, failed, errored, skipped }

    private struct Leaf {
        let name: String
        var outcome: Outcome
        var message: String?
        var isFlaky: Bool
    }

    private var elements: [Element] = []
    private var suites: [Suite] = []
    private var cases: [Case] = []
    private var leaves: [Leaf] = []
    private var places: [Key: Int] = [:]
    private var unattributed: [String] = []
    private var unattributedCount = 0
    private var missing = 0
    private var startedAt: Instant?
    private var messagesKept = 0
    /// The text of a failure that has no message attribute, while it is open.
    private var reasonText: [UInt8]?

    /// How long a name or a message may be, in bytes.
    private static let longestText = 500
    /// How many bytes of text are kept to find a first line in.
    private static let mostReasonText = 4096

    func read(_ bytes: [UInt8]) -> JUnitReport.Reading {
        switch XMLWalk.walk(bytes, depthLimit: SourceLimit.reportDepth, visitor: self) {
        case .wellFormed: .complete(report())
        case .cutShort(let reason): .incomplete(report(), reason: reason)
        case .refused(let reason): .unreadable(reason: reason)
        }
    }

    // MARK: Elements

    func begin(_ name: String, _ attributes: XMLAttributes) -> String? {
        if elements.isEmpty, name != "testsuites", name != "testsuite" {
            return "is no JUnit report: its root is '\(name.capped(40))'"
        }
        elements.append(open(name, attributes))
        return nil
    }

    /// Elements that no schema knows are looked into, so that what fails inside one is not lost.
    private func open(_ tag: String, _ attributes: XMLAttributes) -> Element {
        if elements.last == .ignored { return .ignored }
        switch tag {
        case "testsuites", "testsuite":
            openSuite(attributes)
            return .suite
        case "testcase":
            openCase(attributes)
            return .testcase
        case "failure", "error":
            return openReason(isFailure: tag == "failure", attributes)
        case "skipped" where !cases.isEmpty:
            cases[cases.count - 1].skipped = true
        case "flakyFailure", "flakyError", "rerunFailure", "rerunError":
            guard !cases.isEmpty else { return .ignored }
            cases[cases.count - 1].reruns += 1
            if tag.hasPrefix("flaky") { cases[cases.count - 1].isFlaky = true }
            return .ignored
        case "properties", "system-out", "system-err": return .ignored
        default: break
        }
        return .other
    }

    private func openReason(isFailure: Bool, _ attributes: XMLAttributes) -> Element {
        guard !cases.isEmpty else {
            if !suites.isEmpty { suites[suites.count - 1].hasOwnFailure = true }
            return .other
        }
        let last = cases.count - 1
        if isFailure { cases[last].failed = true } else { cases[last].errored = true }
        // The first reason is the one to show; with thousands of failures most are never shown.
        if cases[last].message == nil, messagesKept < 20 * SourceLimit.namedFailures {
            messagesKept += 1
            cases[last].message = attributes["message"].flatMap { JUnitReader.firstLine(Array($0.utf8)) }
            reasonText = cases[last].message == nil ? [] : nil
        }
        return .reason
    }

    private func openSuite(_ attributes: XMLAttributes) {
        var suite = Suite()
        suite.name = (attributes["name"] ?? suites.last?.name ?? "").capped(JUnitReader.longestText)
        suite.host = (attributes["hostname"] ?? suites.last?.host ?? "").capped(JUnitReader.longestText)
        suite.claimedFailures = attributes.count("failures") + attributes.count("errors")
        suite.claimedTests = attributes.count("tests")
        suites.append(suite)
        if let started = attributes["timestamp"].flatMap({ Instant(rfc3339: $0) }) {
            startedAt = min(startedAt ?? started, started)
        }
    }

    /// A case without a class belongs to its suite. The key holds the suite's host too: where a report has a suite for
    /// each browser or machine, a case that fails on one is not mended by passing on the other.
    private func openCase(_ attributes: XMLAttributes) {
        let suite = suites.last ?? Suite()
        let key = Key(
            host: suite.host, file: JUnitReader.keyText(attributes["file"] ?? ""),
            classname: JUnitReader.keyText(attributes["classname"] ?? suite.name),
            name: JUnitReader.keyText(attributes["name"] ?? ""))
        var opened = Case(key: key)
        switch attributes["status"] {
        case "fail", "failed", "failure": opened.failed = true
        case "error": opened.errored = true
        case "notrun", "disabled", "ignored", "skipped": opened.skipped = true
        default: break
        }
        cases.append(opened)
    }

    func end() -> String? {
        switch elements.popLast() {
        case .suite: closeSuite()
        case .testcase: closeCase()
        case .reason: closeReason()
        case .ignored, .other, .none: break
        }
        return leaves.count > SourceLimit.reportCases ? "has more than \(SourceLimit.reportCases) cases" : nil
    }

    private func closeReason() {
        if let reasonText, !cases.isEmpty { cases[cases.count - 1].message = JUnitReader.firstLine(reasonText) }
        reasonText = nil
    }

    private func closeCase() {
        guard let closed = cases.popLast() else { return }
        // A case may be both skipped and failed, as a "todo" that fails. It has failed.
        let outcome: Outcome =
            closed.failed ? .failed : closed.errored ? .errored : closed.skipped ? .skipped : .passed
        let isRepeated = places[closed.key] != nil
        if !suites.isEmpty {
            let last = suites.count - 1
            suites[last].units += 1 + closed.reruns
            suites[last].expectedUnits += 1 + closed.reruns
            if outcome == .failed || outcome == .errored { suites[last].failing += 1 }
            if closed.isFlaky || isRepeated { suites[last].isFlaky = true }
        }
        if let place = places[closed.key] {
            leaves[place].isFlaky = true
            let hadFailed = leaves[place].outcome == .failed || leaves[place].outcome == .errored
            // A skip takes no failure back.
            if outcome == .skipped, hadFailed { return }
            leaves[place].outcome = outcome
            leaves[place].message = closed.message
            return
        }
        places[closed.key] = leaves.count
        let name = closed.key.name.isEmpty ? "(a case without a name)" : closed.key.name
        leaves.append(
            Leaf(
                name: (closed.key.classname.isEmpty ? name : "\(closed.key.classname).\(name)")
                    .capped(JUnitReader.longestText),
                outcome: outcome, message: closed.message, isFlaky: closed.isFlaky))
    }

    private func closeSuite() {
        guard var closed = suites.popLast() else { return }
        let isUnexplained = closed.claimedFailures > 0 && !closed.isFlaky
        if closed.failing == 0, closed.hasOwnFailure || isUnexplained {
            unattributedCount += 1
            closed.failing = 1
            if unattributed.count < SourceLimit.namedFailures {
                unattributed.append("unattributed failure in \(closed.name.isEmpty ? "a suite" : closed.name)")
            }
        }
        closed.expectedUnits = max(closed.expectedUnits, closed.claimedTests)
        guard !suites.isEmpty else {
            missing = closed.expectedUnits - closed.units
            return
        }
        // A parent's own claim is the sum of its children's, or should be: it is compared, never added.
        let last = suites.count - 1
        suites[last].units += closed.units
        suites[last].expectedUnits += closed.expectedUnits
        suites[last].failing += closed.failing
        suites[last].isFlaky = suites[last].isFlaky || closed.isFlaky
    }

    func text(_ bytes: UnsafeRawBufferPointer) {
        guard elements.last == .reason, let count = reasonText?.count, count < JUnitReader.mostReasonText else {
            return
        }
        reasonText?.append(contentsOf: bytes.prefix(JUnitReader.mostReasonText))
    }

    // MARK: The answer

    private func report() -> JUnitReport {
        var report = JUnitReport()
        report.total = leaves.count
        for leaf in leaves {
            switch leaf.outcome {
            case .passed: report.passed += 1
            case .failed: report.failed += 1
            case .skipped: report.skipped += 1
            case .errored:
                report.failed += 1
                report.errors += 1
            }
            if leaf.isFlaky { report.flaky += 1 }
            let hasFailed = leaf.outcome == .failed || leaf.outcome == .errored
            if hasFailed, report.failures.count < SourceLimit.namedFailures {
                report.failures.append(TestsReport.Failure(name: leaf.name, message: leaf.message))
            }
        }
        report.unattributed = unattributedCount
        report.missing = missing
        report.startedAt = startedAt
        for name in unattributed where report.failures.count < SourceLimit.namedFailures {
            report.failures.append(TestsReport.Failure(name: name, message: nil))
        }
        return report
    }

    // MARK: Texts

    /// A text to tell cases apart by, of bounded length.
    private static func keyText(_ text: String) -> String {
        guard text.utf8.count > longestText else { return text }
        return text.capped(longestText) + "#" + String(contentHash(text.utf8), radix: 16)
    }

    private static func firstLine(_ text: [UInt8]) -> String? {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 }
        let lines = text.split { $0 == 0x0A || $0 == 0x0D }
        guard let line = lines.first(where: { !$0.allSatisfy(isBlank) }) else { return nil }
        return String(decoding: line.drop(while: isBlank), as: UTF8.self).capped(longestText)
    }
}

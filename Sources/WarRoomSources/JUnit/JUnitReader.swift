import WarRoomCore

/// Counts one report while expat walks through it: one pass, no tree, no recursion.
final class JUnitReader: XMLVisitor {
    /// One open element. Output and properties are ignored with all that is in them, so no secret leaves them.
    private enum Element { case suite, testcase, reason, ignored, other }

    /// One open suite, and what lies in it so far, its own suites included.
    private struct Suite {
        var name = ""
        /// Which of the report's suites it is; two of one name are two.
        var number = 0
        /// Failures and errors that it claims.
        var claimedFailures = 0
        var claimedTests = 0
        /// It says of itself that nothing failed: `failures="0" errors="0"`.
        var saysGreen = false
        /// A failure or error that is the suite's own.
        var hasOwnFailure = false
        /// Cases and repetitions, which some writers count as cases.
        var units = 0
        /// What `units` would be if every claim were true.
        var expectedUnits = 0
        var failing = 0
        /// Its cases that occurred again, by their place, each with all its occurrences.
        var again: [Int: [Leaf]] = [:]
        var isFlaky = false
        /// How many of what it claims besides its cases is something else, such as subtests or assertions.
        var otherwise = 0
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

    /// Who a case is. The same check in another suite, or with another row of data, is another case.
    private struct Key: Hashable {
        let suite: Int
        let file: String
        let classname: String
        let name: String
        let row: String
    }

    private enum Outcome { case passed, failed, errored, skipped }

    private struct Leaf {
        let name: String
        /// The suite's number.
        let suite: Int
        var outcome: Outcome
        var message: String?
        var isFlaky: Bool
        var hasFailed: Bool { outcome == .failed || outcome == .errored }
    }

    private var elements: [Element] = []
    private var suites: [Suite] = []
    private var cases: [Case] = []
    private var leaves: [Leaf] = []
    private var places: [Key: Int] = [:]
    private var suiteNames: [String] = []
    private var unattributed: [String] = []
    private var unattributedCount = 0
    private var missing = 0
    private var otherwise = 0
    /// Whether this is some other program's text.
    private var isForeign = false
    private var startedAt: Instant?
    private var messagesKept = 0
    /// The text of a failure that has no message attribute, while it is open.
    private var reasonText: [UInt8]?

    /// How long a name or a message may be, in bytes.
    private static let longestText = 500
    /// How many bytes of text are kept to find a first line in.
    private static let mostReasonText = 4096

    /// Reads a report; `mayMend`: it was refused for a character that XML does not have.
    func read(_ bytes: [UInt8]) -> (reading: JUnitReport.Reading, mayMend: Bool) {
        switch XMLWalk.walk(bytes, depthLimit: SourceLimit.reportDepth, visitor: self) {
        case .wellFormed: return (.complete(report()), false)
        case .cutShort(let reason): return (.incomplete(report(), reason: reason), false)
        case .badCharacter(let reason): return (.unreadable(reason: reason), true)
        case .refused(let reason):
            // Only a text in which no suite can be is somebody else's.
            let isForeign = isForeign && !bytes.contains(JUnitReader.suiteTag)
            return (isForeign ? .foreign(reason: reason) : .unreadable(reason: reason), false)
        }
    }

    private static let suiteTag = Array("<testsuite".utf8)

    // MARK: Elements

    func begin(_ name: String, _ attributes: XMLAttributes) -> String? {
        if elements.isEmpty, name != "testsuites", name != "testsuite" {
            isForeign = true
            return "is no JUnit report: its root is '\(name.capped(40))'"
        }
        elements.append(open(name, attributes))
        return nil
    }

    func beginDoctype(_ name: String) { isForeign = name != "testsuites" && name != "testsuite" }

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
        suite.number = suiteNames.count
        suiteNames.append(suite.name)
        suite.saysGreen = attributes["failures"] == "0" && attributes["errors"] == "0"
        suite.claimedFailures = attributes.count("failures") + attributes.count("errors")
        suite.claimedTests = attributes.count("tests")
        suites.append(suite)
        if let started = attributes["timestamp"].flatMap({ Instant(rfc3339: $0) }) {
            startedAt = min(startedAt ?? started, started)
        }
    }

    /// What tells the rows of a data provider apart where their names do not.
    private static let rowAttributes = [
        "row", "value_param", "type_param", "parameters", "params", "dataset", "data-set", "data", "iteration", "index",
    ]

    /// A case without a class belongs to its suite. Where a report has a suite for each request, browser or machine, a
    /// case that fails in one is not mended by passing in another.
    private func openCase(_ attributes: XMLAttributes) {
        let suite = suites.last ?? Suite()
        let row = JUnitReader.rowAttributes.compactMap { attributes[$0] }.joined(separator: ", ")
        let key = Key(
            suite: suite.number, file: JUnitReader.keyText(attributes["file"] ?? ""),
            classname: JUnitReader.keyText(attributes["classname"] ?? suite.name),
            name: JUnitReader.keyText(attributes["name"] ?? ""), row: JUnitReader.keyText(row))
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
        var name = closed.key.name.isEmpty ? "(a case without a name)" : closed.key.name
        if !closed.key.row.isEmpty { name += " [\(closed.key.row)]" }
        let leaf = Leaf(
            name: (closed.key.classname.isEmpty ? name : "\(closed.key.classname).\(name)")
                .capped(JUnitReader.longestText),
            suite: closed.key.suite, outcome: outcome, message: closed.message, isFlaky: closed.isFlaky)
        guard let place = places[closed.key] else {
            places[closed.key] = leaves.count
            leaves.append(leaf)
            return
        }
        if !suites.isEmpty { suites[suites.count - 1].again[place, default: [leaves[place]]].append(leaf) }
        leaves[place].isFlaky = true
        // A skip takes no failure back.
        if outcome == .skipped, leaves[place].hasFailed { return }
        leaves[place].outcome = outcome
        leaves[place].message = closed.message
    }

    /// Nobody tries again what has passed. Where a case comes again after it passed, its occurrences are rows of data,
    /// and none of them takes back the failure of another.
    private func tellRows(of suite: Suite) {
        for (place, all) in suite.again {
            guard !leaves[place].hasFailed, all.contains(where: \.hasFailed),
                all.dropLast().contains(where: { $0.outcome == .passed })
            else { continue }
            leaves[place] = all[0]
            leaves += all.dropFirst()
        }
    }

    private func closeSuite() {
        guard var closed = suites.popLast() else { return }
        tellRows(of: closed)
        let isUnexplained = closed.claimedFailures > 0 && !closed.isFlaky
        if closed.failing == 0, closed.hasOwnFailure || isUnexplained {
            unattributedCount += 1
            closed.failing = 1
            if unattributed.count < SourceLimit.namedFailures {
                unattributed.append("unattributed failure in \(closed.name.isEmpty ? "a suite" : closed.name)")
            }
        }
        let excess = closed.claimedTests - closed.expectedUnits
        if excess > 0 {
            // A whole report whose suite is green has lost nothing: its writer counts something else than cases.
            if closed.saysGreen, closed.failing == 0 { closed.otherwise += excess }
            closed.expectedUnits = closed.claimedTests
        }
        guard !suites.isEmpty else {
            otherwise = leaves.isEmpty ? 0 : closed.otherwise
            missing = closed.expectedUnits - closed.units - otherwise
            return
        }
        // A parent's own claim is the sum of its children's, or should be: it is compared, never added.
        let last = suites.count - 1
        suites[last].units += closed.units
        suites[last].expectedUnits += closed.expectedUnits
        suites[last].failing += closed.failing
        suites[last].otherwise += closed.otherwise
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
        let names = ambiguousNames()
        for leaf in leaves {
            switch leaf.outcome {
            case .passed: report.passed += 1
            case .failed: report.failed += 1
            case .skipped: report.skipped += 1
            case .errored:
                report.failed += 1
                report.errors += 1
            }
            if leaf.isFlaky {
                report.flaky += 1
                if !leaf.hasFailed { report.retried.append(leaf.name) }
            }
            if leaf.hasFailed, report.failures.count < SourceLimit.namedFailures {
                report.failures.append(TestsReport.Failure(name: shownName(leaf, names), message: leaf.message))
            }
        }
        report.cases = Set(
            places.keys.map { key in
                let suite = suiteNames.indices.contains(key.suite) ? suiteNames[key.suite] : ""
                return contentHash("\(suite)\0\(key.file)\0\(key.classname)\0\(key.name)\0\(key.row)".utf8)
            })
        report.unattributed = unattributedCount
        report.missing = missing
        report.otherwise = otherwise
        report.startedAt = startedAt
        for name in unattributed where report.failures.count < SourceLimit.namedFailures {
            report.failures.append(TestsReport.Failure(name: name, message: nil))
        }
        return report
    }

    /// Names that several cases have, of which one failed.
    private func ambiguousNames() -> Set<String> {
        var counts: [String: Int] = [:]
        for leaf in leaves where leaf.hasFailed { counts[leaf.name] = 0 }
        guard !counts.isEmpty else { return [] }
        for leaf in leaves { if let count = counts[leaf.name] { counts[leaf.name] = count + 1 } }
        return Set(counts.filter { $0.value > 1 }.keys)
    }

    /// A failed case's name, with its suite's where the name alone does not say which it is.
    private func shownName(_ leaf: Leaf, _ ambiguous: Set<String>) -> String {
        guard ambiguous.contains(leaf.name), suiteNames.indices.contains(leaf.suite) else { return leaf.name }
        let suite = suiteNames[leaf.suite]
        return suite.isEmpty || leaf.name.hasPrefix(suite)
            ? leaf.name : "\(suite): \(leaf.name)".capped(JUnitReader.longestText)
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

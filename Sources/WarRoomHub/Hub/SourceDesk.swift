import OrderedCollections
package import WarRoomCore

/// What the hub keeps of one source: its state, its last confirmation, and the last it said of each subject. So only
/// what changes is journalled (docs/contract.md, Sources). A value: looks and times in, news out.
package struct SourceDesk: Sendable {
    /// What became of a look: events for the journal, and transitions of the source itself.
    package struct News: Sendable, Hashable {
        /// The events that say something new, whole and ready for the journal.
        package var events: [JSON] = []
        /// What became of the source itself, in order.
        package var transitions: [SourceReport] = []
    }

    /// What the runbook says of the source.
    let plan: SourcePlan
    /// Bridge time of the last good content; `nil` before the first.
    package private(set) var lastGood: Instant?
    private var state = SourceReport.State.neverSeen
    private var reason: String?
    private var isConfirmedAnew = false
    /// What is wrong with a part of it, as the last look had it.
    private var partTrouble: String?
    /// Whether it is heard on what is not stale, although it is not current.
    private var isInPart = false
    /// The wall time behind `lastGood`. It is mapped once: a clock that is set afterwards makes nothing older or
    /// younger.
    private var asOf: Instant?
    /// How many looks in a row met trouble. A reader may meet a writer once, so only trouble that stays is news.
    private var looksInTrouble = 0
    /// What it says, and what of that is in the journal.
    private var words: SourceWords
    /// Whether the clock was set since the last look, and files were given other times with it.
    private var isSpared = false
    /// What the hub said of the source and could not keep; `nil` where all of it is in the journal or on its way.
    private var untold: (stale: Set<String>, fresh: Set<String>)?

    /// The desk of a source that was never seen.
    package init(_ plan: SourcePlan) {
        self.plan = plan
        words = SourceWords(plan)
    }

    /// An event of the source's is in the journal, now or from an earlier run of the hub. Only then was it said.
    package mutating func took(_ event: Event) { words.took(event.json) }

    /// What of it is in the journal, as JSON.
    var taken: JSON { words.allTaken }

    /// Takes what another desk of this source had taken.
    mutating func took(all taken: JSON) { words.took(all: taken) }

    /// An event was refused, and so never said.
    package mutating func wasRefused(_ event: JSON) { words.wasRefused(event) }

    /// An event could not be kept, and so was never said.
    package mutating func wasLost(_ event: JSON) { words.wasLost(event) }

    /// What became of the source could not be kept: it is said again, with the next look or the next second.
    package mutating func wasLost(_ report: SourceReport) {
        var untold = untold ?? ([], [])
        untold.stale = untold.stale.subtracting(report.fresh).union(report.stale)
        untold.fresh = untold.fresh.subtracting(report.stale).union(report.fresh)
        self.untold = untold
    }

    /// An event stands in the journal from before it was read anew.
    mutating func wasKnown(_ event: JSON) { words.wasKnown(event) }

    /// The clock was set: what is then found with another time and the same content was not written.
    package mutating func clockWasSet() { isSpared = true }

    /// Takes a look that saw something, at the bridge time `now`; `clock` maps the wall time of files. Returns what is
    /// new.
    package mutating func take(_ look: Look, clock: Clock, now: Instant) -> News {
        var news = News()
        let found = look.findings.map { (event: complete($0, clock: clock), rest: $0.rest) }
        news.events = words.take(found, look.rests, now: now, isSpared: isSpared) { clock.bridgeTime(wall: $0) }
        let isWritten = look.isWritten && !isSpared
        isSpared = false
        if let asOf = look.asOf, asOf != self.asOf || isWritten {
            self.asOf = asOf
            let good = isWritten ? now : min(clock.bridgeTime(wall: asOf), now)
            if good != lastGood {
                lastGood = good
                isConfirmedAnew = true
            }
        }
        looksInTrouble = look.trouble == nil ? 0 : looksInTrouble + 1
        let trouble = looksInTrouble > 1 || lastGood == nil ? look.trouble : nil
        if let trouble, !words.hasGoodFile {
            news.transitions += fallSilent(.unreadable, trouble)
        } else if lastGood != nil, look.trouble == nil || words.hasGoodFile {
            news.transitions += judge(trouble, now: now)
        }
        return news
    }

    /// What becomes of a source that can be read, if only in part: it may be too old, or stale on some of its subjects.
    private mutating func judge(_ trouble: String?, now: Instant) -> [SourceReport] {
        if isTooOld(now) { return fallSilent(.stale, staleReason) }
        let (stale, fresh) = words.freshness(now: now)
        let remarks = [trouble].compactMap { $0 } + words.remarks(limit: limitText)
        let reason = remarks.isEmpty ? nil : remarks.joined(separator: "; ")
        partTrouble = trouble
        return move(
            to: trouble != nil || words.isDeserted ? .unreadable : .current, reason, stale: stale, fresh: fresh,
            isInPart: trouble != nil)
    }

    /// Nothing that it said and that has not ended counts any more.
    private mutating func fallSilent(_ state: SourceReport.State, _ reason: String) -> [SourceReport] {
        let (stale, fresh) = words.silence()
        return move(to: state, reason, stale: stale, fresh: fresh)
    }

    /// Takes a look that could not read anything. Returns what is new.
    package mutating func take(_ fault: SourceFault) -> News {
        looksInTrouble += 1
        // What has never been there is not broken: it is not there yet.
        let isEarly = fault.isAbsent && lastGood == nil
        return News(
            transitions: isEarly ? move(to: .neverSeen, fault.reason) : fallSilent(.unreadable, fault.reason))
    }

    /// When it, or its word on something, grows stale by time alone; `nil` where it is not current, or never does.
    var expiry: Instant? {
        guard state == .current || isInPart, let limit = plan.staleAfter, let lastGood else { return nil }
        return [lastGood + limit, words.expiry].compactMap { $0 }.min()
    }

    /// Whether a look brings something younger than what is known.
    func isYounger(_ look: Look) -> Bool { look.asOf.map { $0 != asOf || look.isWritten } ?? false }

    /// Takes note of bridge time, and of what became of what was sent; `nil` where nothing changes by it.
    package mutating func age(now: Instant) -> News? {
        if untold != nil { return News(transitions: move(to: state, reason, isInPart: isInPart)) }
        guard state == .current || isInPart || words.isDeserted, lastGood != nil else { return nil }
        let transitions = judge(partTrouble, now: now)
        return transitions.isEmpty ? nil : News(transitions: transitions)
    }

    /// Bridge time of the last good content, if that has not been asked for yet.
    package mutating func takeConfirmation() -> Instant? {
        defer { isConfirmedAnew = false }
        return isConfirmedAnew ? lastGood : nil
    }

    private func isTooOld(_ now: Instant) -> Bool {
        guard let limit = plan.staleAfter, let lastGood else { return false }
        return now - lastGood > limit
    }

    private var limitText: String { plan.staleAfter?.written ?? "its limit" }
    private var staleReason: String { "nothing new for more than \(limitText)" }

    private mutating func move(
        to state: SourceReport.State, _ reason: String?, stale: [String] = [], fresh: [String] = [],
        isInPart: Bool = false
    ) -> [SourceReport] {
        let most = SourceReport.mostSubjects
        // Another reason is no news while the source cannot be read at all: many only count on.
        let isCounting = state == self.state && state == .unreadable && self.reason != nil
        let isNew = state != self.state || isInPart != self.isInPart || (reason != self.reason && !isCounting)
        self.isInPart = isInPart
        self.state = state
        self.reason = reason
        let isUntold = untold != nil
        var (stale, fresh) = (stale, fresh)
        if let untold {
            let (newlyStale, newlyFresh) = (Set(stale), Set(fresh))
            stale = untold.stale.subtracting(newlyFresh).union(newlyStale).sorted()
            fresh = untold.fresh.subtracting(newlyStale).union(newlyFresh).sorted()
            self.untold = nil
        }
        guard isNew || isUntold || !stale.isEmpty || !fresh.isEmpty else { return [] }
        let reports = max(1, (max(stale.count, fresh.count) + most - 1) / most)
        return (0..<reports).map { number in
            SourceReport(
                state: state, reason: reason, lastGood: lastGood,
                stale: Array(stale.dropFirst(number * most).prefix(most)),
                fresh: Array(fresh.dropFirst(number * most).prefix(most)), isInPart: isInPart)
        }
    }

    /// Fills in what a status file may leave out (docs/contract.md, Sources).
    private func complete(_ finding: Finding, clock: Clock) -> JSON {
        guard case .object(var object) = finding.event else { return finding.event }
        if object["specversion"] == nil { object["specversion"] = "1.0" }
        if object["id"] == nil { object["id"] = .string(finding.fallbackID) }
        if object["source"] == nil { object["source"] = .string(plan.id) }
        if object["time"] == nil, let wallTime = finding.wallTime {
            object["time"] = .instant(clock.bridgeTime(wall: wallTime))
        }
        return .object(object)
    }
}

extension SourceDesk {
    /// A desk for each source of a runbook; that of one that is as it was before stays.
    static func desks(
        for runbook: Runbook, _ before: Runbook?, _ desks: [String: SourceDesk]
    ) -> [String: SourceDesk] {
        var following: [String: SourceDesk] = [:]
        for plan in runbook.sources.values {
            let isAsItWas = before?.sources[plan.id] == plan
            following[plan.id] = isAsItWas ? desks[plan.id] ?? SourceDesk(plan) : SourceDesk(plan)
        }
        return following
    }
}

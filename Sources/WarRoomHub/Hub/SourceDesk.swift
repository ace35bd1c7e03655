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
    /// The wall time behind `lastGood`. It is mapped once: a clock that is set afterwards makes nothing older or
    /// younger.
    private var asOf: Instant?
    /// How many looks in a row met trouble. A reader may meet a writer once, so only trouble that stays is news.
    private var looksInTrouble = 0
    /// The data last reported, by type and subject.
    private var said: [String: JSON] = [:]

    /// The desk of a source that was never seen.
    package init(_ plan: SourcePlan) { self.plan = plan }

    /// Takes up what an earlier run of the hub has journalled.
    mutating func remember(_ event: Event) { said["\(event.type.rawValue) \(event.subject)"] = event.json["data"] }

    /// Takes a look that saw something, at the bridge time `now`; `clock` maps the wall time of files. Returns what is
    /// new.
    package mutating func take(_ look: Look, clock: Clock, now: Instant) -> News {
        var news = News()
        for finding in look.findings {
            let event = complete(finding, clock: clock)
            let key = "\(event["type"]?.text ?? "") \(event["subject"]?.text ?? "")"
            guard said[key] == nil || said[key] != event["data"] else { continue }
            said[key] = event["data"]
            news.events.append(event)
        }
        if let asOf = look.asOf, asOf != self.asOf {
            self.asOf = asOf
            let good = min(clock.bridgeTime(wall: asOf), now)
            if good != lastGood {
                lastGood = good
                isConfirmedAnew = true
            }
        }
        if let trouble = look.trouble {
            looksInTrouble += 1
            if looksInTrouble > 1 || lastGood == nil { news.transitions += move(to: .unreadable, trouble) }
        } else if lastGood != nil {
            looksInTrouble = 0
            news.transitions += isTooOld(now) ? move(to: .stale, staleReason) : move(to: .current, nil)
        }
        return news
    }

    /// Takes a look that could not read anything. Returns what is new.
    package mutating func take(_ fault: SourceFault) -> News {
        looksInTrouble += 1
        // What has never been there is not broken: it is not there yet.
        let isEarly = fault.isAbsent && lastGood == nil
        return News(transitions: move(to: isEarly ? .neverSeen : .unreadable, fault.reason))
    }

    /// When it grows stale by time alone; `nil` where it is not current, or never grows stale.
    var expiry: Instant? {
        guard state == .current, let limit = plan.staleAfter, let lastGood else { return nil }
        return lastGood + limit
    }

    /// Whether a look brings something younger than what is known.
    func isYounger(_ look: Look) -> Bool { look.asOf.map { $0 != asOf } ?? false }

    /// Takes note of bridge time alone; `nil` where nothing changes by it.
    package mutating func age(now: Instant) -> News? {
        guard state == .current, isTooOld(now) else { return nil }
        return News(transitions: move(to: .stale, staleReason))
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

    private var staleReason: String { "nothing new for more than \(plan.staleAfter?.written ?? "its limit")" }

    private mutating func move(to state: SourceReport.State, _ reason: String?) -> [SourceReport] {
        guard state != self.state || reason != self.reason else { return [] }
        // Another reason is no news while the state is the same: many only count on.
        if state == self.state, state == .unreadable, self.reason != nil {
            self.reason = reason
            return []
        }
        self.state = state
        self.reason = reason
        return [SourceReport(state: state, reason: reason, lastGood: lastGood)]
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

import OrderedCollections

// What was heard from outside, and what it turned out to be.
extension Bridge {
    mutating func takeHeard(_ report: HeardReport, _ entry: Entry) {
        // A rehearsal's id and the night's are one subject: whoever names neither means this night.
        let subject = entry.event.subject == runbook.bridgeID ? id : entry.event.subject
        heard[entry.number] = Heard(
            entry: entry.number, subject: subject, text: report.text, from: report.from, by: entry.by, at: entry.at)
    }

    mutating func takeLooked(_ report: LookedReport, _ entry: Entry) {
        setLooked(Looked(was: report.was, by: entry.by, at: entry.at, entry: entry.number), at: entry.event.subject)
    }

    /// What was said of what `heard/N` or `alert/FINGERPRINT` was.
    func looked(at subject: String) -> Looked? {
        if let number = Heard.entry(of: subject) { return heard[number]?.looked }
        return Bridge.alert(of: subject).flatMap { lookedAlerts[$0] }
    }

    mutating func setLooked(_ looked: Looked?, at subject: String) {
        if let number = Heard.entry(of: subject) {
            heard[number]?.looked = looked
        } else if let alert = Bridge.alert(of: subject) {
            lookedAlerts[alert] = looked
        }
    }

    /// The fingerprint in `alert/FINGERPRINT`.
    static func alert(of subject: String) -> String? {
        subject.hasPrefix("alert/") ? String(subject.dropFirst(6)) : nil
    }

    /// Takes note of an alert that begins to fire, or has ended. One that fires again has begun anew.
    mutating func noteFiring(_ alert: String, _ entry: Entry) {
        let isFiring = alerts[alert]?.latest?.value.state == .firing
        if isFiring, firing[alert] == nil { firing[alert] = Moment(at: entry.at, entry: entry.number) }
        if !isFiring { firing[alert] = nil }
    }

    // MARK: Admission

    /// Why a name cannot be what something heard is about: a misspelt one would make three callers on one thing look
    /// like three on three things.
    func refusal(ofHeardOn subject: String) -> String? {
        if knows(subject) { return nil }
        let near = runbook.names.filter { $0.lowercased().holds(subject.lowercased()) }.listed()
        return "nothing of this night is called '\(CleanText.quoted(subject))': name a step, server, wave, pool, gate, "
            + "test run or BOARD/TEAM of it, or nothing for the night itself"
            + (near.isEmpty ? "" : "; near it: \(CleanText.quoted(near))")
    }

    /// Whether a subject is something of this night: the bridge itself, what the runbook names, or a check that was
    /// added.
    package func knows(_ subject: String) -> Bool {
        subject == id || subject == runbook.bridgeID || runbook.serverName(for: subject) != nil
            || runbook.isNamed(subject) || Runbook.CheckPath(subject).map { addedChecks[$0] != nil } ?? false
    }

    /// Why nobody can have looked at a subject. What it was may be said anew: the later word holds.
    func refusal(ofLookedAt event: Event) -> String? {
        let name = CleanText.quoted(event.subject)
        if runbook.sources[event.source] != nil { return "what it was is said by a person" }
        if let number = Heard.entry(of: event.subject) {
            guard let heard = heard[number] else { return "entry \(number) is nothing that was heard; \(lookable)" }
            return heard.undoneBy.map { "\(name) was taken back by entry \($0)" }
        }
        guard let alert = Bridge.alert(of: event.subject) else {
            return "'\(name)' is not heard/N or alert/FINGERPRINT; \(lookable)"
        }
        return alerts[alert] == nil ? "there is no alert '\(CleanText.quoted(alert))'; \(lookable)" : nil
    }

    private var lookable: String {
        let names = HeardFacts(self).names
        guard !names.isEmpty else { return "nothing waits for a look" }
        return "these wait for a look: \(CleanText.quoted(names.listed(upTo: 8)))"
    }
}

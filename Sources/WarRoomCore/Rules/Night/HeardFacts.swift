import OrderedCollections

/// What was heard from outside, and the alerts that fire: who has looked, and at what nobody has. Each of these stays
/// in sight and holds the close until somebody has said what it was.
package struct HeardFacts: Hashable, Sendable {
    /// An alert that fires, and at which nobody has looked since it began to. A demo biller's is none: nobody acts on
    /// it. One that is over holds nothing any more.
    package struct Alert: Hashable, Sendable {
        /// Its fingerprint.
        package let fingerprint: String
        /// Its rule and its server or biller in a few words, raw.
        package let words: String
        /// Since when it fires, in bridge time.
        package let since: Instant

        /// What it is called where somebody says what it was: `alert/FINGERPRINT`.
        package var name: String { "alert/\(fingerprint)" }
    }

    /// An alert of which anything was said on this night, over or not, whether anybody must look at it or not.
    package struct Came: Hashable, Sendable {
        /// Its fingerprint.
        package let fingerprint: String
        /// Its rule and its server or biller in a few words, raw.
        package let words: String
        /// Whether it fires.
        package let isFiring: Bool
        /// Since when it fires, or since when it is over, in bridge time.
        package let since: Instant
        /// What it was, and who has looked; `nil`: nobody has since it began.
        package let looked: Looked?
        /// Whether it is a demo biller's, on which nobody acts.
        package let isDemo: Bool

        /// Whether somebody must look at it.
        package var waits: Bool { isFiring && looked == nil && !isDemo }
    }

    /// All that was heard and not taken back, the oldest first.
    package let all: [Heard]
    /// What of it nobody has looked at.
    package let open: [Heard]
    /// The alerts at which nobody has looked, the oldest first.
    package let alerts: [Alert]

    /// All alerts of which anything was said, in the order in which they were first heard of.
    package let came: [Came]

    /// What waits for a look, by name.
    package var names: [String] { open.map(\.name) + alerts.map(\.name) }

    init(_ bridge: Bridge) {
        all = bridge.heard.values.filter { $0.undoneBy == nil }.sorted { ($0.at, $0.entry) < ($1.at, $1.entry) }
        open = all.filter { $0.looked == nil }
        alerts = bridge.firing.sorted { $0.value < $1.value }.compactMap { alert, began in
            guard let report = bridge.alerts[alert]?.latest?.value, !report.demo else { return nil }
            if let looked = bridge.lookedAlerts[alert], looked.entry > began.entry { return nil }
            return Alert(fingerprint: alert, words: report.words ?? alert, since: began.at)
        }
        came = bridge.alerts.compactMap { alert, claims in
            guard let claim = claims.latest else { return nil }
            let began = bridge.firing[alert]
            let looked = bridge.lookedAlerts[alert].flatMap { $0.entry > began?.entry ?? 0 ? $0 : nil }
            return Came(
                fingerprint: alert, words: claim.value.words ?? alert, isFiring: began != nil,
                since: began?.at ?? claim.since, looked: looked, isDemo: claim.value.demo)
        }
    }

    /// How many on one subject are a trouble.
    private static let several = 3

    /// The subjects of which several people have told, with what nobody has looked at of it, the oldest first.
    var crowded: OrderedDictionary<String, [Heard]> {
        OrderedDictionary(grouping: open, by: \.subject).filter { $0.value.count >= HeardFacts.several }
    }
}

extension AlertReport {
    /// `Slow, web1: p99 over 2 s`; `nil` where it says nothing of itself.
    fileprivate var words: String? {
        let what = [name, server ?? biller].compactMap { $0 }.joined(separator: ", ")
        let all = [what, summary ?? ""].filter { !$0.isEmpty }.joined(separator: ": ")
        return all.isEmpty ? nil : all
    }
}

extension Bridge {
    /// What something heard is about, in a sentence.
    package func title(of heard: Heard) -> String {
        if heard.subject == id { return "the night" }
        let added = Runbook.CheckPath(heard.subject).flatMap { addedChecks[$0] }
        return added ?? runbook.title(ofSubject: heard.subject)
    }
}

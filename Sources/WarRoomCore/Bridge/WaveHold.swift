import OrderedCollections

/// A wave that is held: no step of it, nor behind it, may start (docs/contract.md, warroom.hold).
package struct WaveHold: Hashable, Sendable {
    /// Why, in words.
    package let reason: String
    /// What has stopped it, where the hub holds it.
    let cause: HoldReport.Cause?
    /// Who holds it: a user, or the hub.
    package let by: String
    /// Since when, in bridge time.
    package let at: Instant
    /// The number of the entry that holds it.
    let entry: Int
}

extension Runbook {
    /// The wave that the subject of a hold names, `wave/ID`; `nil` where it names none.
    package func wave(ofHold subject: String) -> Wave? {
        guard subject.hasPrefix(WaveHold.prefix) else { return nil }
        return waves[String(subject.dropFirst(WaveHold.prefix.count))]
    }
}

extension WaveHold {
    /// What the subject of a wave's hold begins with.
    fileprivate static let prefix = "wave/"

    /// The subject of a wave's hold.
    package static func subject(_ wave: String) -> String { prefix + wave }
}

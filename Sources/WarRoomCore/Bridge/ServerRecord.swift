package import OrderedCollections

/// What is known of one server, axis by axis (docs/glossary.md, axis), each by claimant.
package struct ServerRecord: Hashable, Sendable {
    /// How far patching has come.
    package var patch = Claims<ServerReport.Patch>()
    /// How far the reboot has come.
    package var reboot = Claims<ServerReport.Reboot>()
    /// When it last booted, in bridge time.
    var bootedAt = Claims<Instant>()
    /// How often it has booted on this night, oldest first.
    var boots: [Boot] = []
    /// When its services last started, in bridge time.
    var startedAt = Claims<Instant>()
    /// When it last became ready for those that depend on it, in bridge time.
    var readyAt = Claims<Instant>()
    /// What the sanity checks say.
    package var verify = Claims<ServerReport.Verify>()
    /// Whether it answers.
    package var reach = Claims<ServerReport.Reach>()
    /// Where the balancers have it, by pool.
    package var pools: OrderedDictionary<String, Claims<ServerReport.Membership>> = [:]
    /// Whether its alerts reach anybody.
    package var alerts = Claims<ServerReport.Alerts>()
    /// When its mute ends by itself, in bridge time.
    package var mutedUntil = Claims<Instant>()
    /// The version that it runs.
    var version = Claims<String>()
    /// Remarks.
    var detail = Claims<String>()
}

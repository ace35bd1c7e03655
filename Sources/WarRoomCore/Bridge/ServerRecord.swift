package import OrderedCollections

/// What is known of one server, axis by axis, each by claimant (V-03).
package struct ServerRecord: Hashable, Sendable, Codable {
    package var patch = Claims<ServerReport.Patch>()
    package var reboot = Claims<ServerReport.Reboot>()
    var bootedAt = Claims<Instant>()
    var startedAt = Claims<Instant>()
    var readyAt = Claims<Instant>()
    package var verify = Claims<ServerReport.Verify>()
    package var reach = Claims<ServerReport.Reach>()
    package var pools: OrderedDictionary<String, Claims<ServerReport.Membership>> = [:]
    package var alerts = Claims<ServerReport.Alerts>()
    package var mutedUntil = Claims<Instant>()
    var detail = Claims<String>()
}

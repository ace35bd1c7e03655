/// The types of event, by the words that stand in an event's `type` (docs/contract.md, Events). Each has its case in
/// ``EventBody``.
package enum EventType: String, Hashable, Sendable, CaseIterable {
    case bridge = "warroom.bridge"
    case step = "warroom.step"
    case server = "warroom.server"
    case review = "warroom.review"
    case check = "warroom.check"
    case hold = "warroom.hold"
    case approval = "warroom.approval"
    case tests = "warroom.tests"
    case pipeline = "warroom.pipeline"
    case batch = "warroom.batch"
    case alert = "warroom.alert"
    case message = "warroom.message"
    case looseEnd = "warroom.looseend"
    case ruling = "warroom.ruling"
    case lead = "warroom.lead"
    case substitute = "warroom.substitute"
    case heard = "warroom.heard"
    case looked = "warroom.looked"
    case signature = "warroom.signature"
    case note = "warroom.note"
    case source = "warroom.source"
    case clock = "warroom.clock"
    case refusal = "warroom.refusal"

    /// What every type begins with; a rehearsal's script may leave it out.
    package static let prefix = "warroom."
}

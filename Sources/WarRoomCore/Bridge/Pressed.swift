/// The stage that is a gate's button, as it was seen pressed.
struct Pressed: Hashable, Sendable {
    /// When it was first seen pressed, in bridge time.
    let at: Instant
    /// Who reported it: a user, or the id of a source.
    let by: String
    /// The number of the entry that reported it.
    let entry: Int
    /// Why the gate was not open then; `nil` where it was.
    let past: String?
}

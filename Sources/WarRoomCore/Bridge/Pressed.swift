/// The stage that is a gate's button, as it was seen pressed.
struct Pressed: Hashable, Sendable, Codable {
    let at: Instant
    let by: String
    let entry: Int
    /// Why the gate was not open then; `nil` where it was.
    let past: String?
}

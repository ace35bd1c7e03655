/// The stage that is a gate's button, as it was seen pressed.
package struct Pressed: Hashable, Sendable, Codable {
    package let at: Instant
    package let by: String
    package let entry: Int
    /// Why the gate was not open then; `nil` where it was.
    package let past: String?
}

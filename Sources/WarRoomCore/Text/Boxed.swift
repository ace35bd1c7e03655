/// A large value behind one reference. A dictionary of thousands is copied for every frame, and then costs only its
/// references. It is compared and coded as the value itself.
package struct Boxed<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    private final class Box: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private let box: Box

    init(_ value: Value) { box = Box(value) }

    /// The value behind the reference.
    package var value: Value { box.value }

    /// Whether the values are equal; the same reference spares the comparison.
    package static func == (one: Boxed, other: Boxed) -> Bool {
        one.box === other.box || one.box.value == other.box.value
    }

    /// Hashes the value itself.
    package func hash(into hasher: inout Hasher) { box.value.hash(into: &hasher) }

    /// Reads the value itself. Throws what reading it throws.
    package init(from decoder: any Decoder) throws { self.init(try Value(from: decoder)) }

    /// Writes the value itself. Throws what writing it throws.
    package func encode(to encoder: any Encoder) throws { try box.value.encode(to: encoder) }
}

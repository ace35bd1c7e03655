/// A large value behind one reference. A dictionary of thousands is copied for every frame, and then costs only its
/// references. It is compared and coded as the value itself.
package struct Boxed<Value: Hashable & Sendable>: Hashable, Sendable {
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
}

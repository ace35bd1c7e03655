/// A large value behind one reference: a dictionary of thousands is copied, as it is for every frame, at the price of
/// its references. Compared and coded as the value itself.
package struct Boxed<Value: Hashable & Sendable & Codable>: Hashable, Sendable, Codable {
    private final class Box: Sendable {
        let value: Value
        init(_ value: Value) { self.value = value }
    }

    private let box: Box

    init(_ value: Value) { box = Box(value) }

    package var value: Value { box.value }

    package static func == (one: Boxed, other: Boxed) -> Bool {
        one.box === other.box || one.box.value == other.box.value
    }

    package func hash(into hasher: inout Hasher) { box.value.hash(into: &hasher) }

    package init(from decoder: any Decoder) throws { self.init(try Value(from: decoder)) }

    package func encode(to encoder: any Encoder) throws { try box.value.encode(to: encoder) }
}

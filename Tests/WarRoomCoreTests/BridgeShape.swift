import OrderedCollections
import WarRoomCore

/// What a type's `Codable` reads, in order, found by decoding it from nothing: each stored property with its type. It
/// is told from the types alone, so that an empty list or an absent value hides nothing.
struct BridgeShape {
    /// A type of our own that reads a text of a form needs one here; one that is new makes the test fail, and say so.
    private static let texts: [String: String] = [
        "Instant": "2025-09-14T08:31:00Z", "Zone": Zone.utc.description, "Role": "team: a/b", "LooseEndID": "pool/a/b",
        "FeedLine.Tone": "plain", "Standing": "probe",
    ]
    /// The cases of an enum with associated values, which the compiler's own coding writes as keys.
    private static let cases: [String: [String]] = [
        "SourcePlan.Kind": ["statusFiles", "ndjson", "junit", "socket"]
    ]

    struct Unknown: Error, CustomStringConvertible {
        let description: String
    }

    private final class Notes {
        var lines: OrderedSet<String> = []
        var walked: Set<String> = []
    }

    /// A line for each stored property of a type and of all that it holds, in the order in which they are coded.
    static func lines(of type: (some Decodable).Type) throws -> [String] {
        let notes = Notes()
        _ = try Walk(notes: notes, type: "", unit: nil).value(type)
        return Array(notes.lines)
    }

    private static func name(_ type: Any.Type) -> String {
        String(reflecting: type).replacing("WarRoomCore.", with: "").replacing("Swift.", with: "")
            .replacing("OrderedCollections.", with: "")
    }

    private struct Walk: Decoder {
        let notes: Notes
        let type: String
        /// The case of an enum that is walked now.
        let unit: String?
        var codingPath: [any CodingKey] { [] }
        var userInfo: [CodingUserInfoKey: Any] { [:] }

        /// Some value of a type, once its parts are noted.
        func value<Value: Decodable>(_ type: Value.Type) throws -> Value {
            let name = BridgeShape.name(type)
            if let all = Value.self as? any CaseIterable.Type, let first = all.first as? Value {
                notes.lines.append("\(name) is one of \(all.words)")
                return first
            }
            if let cases = BridgeShape.cases[name] {
                var last: Value?
                for one in cases { last = try Value(from: Walk(notes: notes, type: name, unit: one)) }
                guard let last else { throw Unknown(description: "\(name) has no case") }
                return last
            }
            return try Value(from: Walk(notes: notes, type: name, unit: nil))
        }

        func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
            KeyedDecodingContainer(Keyed(walk: self))
        }

        func unkeyedContainer() -> any UnkeyedDecodingContainer { Unkeyed(walk: self) }

        func singleValueContainer() -> any SingleValueDecodingContainer { Single(walk: self) }

        func note(_ key: String, _ type: Any.Type, isOptional: Bool = false) {
            let path = [self.type, unit].compactMap(\.self).joined(separator: ".")
            notes.lines.append("\(path).\(key): \(BridgeShape.name(type))\(isOptional ? "?" : "")")
        }
    }

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let walk: Walk
        var codingPath: [any CodingKey] { [] }
        var allKeys: [Key] { walk.unit.flatMap { Key(stringValue: $0) }.map { [$0] } ?? [] }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) -> Bool { false }
        func decode<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value {
            walk.note(key.stringValue, type)
            return try walk.value(type)
        }
        func decodeIfPresent<Value: Decodable>(_ type: Value.Type, forKey key: Key) throws -> Value? {
            try optional(type, key)
        }
        private func optional<Value: Decodable>(_ type: Value.Type, _ key: Key) throws -> Value? {
            walk.note(key.stringValue, type, isOptional: true)
            return try walk.value(type)
        }
        // What is absent or there is another matter than what is always there, also for the plain types.
        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? { try optional(type, key) }
        func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? { try optional(type, key) }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? { try optional(type, key) }
        func decodeIfPresent(_ type: Double.Type, forKey key: Key) throws -> Double? { try optional(type, key) }
        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedDecodingContainer<Nested> { walk.container(keyedBy: type) }
        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedDecodingContainer { walk.unkeyedContainer() }
        func superDecoder() -> any Decoder { walk }
        func superDecoder(forKey key: Key) -> any Decoder { walk }
    }

    /// A list of two: one element of a list, or one pair of a dictionary.
    private struct Unkeyed: UnkeyedDecodingContainer {
        let walk: Walk
        var currentIndex = 0
        var count: Int? { 2 }
        var isAtEnd: Bool { currentIndex == 2 }
        var codingPath: [any CodingKey] { [] }

        init(walk: Walk) { self.walk = walk }

        mutating func decodeNil() -> Bool { false }
        mutating func decode<Value: Decodable>(_ type: Value.Type) throws -> Value {
            currentIndex += 1
            return try walk.value(type)
        }
        mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedDecodingContainer<Nested> {
            currentIndex += 1
            return walk.container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() -> any UnkeyedDecodingContainer {
            currentIndex += 1
            return walk.unkeyedContainer()
        }
        func superDecoder() -> any Decoder { walk }
    }

    private struct Single: SingleValueDecodingContainer {
        let walk: Walk
        var codingPath: [any CodingKey] { [] }

        func decodeNil() -> Bool { false }
        func decode(_ type: Bool.Type) -> Bool { true }
        func decode(_ type: Double.Type) -> Double { 1 }
        func decode(_ type: Int.Type) -> Int { 1 }
        func decode(_ type: Int32.Type) -> Int32 { 1 }
        func decode(_ type: Int64.Type) -> Int64 { 1 }
        func decode(_ type: UInt64.Type) -> UInt64 { 1 }
        func decode(_ type: String.Type) throws -> String {
            if walk.type == "String" { return "text" }
            guard let text = BridgeShape.texts[walk.type] else {
                throw Unknown(description: "\(walk.type) reads a text: give BridgeShape.texts one")
            }
            walk.notes.lines.append("\(walk.type) is a text")
            return text
        }
        func decode<Value: Decodable>(_ type: Value.Type) throws -> Value { try walk.value(type) }
    }
}

extension CaseIterable {
    fileprivate static var first: Any? { allCases.first }
    fileprivate static var words: String { allCases.map { String(describing: $0) }.joined(separator: ", ") }
}

import WarRoomCore

/// Writes `Codable` values as a flat list of JSON tokens, by position instead of by key: the order of the stored
/// properties is the format. A bridge goes to a terminal this way in a fraction of the time and room that keyed JSON
/// would take; both ends are the same program, and ``BridgeLines/format`` tells when they are not.
///
/// What is coded keeps two rules: a dictionary with text keys is an `OrderedDictionary`, and an enum with associated
/// values relies on the compiler's own coding.
struct PositionalEncoder: Encoder {
    final class Tokens {
        var list: [JSON] = []
    }

    let tokens = Tokens()
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func encode(_ value: some Encodable) throws -> [JSON] {
        let encoder = PositionalEncoder()
        try value.encode(to: encoder)
        return encoder.tokens.list
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedEncodingContainer<Key> {
        KeyedEncodingContainer(Keyed(encoder: self))
    }

    func unkeyedContainer() -> any UnkeyedEncodingContainer { Unkeyed(encoder: self) }

    func singleValueContainer() -> any SingleValueEncodingContainer { Single(encoder: self) }

    private func put(_ token: JSON) { tokens.list.append(token) }

    private func put(_ value: some BinaryInteger) { tokens.list.append(.number(String(value))) }

    private func putPresent<Value>(_ value: Value?, _ write: (Value) throws -> Void) rethrows {
        put(.bool(value != nil))
        if let value { try write(value) }
    }

    private struct Keyed<Key: CodingKey>: KeyedEncodingContainerProtocol {
        let encoder: PositionalEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil(forKey key: Key) { encoder.put(.null) }
        func encode(_ value: Bool, forKey key: Key) { encoder.put(.bool(value)) }
        func encode(_ value: String, forKey key: Key) { encoder.put(.string(value)) }
        func encode(_ value: Double, forKey key: Key) { encoder.put(.number("\(value)")) }
        func encode(_ value: Float, forKey key: Key) { encoder.put(.number("\(value)")) }
        func encode(_ value: Int, forKey key: Key) { encoder.put(value) }
        func encode(_ value: Int8, forKey key: Key) { encoder.put(value) }
        func encode(_ value: Int16, forKey key: Key) { encoder.put(value) }
        func encode(_ value: Int32, forKey key: Key) { encoder.put(value) }
        func encode(_ value: Int64, forKey key: Key) { encoder.put(value) }
        func encode(_ value: UInt, forKey key: Key) { encoder.put(value) }
        func encode(_ value: UInt8, forKey key: Key) { encoder.put(value) }
        func encode(_ value: UInt16, forKey key: Key) { encoder.put(value) }
        func encode(_ value: UInt32, forKey key: Key) { encoder.put(value) }
        func encode(_ value: UInt64, forKey key: Key) { encoder.put(value) }
        func encode<T: Encodable>(_ value: T, forKey key: Key) throws { try value.encode(to: encoder) }

        // An absent value must still hold its place.
        func encodeIfPresent(_ value: String?, forKey key: Key) {
            encoder.putPresent(value) { encoder.put(.string($0)) }
        }
        func encodeIfPresent(_ value: Bool?, forKey key: Key) { encoder.putPresent(value) { encoder.put(.bool($0)) } }
        func encodeIfPresent(_ value: Int?, forKey key: Key) { encoder.putPresent(value) { encoder.put($0) } }
        func encodeIfPresent<T: Encodable>(_ value: T?, forKey key: Key) throws {
            try encoder.putPresent(value) { try $0.encode(to: encoder) }
        }

        /// Only an enum's compiler-made coding nests: the key is the case, and is written.
        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) -> KeyedEncodingContainer<Nested> {
            encoder.put(.string(key.stringValue))
            return encoder.container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) -> any UnkeyedEncodingContainer { encoder.unkeyedContainer() }
        func superEncoder() -> any Encoder { encoder }
        func superEncoder(forKey key: Key) -> any Encoder { encoder }
    }

    /// A list: its count stands before it, and is set right as the elements come.
    private struct Unkeyed: UnkeyedEncodingContainer {
        let encoder: PositionalEncoder
        let place: Int
        var count = 0
        var codingPath: [any CodingKey] { [] }

        init(encoder: PositionalEncoder) {
            self.encoder = encoder
            place = encoder.tokens.list.count
            encoder.put(.number("0"))
        }

        private mutating func counted() {
            count += 1
            encoder.tokens.list[place] = .number(String(count))
        }

        mutating func encodeNil() {
            counted()
            encoder.put(.null)
        }
        mutating func encode<T: Encodable>(_ value: T) throws {
            counted()
            try value.encode(to: encoder)
        }
        mutating func nestedContainer<Nested: CodingKey>(keyedBy type: Nested.Type) -> KeyedEncodingContainer<Nested> {
            counted()
            return encoder.container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() -> any UnkeyedEncodingContainer {
            counted()
            return encoder.unkeyedContainer()
        }
        func superEncoder() -> any Encoder { encoder }
    }

    private struct Single: SingleValueEncodingContainer {
        let encoder: PositionalEncoder
        var codingPath: [any CodingKey] { [] }

        func encodeNil() { encoder.put(.null) }
        func encode(_ value: Bool) { encoder.put(.bool(value)) }
        func encode(_ value: String) { encoder.put(.string(value)) }
        func encode(_ value: Double) { encoder.put(.number("\(value)")) }
        func encode(_ value: Float) { encoder.put(.number("\(value)")) }
        func encode(_ value: Int) { encoder.put(value) }
        func encode(_ value: Int8) { encoder.put(value) }
        func encode(_ value: Int16) { encoder.put(value) }
        func encode(_ value: Int32) { encoder.put(value) }
        func encode(_ value: Int64) { encoder.put(value) }
        func encode(_ value: UInt) { encoder.put(value) }
        func encode(_ value: UInt8) { encoder.put(value) }
        func encode(_ value: UInt16) { encoder.put(value) }
        func encode(_ value: UInt32) { encoder.put(value) }
        func encode(_ value: UInt64) { encoder.put(value) }
        func encode<T: Encodable>(_ value: T) throws { try value.encode(to: encoder) }
    }
}

/// Reads what ``PositionalEncoder`` wrote; throws `DecodingError` where the tokens do not fit.
struct PositionalDecoder: Decoder {
    final class Tokens {
        let list: [JSON]
        var at = 0
        private var depth = 0
        /// How deep values may lie in each other: far above any bridge's, far below the stack.
        private static let depthLimit = 200

        init(_ list: [JSON]) { self.list = list }

        func next() throws -> JSON {
            guard at < list.count else { throw misfit("the tokens end too soon") }
            at += 1
            return list[at - 1]
        }

        func misfit(_ reason: String) -> DecodingError {
            .dataCorrupted(.init(codingPath: [], debugDescription: "token \(at): \(reason)"))
        }

        func bool() throws -> Bool {
            guard let value = try next().bool else { throw misfit("a boolean was expected") }
            return value
        }

        func string() throws -> String {
            guard let value = try next().text else { throw misfit("a text was expected") }
            return value
        }

        func integer<Integer: FixedWidthInteger>(_ type: Integer.Type) throws -> Integer {
            guard case .number(let written) = try next(), let value = Integer(written) else {
                throw misfit("a whole number was expected")
            }
            // Instants alone have all 64 bits. What is counted stays where no sum of it can be too large.
            if Integer.self == Int.self, value.magnitude > Ranges.entries.upperBound {
                throw misfit("a number is too large")
            }
            return value
        }

        /// A value that consists of others.
        func value<Value: Decodable>(_ type: Value.Type, from decoder: PositionalDecoder) throws -> Value {
            depth += 1
            defer { depth -= 1 }
            guard depth <= Tokens.depthLimit else { throw misfit("more than \(Tokens.depthLimit) levels deep") }
            let value = try Value(from: decoder)
            // As many nanoseconds as an instant has: no sum of a night's durations can be too large then.
            if let duration = value as? Duration, abs(duration.components.seconds) > 9_223_372_036 {
                throw misfit("a duration is too long")
            }
            return value
        }

        func count() throws -> Int {
            let count = try integer(Int.self)
            guard count >= 0, count <= list.count - at else { throw misfit("a list is longer than what is there") }
            return count
        }

        func double() throws -> Double {
            guard case .number(let written) = try next(), let value = Double(written), value.isFinite else {
                throw misfit("a number was expected")
            }
            return value
        }
    }

    let tokens: Tokens
    var codingPath: [any CodingKey] { [] }
    var userInfo: [CodingUserInfoKey: Any] { [:] }

    static func decode<Value: Decodable>(_ type: Value.Type, from tokens: [JSON]) throws -> Value {
        let decoder = PositionalDecoder(tokens: Tokens(tokens))
        let value = try decoder.tokens.value(type, from: decoder)
        guard decoder.tokens.at == tokens.count else { throw decoder.tokens.misfit("tokens are left over") }
        return value
    }

    func container<Key: CodingKey>(keyedBy type: Key.Type) -> KeyedDecodingContainer<Key> {
        KeyedDecodingContainer(Keyed(decoder: self))
    }

    func unkeyedContainer() throws -> any UnkeyedDecodingContainer {
        Unkeyed(decoder: self, total: try tokens.count())
    }

    func singleValueContainer() -> any SingleValueDecodingContainer { Single(decoder: self) }

    private struct Keyed<Key: CodingKey>: KeyedDecodingContainerProtocol {
        let decoder: PositionalDecoder
        var codingPath: [any CodingKey] { [] }
        private var tokens: Tokens { decoder.tokens }

        init(decoder: PositionalDecoder) { self.decoder = decoder }

        /// Asked only by an enum's compiler-made coding: the case is the next token.
        var allKeys: [Key] {
            guard tokens.at < tokens.list.count, let name = tokens.list[tokens.at].text else { return [] }
            return Key(stringValue: name).map { [$0] } ?? []
        }

        func contains(_ key: Key) -> Bool { true }
        func decodeNil(forKey key: Key) throws -> Bool { try !tokens.bool() }
        func decode(_ type: Bool.Type, forKey key: Key) throws -> Bool { try tokens.bool() }
        func decode(_ type: String.Type, forKey key: Key) throws -> String { try tokens.string() }
        func decode(_ type: Double.Type, forKey key: Key) throws -> Double { try tokens.double() }
        func decode(_ type: Float.Type, forKey key: Key) throws -> Float { Float(try tokens.double()) }
        func decode(_ type: Int.Type, forKey key: Key) throws -> Int { try tokens.integer(type) }
        func decode(_ type: Int8.Type, forKey key: Key) throws -> Int8 { try tokens.integer(type) }
        func decode(_ type: Int16.Type, forKey key: Key) throws -> Int16 { try tokens.integer(type) }
        func decode(_ type: Int32.Type, forKey key: Key) throws -> Int32 { try tokens.integer(type) }
        func decode(_ type: Int64.Type, forKey key: Key) throws -> Int64 { try tokens.integer(type) }
        func decode(_ type: UInt.Type, forKey key: Key) throws -> UInt { try tokens.integer(type) }
        func decode(_ type: UInt8.Type, forKey key: Key) throws -> UInt8 { try tokens.integer(type) }
        func decode(_ type: UInt16.Type, forKey key: Key) throws -> UInt16 { try tokens.integer(type) }
        func decode(_ type: UInt32.Type, forKey key: Key) throws -> UInt32 { try tokens.integer(type) }
        func decode(_ type: UInt64.Type, forKey key: Key) throws -> UInt64 { try tokens.integer(type) }
        func decode<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T { try tokens.value(type, from: decoder) }

        func decodeIfPresent(_ type: String.Type, forKey key: Key) throws -> String? {
            try tokens.bool() ? try tokens.string() : nil
        }
        func decodeIfPresent(_ type: Bool.Type, forKey key: Key) throws -> Bool? {
            try tokens.bool() ? try tokens.bool() : nil
        }
        func decodeIfPresent(_ type: Int.Type, forKey key: Key) throws -> Int? {
            try tokens.bool() ? try tokens.integer(type) : nil
        }
        func decodeIfPresent<T: Decodable>(_ type: T.Type, forKey key: Key) throws -> T? {
            try tokens.bool() ? try tokens.value(type, from: decoder) : nil
        }

        func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type, forKey key: Key
        ) throws -> KeyedDecodingContainer<Nested> {
            _ = try tokens.string()
            return decoder.container(keyedBy: type)
        }

        func nestedUnkeyedContainer(forKey key: Key) throws -> any UnkeyedDecodingContainer {
            try decoder.unkeyedContainer()
        }
        func superDecoder() -> any Decoder { decoder }
        func superDecoder(forKey key: Key) -> any Decoder { decoder }
    }

    private struct Unkeyed: UnkeyedDecodingContainer {
        let decoder: PositionalDecoder
        let total: Int
        var currentIndex = 0
        var count: Int? { total }
        var isAtEnd: Bool { currentIndex >= total }
        var codingPath: [any CodingKey] { [] }

        init(decoder: PositionalDecoder, total: Int) {
            self.decoder = decoder
            self.total = total
        }

        mutating func decodeNil() throws -> Bool {
            let tokens = decoder.tokens
            guard tokens.at < tokens.list.count, tokens.list[tokens.at] == .null else { return false }
            tokens.at += 1
            currentIndex += 1
            return true
        }
        mutating func decode<T: Decodable>(_ type: T.Type) throws -> T {
            currentIndex += 1
            return try decoder.tokens.value(type, from: decoder)
        }
        mutating func nestedContainer<Nested: CodingKey>(
            keyedBy type: Nested.Type
        ) throws -> KeyedDecodingContainer<Nested> {
            currentIndex += 1
            return decoder.container(keyedBy: type)
        }
        mutating func nestedUnkeyedContainer() throws -> any UnkeyedDecodingContainer {
            currentIndex += 1
            return try decoder.unkeyedContainer()
        }
        func superDecoder() -> any Decoder { decoder }
    }

    private struct Single: SingleValueDecodingContainer {
        let decoder: PositionalDecoder
        var codingPath: [any CodingKey] { [] }
        private var tokens: Tokens { decoder.tokens }

        init(decoder: PositionalDecoder) { self.decoder = decoder }

        func decodeNil() -> Bool { false }
        func decode(_ type: Bool.Type) throws -> Bool { try tokens.bool() }
        func decode(_ type: String.Type) throws -> String { try tokens.string() }
        func decode(_ type: Double.Type) throws -> Double { try tokens.double() }
        func decode(_ type: Float.Type) throws -> Float { Float(try tokens.double()) }
        func decode(_ type: Int.Type) throws -> Int { try tokens.integer(type) }
        func decode(_ type: Int8.Type) throws -> Int8 { try tokens.integer(type) }
        func decode(_ type: Int16.Type) throws -> Int16 { try tokens.integer(type) }
        func decode(_ type: Int32.Type) throws -> Int32 { try tokens.integer(type) }
        func decode(_ type: Int64.Type) throws -> Int64 { try tokens.integer(type) }
        func decode(_ type: UInt.Type) throws -> UInt { try tokens.integer(type) }
        func decode(_ type: UInt8.Type) throws -> UInt8 { try tokens.integer(type) }
        func decode(_ type: UInt16.Type) throws -> UInt16 { try tokens.integer(type) }
        func decode(_ type: UInt32.Type) throws -> UInt32 { try tokens.integer(type) }
        func decode(_ type: UInt64.Type) throws -> UInt64 { try tokens.integer(type) }
        func decode<T: Decodable>(_ type: T.Type) throws -> T { try tokens.value(type, from: decoder) }
    }
}

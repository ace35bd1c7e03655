/// A JSON value that keeps what it was given (RFC 8259). Numbers stay as written, so that an event in the journal is
/// never altered. Object members are held sorted by key, so that writing is canonical without effort
/// (docs/contract.md, Entries and their hash).
package enum JSON: Hashable, Sendable {
    /// The word `null`.
    case null
    /// `true` or `false`.
    case bool(Bool)
    /// The number exactly as it was written.
    case number(String)
    /// The text, its escapes resolved.
    case string(String)
    /// The elements in their order.
    case array([JSON])
    /// The members by key.
    case object(Object)

    /// The members of an object, sorted by the bytes of their keys, each key once.
    package struct Object: Hashable, Sendable {
        /// One name and its value.
        package struct Member: Hashable, Sendable {
            /// The member's name, its escapes resolved.
            package let key: String
            /// What stands under the name.
            package var value: JSON
        }

        /// All members, in ascending order of their keys' bytes.
        package private(set) var members: [Member]

        /// An empty object.
        package init() { members = [] }

        /// An object of these pairs; the later of two equal keys wins, nulls are kept.
        package init(_ pairs: KeyValuePairs<String, JSON>) {
            members = []
            members.reserveCapacity(pairs.count)
            for (key, value) in pairs { self[key] = value }
        }

        /// The value under a key; setting `nil` removes it. Objects here are small: a linear walk beats hashing.
        package subscript(key: String) -> JSON? {
            get { members.first { $0.key.isSame(as: key) }?.value }
            set {
                let place = members.firstIndex { !$0.key.utf8.lexicographicallyPrecedes(key.utf8) } ?? members.count
                let found = place < members.count && members[place].key.isSame(as: key)
                switch (found, newValue) {
                case (true, .some(let value)): members[place].value = value
                case (true, .none): members.remove(at: place)
                case (false, .some(let value)): members.insert(Member(key: key, value: value), at: place)
                case (false, .none): break
                }
            }
        }

        /// Members in the order in which a text gave them; returns the key that stands twice, if one does.
        fileprivate init(unsorted: [Member], twice: inout String?) {
            members = unsorted
            guard members.count > 1 else { return }
            let inOrder = zip(members, members.dropFirst()).allSatisfy {
                $0.key.utf8.lexicographicallyPrecedes($1.key.utf8)
            }
            if inOrder { return }
            members.sort { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            for (one, next) in zip(members, members.dropFirst()) where one.key.isSame(as: next.key) { twice = one.key }
        }
    }

    /// An object of these pairs.
    package static func object(_ pairs: KeyValuePairs<String, JSON>) -> JSON { .object(Object(pairs)) }

    /// A whole number.
    package static func number(_ value: Int) -> JSON { .number(String(value)) }

    /// A text, or null where there is none: what is absent is null (docs/contract.md, status --json).
    package static func text(_ value: String?) -> JSON { value.map(JSON.string) ?? .null }

    /// An instant as RFC 3339 in UTC, or null.
    package static func instant(_ value: Instant?) -> JSON { value.map { .string($0.rfc3339) } ?? .null }

    /// A list of texts.
    package static func texts(_ values: some Sequence<String>) -> JSON { .array(values.map(JSON.string)) }

    /// The member of an object, or `nil` where this is no object or has no such member.
    package subscript(key: String) -> JSON? {
        if case .object(let object) = self { object[key] } else { nil }
    }

    /// The text of a string, else `nil`.
    package var text: String? { if case .string(let text) = self { text } else { nil } }

    /// The value of a whole number that fits, else `nil`.
    package var int: Int? { if case .number(let written) = self { Int(written) } else { nil } }

    /// The value of a boolean, else `nil`.
    package var bool: Bool? { if case .bool(let value) = self { value } else { nil } }

    /// The elements of an array, else `nil`.
    package var array: [JSON]? { if case .array(let elements) = self { elements } else { nil } }

    /// The members of an object, else `nil`.
    package var object: Object? { if case .object(let object) = self { object } else { nil } }

    /// The instant of an RFC 3339 string, else `nil`.
    package var instant: Instant? { text.flatMap { Instant(rfc3339: $0) } }
}

/// Why a text is not JSON, and at which byte (from 0).
package struct JSONFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The byte at which reading stopped, from 0.
    package let offset: Int
    /// What was expected there, or is not allowed.
    let reason: String

    init(offset: Int, reason: String) {
        self.offset = offset
        self.reason = reason
    }

    /// The fault in one sentence, with its byte.
    package var description: String { "not valid JSON at byte \(offset): \(reason)" }
}

// MARK: - Reading

extension JSON {
    /// How deep arrays and objects may lie in each other: far above any honest event, far below the stack.
    private static let depthLimit = 64

    /// Reads one JSON value and nothing after it; strict: no trailing comma, no doubled key, no lone surrogate, no
    /// invalid UTF-8. Throws ``JSONFault`` with the place.
    package init(parsing text: some StringProtocol) throws(JSONFault) {
        try self.init(parsing: Array(text.utf8))
    }

    /// Reads one JSON value from UTF-8 bytes, as strictly. Throws ``JSONFault`` with the place.
    package init(parsing bytes: some Collection<UInt8>) throws(JSONFault) {
        let result: Result<JSON, JSONFault>? = bytes.withContiguousStorageIfAvailable { JSON.parse($0) }
        self = try (result ?? Array(bytes).withUnsafeBufferPointer { JSON.parse($0) }).get()
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSON, JSONFault> {
        var parser = Parser(bytes: bytes)
        do throws(JSONFault) { return .success(try parser.document()) } catch { return .failure(error) }
    }

    private struct Parser {
        let bytes: UnsafeBufferPointer<UInt8>
        var at = 0

        init(bytes: UnsafeBufferPointer<UInt8>) { self.bytes = bytes }

        mutating func document() throws(JSONFault) -> JSON {
            let value = try value(depth: 0)
            skipBlanks()
            guard at == bytes.count else { throw fault("something follows the value") }
            return value
        }

        func fault(_ reason: String) -> JSONFault { JSONFault(offset: at, reason: reason) }

        var here: UInt8? { at < bytes.count ? bytes[at] : nil }

        mutating func skipBlanks() {
            while at < bytes.count, bytes[at] == 0x20 || bytes[at] == 0x0A || bytes[at] == 0x0D || bytes[at] == 0x09 {
                at += 1
            }
        }

        mutating func value(depth: Int) throws(JSONFault) -> JSON {
            guard depth < JSON.depthLimit else { throw fault("more than \(JSON.depthLimit) levels deep") }
            skipBlanks()
            switch here {
            case UInt8(ascii: "{"): return try object(depth: depth)
            case UInt8(ascii: "["): return try array(depth: depth)
            case UInt8(ascii: "\""): return .string(try string())
            case UInt8(ascii: "t"): return try word("true", .bool(true))
            case UInt8(ascii: "f"): return try word("false", .bool(false))
            case UInt8(ascii: "n"): return try word("null", .null)
            case .some(let byte) where byte == UInt8(ascii: "-") || isDigit(byte): return try number()
            case .some: throw fault("a value was expected")
            case .none: throw fault("the text ends where a value was expected")
            }
        }

        func isDigit(_ byte: UInt8) -> Bool { byte >= 0x30 && byte <= 0x39 }

        mutating func word(_ word: StaticString, _ value: JSON) throws(JSONFault) -> JSON {
            let count = word.utf8CodeUnitCount
            guard at + count <= bytes.count,
                (0..<count).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] })
            else { throw fault("'\(word)' was expected") }
            at += count
            return value
        }

        mutating func digits() throws(JSONFault) {
            guard let byte = here, isDigit(byte) else { throw fault("a digit was expected") }
            while let byte = here, isDigit(byte) { at += 1 }
        }

        mutating func number() throws(JSONFault) -> JSON {
            let start = at
            if here == UInt8(ascii: "-") { at += 1 }
            if here == UInt8(ascii: "0") { at += 1 } else { try digits() }
            if here == UInt8(ascii: ".") {
                at += 1
                try digits()
            }
            if here == UInt8(ascii: "e") || here == UInt8(ascii: "E") {
                at += 1
                if here == UInt8(ascii: "+") || here == UInt8(ascii: "-") { at += 1 }
                try digits()
            }
            return .number(String(decoding: bytes[start..<at], as: UTF8.self))
        }

        mutating func array(depth: Int) throws(JSONFault) -> JSON {
            at += 1
            var elements: [JSON] = []
            skipBlanks()
            if here == UInt8(ascii: "]") {
                at += 1
                return .array(elements)
            }
            while true {
                elements.append(try value(depth: depth + 1))
                skipBlanks()
                switch here {
                case UInt8(ascii: ","): at += 1
                case UInt8(ascii: "]"):
                    at += 1
                    return .array(elements)
                default: throw fault("',' or ']' was expected")
                }
            }
        }

        mutating func object(depth: Int) throws(JSONFault) -> JSON {
            at += 1
            var members: [Object.Member] = []
            skipBlanks()
            if here == UInt8(ascii: "}") {
                at += 1
                return .object(Object())
            }
            while true {
                skipBlanks()
                guard here == UInt8(ascii: "\"") else { throw fault("a key in quotes was expected") }
                let key = try string()
                skipBlanks()
                guard here == UInt8(ascii: ":") else { throw fault("':' was expected") }
                at += 1
                members.append(Object.Member(key: key, value: try value(depth: depth + 1)))
                skipBlanks()
                switch here {
                case UInt8(ascii: ","): at += 1
                case UInt8(ascii: "}"):
                    at += 1
                    var twice: String?
                    let object = Object(unsorted: members, twice: &twice)
                    if let twice { throw fault("the key '\(twice)' stands twice") }
                    return .object(object)
                default: throw fault("',' or '}' was expected")
                }
            }
        }

        mutating func string() throws(JSONFault) -> String {
            at += 1
            let start = at
            while let byte = here {
                switch byte {
                case UInt8(ascii: "\""):
                    guard let text = String(validating: bytes[start..<at], as: UTF8.self) else {
                        throw JSONFault(offset: start, reason: "the text is not valid UTF-8")
                    }
                    at += 1
                    return text
                case UInt8(ascii: "\\"): return try escapedString(from: start)
                case 0..<0x20: throw fault("a raw control character in a text")
                default: at += 1
                }
            }
            throw fault("the text ends inside a string")
        }

        /// The slow path: a string with at least one escape, from its first byte.
        mutating func escapedString(from start: Int) throws(JSONFault) -> String {
            var buffer = Array(bytes[start..<at])
            while let byte = here {
                switch byte {
                case UInt8(ascii: "\""):
                    at += 1
                    guard let text = String(validating: buffer, as: UTF8.self) else {
                        throw JSONFault(offset: start, reason: "the text is not valid UTF-8")
                    }
                    return text
                case UInt8(ascii: "\\"):
                    at += 1
                    try escape(into: &buffer)
                case 0..<0x20: throw fault("a raw control character in a text")
                default:
                    buffer.append(byte)
                    at += 1
                }
            }
            throw fault("the text ends inside a string")
        }

        mutating func escape(into buffer: inout [UInt8]) throws(JSONFault) {
            guard let byte = here else { throw fault("the text ends inside a string") }
            at += 1
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
            case UInt8(ascii: "b"): buffer.append(0x08)
            case UInt8(ascii: "f"): buffer.append(0x0C)
            case UInt8(ascii: "n"): buffer.append(0x0A)
            case UInt8(ascii: "r"): buffer.append(0x0D)
            case UInt8(ascii: "t"): buffer.append(0x09)
            case UInt8(ascii: "u"):
                var code = UInt32(try hex4())
                if code >= 0xD800 && code < 0xDC00, here == UInt8(ascii: "\\"), at + 1 < bytes.count,
                    bytes[at + 1] == UInt8(ascii: "u")
                {
                    at += 2
                    let low = UInt32(try hex4())
                    guard low >= 0xDC00 && low < 0xE000 else { throw fault("half of a surrogate pair") }
                    code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                }
                guard let scalar = Unicode.Scalar(code) else { throw fault("half of a surrogate pair") }
                buffer.append(contentsOf: UTF8.encode(scalar)!)
            default: throw fault("an unknown escape")
            }
        }

        mutating func hex4() throws(JSONFault) -> UInt16 {
            guard at + 4 <= bytes.count else { throw fault("four hexadecimal digits were expected") }
            var value: UInt16 = 0
            for _ in 0..<4 {
                let byte = bytes[at]
                let digit: UInt8
                switch byte {
                case 0x30...0x39: digit = byte - 0x30
                case 0x41...0x46: digit = byte - 0x37
                case 0x61...0x66: digit = byte - 0x57
                default: throw fault("four hexadecimal digits were expected")
                }
                value = value << 4 | UInt16(digit)
                at += 1
            }
            return value
        }
    }
}

// MARK: - Writing

extension JSON {
    /// The canonical text on one line: no blanks, keys sorted by their bytes, control, C1 and bidirectional characters
    /// as `\uXXXX` (docs/contract.md, Entries and their hash).
    package var line: String {
        var bytes: [UInt8] = []
        write(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// The canonical text with a newline behind it, as a socket and a file of lines take it.
    package var bytes: [UInt8] {
        var bytes: [UInt8] = []
        write(to: &bytes)
        bytes.append(UInt8(ascii: "\n"))
        return bytes
    }

    /// Appends the canonical text.
    package func write(to bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let value): bytes.append(contentsOf: (value ? "true" : "false").utf8)
        case .number(let written): bytes.append(contentsOf: written.utf8)
        case .string(let text): JSON.write(text, to: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let object):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in object.members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                JSON.write(member.key, to: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.value.write(to: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends a text as a JSON string.
    package static func write(_ text: String, to bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        var text = text
        text.withUTF8 { utf8 in
            if utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x5C }) {
                bytes.append(contentsOf: utf8)
            } else {
                for scalar in String(decoding: utf8, as: UTF8.self).unicodeScalars { write(scalar, to: &bytes) }
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static func write(_ scalar: Unicode.Scalar, to bytes: inout [UInt8]) {
        switch scalar {
        case "\"": bytes.append(contentsOf: "\\\"".utf8)
        case "\\": bytes.append(contentsOf: "\\\\".utf8)
        case _ where scalar.isControl || scalar.isBidirectionalControl:
            let hex = String(scalar.value, radix: 16)
            bytes.append(contentsOf: "\\u".utf8)
            bytes.append(contentsOf: repeatElement(UInt8(ascii: "0"), count: 4 - hex.utf8.count))
            bytes.append(contentsOf: hex.utf8)
        default: bytes.append(contentsOf: UTF8.encode(scalar)!)
        }
    }
}

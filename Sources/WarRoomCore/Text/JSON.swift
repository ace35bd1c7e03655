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
        init(unsorted: [Member], twice: inout String?) {
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

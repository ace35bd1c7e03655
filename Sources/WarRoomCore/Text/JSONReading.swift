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

    /// Reads one JSON object from UTF-8 bytes, as strictly, but for one array that is a member of a member: its
    /// elements, which may be no arrays and objects, stay as they are written, `null` stands in its place, and ``Left``
    /// has them. Throws ``JSONFault`` with the place.
    package static func parsing(
        _ bytes: [UInt8], leaving path: (outer: String, inner: String)
    ) throws(JSONFault) -> (JSON, Left?) {
        let result: Result<(JSON, Left?), JSONFault> = bytes.withUnsafeBufferPointer { bytes in
            var parser = Parser(bytes: bytes)
            parser.leaving = path
            do throws(JSONFault) {
                let json = try parser.document()
                return .success((json, parser.left.map { Left(elements: Array(bytes[$0.place]), count: $0.count) }))
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    /// The elements of an array, unread.
    package struct Left: Hashable, Sendable {
        /// As they are written, with the commas between them.
        package let elements: [UInt8]
        /// How many they are.
        package let count: Int
    }

    private static func parse(_ bytes: UnsafeBufferPointer<UInt8>) -> Result<JSON, JSONFault> {
        var parser = Parser(bytes: bytes)
        do throws(JSONFault) { return .success(try parser.document()) } catch { return .failure(error) }
    }

    struct Parser {
        let bytes: UnsafeBufferPointer<UInt8>
        var at = 0
        /// The member of the outermost object, and its member, whose array is left unread.
        var leaving: (outer: String, inner: String)?
        /// Where the array's elements are that was left, and how many.
        private(set) var left: (place: Range<Int>, count: Int)?
        private var isInOuter = false

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
            try pass(word)
            return value
        }

        mutating func pass(_ word: StaticString) throws(JSONFault) {
            let count = word.utf8CodeUnitCount
            guard at + count <= bytes.count,
                (0..<count).allSatisfy({ bytes[at + $0] == word.utf8Start[$0] })
            else { throw fault("'\(word)' was expected") }
            at += count
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

        /// Passes over an array of plain values to its end; whoever reads them sees what is wrong in them.
        private mutating func passArray() throws(JSONFault) -> JSON {
            skipBlanks()
            guard here == UInt8(ascii: "[") else { throw fault("'[' was expected") }
            at += 1
            skipBlanks()
            let start = at
            var commas = 0
            while let byte = here {
                switch byte {
                case UInt8(ascii: "\""): passString()
                case UInt8(ascii: "]"):
                    left = (start..<at, start == at ? 0 : commas + 1)
                    at += 1
                    return .null
                case UInt8(ascii: "["), UInt8(ascii: "{"), UInt8(ascii: "}"): throw fault("a plain value was expected")
                case UInt8(ascii: ","): commas += 1
                default: break
                }
                at += 1
            }
            throw fault("the text ends inside an array")
        }

        /// Goes to the closing quote.
        private mutating func passString() {
            at += 1
            while let byte = here, byte != UInt8(ascii: "\"") { at += byte == UInt8(ascii: "\\") ? 2 : 1 }
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
                if depth == 0, let leaving { isInOuter = key == leaving.outer }
                let isLeft = depth == 1 && isInOuter && key == leaving?.inner
                members.append(Object.Member(key: key, value: try isLeft ? passArray() : value(depth: depth + 1)))
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
            // Most texts are ASCII, and need no second look.
            var isASCII = true
            while let byte = here {
                switch byte {
                case UInt8(ascii: "\""):
                    let text =
                        isASCII
                        ? String(decoding: UnsafeBufferPointer(rebasing: bytes[start..<at]), as: UTF8.self)
                        : String(validating: bytes[start..<at], as: UTF8.self)
                    guard let text else {
                        throw JSONFault(offset: start, reason: "the text is not valid UTF-8")
                    }
                    at += 1
                    return text
                case UInt8(ascii: "\\"): return try escapedString(from: start)
                case 0..<0x20: throw fault("a raw control character in a text")
                default:
                    if byte >= 0x80 { isASCII = false }
                    at += 1
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

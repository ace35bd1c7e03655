import OrderedCollections

/// A value that is written as a flat row of JSON tokens, by position instead of by key: the order of the stored
/// properties is the format. A bridge goes to a terminal this way in a fraction of the time and room that keyed JSON
/// would take; both ends are the same program, and ``Bridge/format`` tells when they are not.
///
/// Every type has fixed code of its own for it, which scripts/make-coding.py writes from the declarations. For
/// `Codable` the runtime would make generic types of each, and that was half of a terminal's time to its first frame.
protocol Positional {
    /// Reads what ``write(to:)`` wrote.
    init(from reader: inout PositionalReader) throws(PositionalFault)

    /// Writes at least one token.
    func write(to writer: inout PositionalWriter)
}

/// What is not as it must be in a row of tokens.
struct PositionalFault: Error, CustomStringConvertible {
    enum Expected: Sendable {
        case bool, number, text, count
        /// A text that this type takes.
        case form(any Any.Type)
        /// A key that the dictionary does not have yet.
        case newKey
        case end
    }

    /// Which token it is, from 1.
    let token: Int
    let expected: Expected

    var description: String { "token \(token): \(expected) was expected" }
}

// MARK: - What all else consists of

extension Bool: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) { self = try reader.bool() }

    func write(to writer: inout PositionalWriter) { writer.put(self) }
}

extension Int: Positional {
    /// What is counted stays where no sum of it can be too large.
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        let number = try reader.number()
        guard number.magnitude <= Ranges.entries.upperBound else { throw reader.fault(.number) }
        self = Int(number)
    }

    func write(to writer: inout PositionalWriter) { writer.put(Int64(self)) }
}

extension String: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) { self = try reader.text() }

    func write(to writer: inout PositionalWriter) { writer.put(self) }
}

extension Instant: Positional {
    /// Instants alone have all 64 bits.
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        self.init(nanoseconds: try reader.number())
    }

    func write(to writer: inout PositionalWriter) { writer.put(nanoseconds) }
}

extension Duration: Positional {
    /// No longer than an instant has nanoseconds: no sum of a night's durations can be too large then.
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        let (seconds, attoseconds) = (try reader.number(), try reader.number())
        guard seconds.magnitude <= 9_223_372_036, attoseconds.magnitude < 1_000_000_000_000_000_000 else {
            throw reader.fault(.number)
        }
        self.init(secondsComponent: seconds, attosecondsComponent: attoseconds)
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(components.seconds)
        writer.put(components.attoseconds)
    }
}

extension Optional: Positional where Wrapped: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        // `Wrapped` is written out: what may be absent would be read once more, for ever.
        self = try reader.bool() ? try Wrapped(from: &reader) : nil
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(self != nil)
        if let value = self { value.write(to: &writer) }
    }
}

extension Array: Positional where Element: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        let count = try reader.count()
        self.init()
        reserveCapacity(Swift.min(count, PositionalReader.believed))
        for _ in 0..<count { append(try reader.next()) }
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(Int64(count))
        for element in self { element.write(to: &writer) }
    }
}

extension OrderedDictionary: Positional where Key: Positional, Value: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) {
        let count = try reader.count()
        self.init(minimumCapacity: Swift.min(count, PositionalReader.believed))
        for _ in 0..<count {
            let key: Key = try reader.next()
            guard updateValue(try reader.next(), forKey: key) == nil else { throw reader.fault(.newKey) }
        }
    }

    func write(to writer: inout PositionalWriter) {
        writer.put(Int64(count))
        for (key, value) in self {
            key.write(to: &writer)
            value.write(to: &writer)
        }
    }
}

extension Boxed: Positional where Value: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) { self.init(try reader.next()) }

    func write(to writer: inout PositionalWriter) { value.write(to: &writer) }
}

// MARK: - What is one text

extension Positional where Self: RawRepresentable, RawValue == String {
    init(from reader: inout PositionalReader) throws(PositionalFault) { self = try reader.form(Self.init(rawValue:)) }

    func write(to writer: inout PositionalWriter) { writer.put(rawValue) }
}

extension Role: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) { self = try reader.form(Role.init) }

    func write(to writer: inout PositionalWriter) { writer.put(text) }
}

extension LooseEndID: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) { self.init(try reader.text()) }

    func write(to writer: inout PositionalWriter) { writer.put(text) }
}

extension Zone: Positional {
    init(from reader: inout PositionalReader) throws(PositionalFault) { self = try reader.form(Zone.init) }

    func write(to writer: inout PositionalWriter) { writer.put(description) }
}

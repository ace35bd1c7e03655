import WarRoomScreen

/// Keys out of the bytes that a terminal sends. What begins as an escape sequence is one thing, whether it is known or
/// not and however many pieces it comes in: an unknown one is no key, and none of its bytes is. A value: bytes and the
/// monotonic time in, keys out.
struct KeyReader: Sendable {
    /// How long a lone Esc is waited behind: a sequence follows at once, a person does not.
    static let escapeDelay = Duration.milliseconds(50)
    /// How long the rest of a sequence is waited for.
    static let sequenceDelay = Duration.seconds(1)
    /// How long the end of a pasted text is waited for. When it is lost, the keys behind it are keys again.
    static let pasteDelay = Duration.seconds(2)
    /// How many bytes of a sequence are kept. Of a longer one, as of a string, nothing is kept but that it goes on.
    static let longestSequence = 128
    /// How many bytes of a pasted text are kept. A longer one is not taken, which is said.
    static let longestPaste = 262_144

    private enum Mode {
        case keys
        /// A command or an answer of the terminal, up to its terminator.
        case string
        /// The rest of a sequence that is too long to be any key's.
        case sequence
        case paste
    }

    /// What the bytes that wait turned out to be.
    private enum Step {
        case read(Int, [Key])
        case wait(Duration)
        case mode(Mode, after: Int)
    }

    private let known: [KnownKey]
    private var mode = Mode.keys
    private var bytes: [UInt8] = []
    private var pasted: [UInt8] = []
    private var pastedCount = 0
    private var patience: Duration?
    /// What has come of an operating system command (ESC ]), while it is short enough to be an answer that is known.
    private var spoken: [UInt8]?
    private var shade: Shade?

    /// When ``keys(at:)`` is to be asked although no byte has come; `nil` where nothing waits.
    private(set) var decidesAt: Duration?

    /// A reader for a terminal that has these keys beside those that all have.
    init(known: [KnownKey] = []) { self.known = known.sorted { $0.bytes.count > $1.bytes.count } }

    /// Takes what the terminal has last said of its ground since this was asked; `nil` where it has said nothing.
    mutating func takeShade() -> Shade? {
        defer { shade = nil }
        return shade
    }

    /// Takes bytes as they came at a monotonic time; returns the keys that are whole by now.
    mutating func take(_ more: some Sequence<UInt8>, at now: Duration) -> [Key] {
        // What waited too long before these came is decided first.
        var keys = keys(at: now)
        bytes.append(contentsOf: more)
        keys += read()
        decidesAt = patience.map { now + $0 }
        return keys
    }

    /// Decides on what waits, where its time is up; returns the keys that it was.
    mutating func keys(at now: Duration) -> [Key] {
        guard let limit = decidesAt, now >= limit else { return [] }
        (decidesAt, patience) = (nil, nil)
        defer { bytes = [] }
        switch mode {
        case .string, .sequence:
            (mode, spoken) = (.keys, nil)
            return []
        case .paste: return [endPaste(with: bytes)]
        case .keys:
            if bytes.allSatisfy({ $0 == 0x1B }) { return bytes.map { _ in .escape } }
            return bytes[0] < 0x80 ? [] : [.character("\u{FFFD}")]
        }
    }

    private mutating func read() -> [Key] {
        var keys: [Key] = []
        patience = nil
        while !bytes.isEmpty, patience == nil {
            switch step() {
            case .read(let count, let found):
                bytes.removeFirst(count)
                keys += found
            case .mode(let next, let count):
                bytes.removeFirst(count)
                if mode == .paste { keys.append(endPaste(with: [])) }
                mode = next
                if next != .keys, bytes.isEmpty { patience = next == .paste ? Self.pasteDelay : Self.sequenceDelay }
            case .wait(let limit): patience = limit
            }
        }
        if mode != .keys, patience == nil { patience = mode == .paste ? Self.pasteDelay : Self.sequenceDelay }
        return keys
    }

    private mutating func step() -> Step {
        switch mode {
        case .keys: return keyStep()
        case .string:
            // BEL or ST ends it. Any other control character cuts it off, so that nobody is caught in it.
            let end = bytes.firstIndex { $0 < 0x20 } ?? bytes.count
            hear(bytes[..<end])
            guard end < bytes.count else { return .read(bytes.count, []) }
            guard bytes[end] == 0x1B else {
                return .mode(.keys, after: endString(isWhole: bytes[end] == 0x07, end + 1))
            }
            guard end + 1 < bytes.count else { return end == 0 ? .wait(Self.sequenceDelay) : .read(end, []) }
            let isWhole = bytes[end + 1] == UInt8(ascii: "\\")
            return .mode(.keys, after: endString(isWhole: isWhole, isWhole ? end + 2 : end))
        case .sequence:
            guard let end = bytes.firstIndex(where: { $0 < 0x20 || $0 >= 0x40 }) else { return .read(bytes.count, []) }
            return .mode(.keys, after: bytes[end] == 0x1B ? end : end + 1)
        case .paste: return pasteStep()
        }
    }

    // MARK: Answers

    private mutating func hear(_ more: ArraySlice<UInt8>) {
        guard let count = spoken?.count else { return }
        if count + more.count <= ShadeReport.longest { spoken?.append(contentsOf: more) } else { spoken = nil }
    }

    /// Ends a string, of which so many bytes are read now.
    private mutating func endString(isWhole: Bool, _ count: Int) -> Int {
        if isWhole, let answer = spoken.flatMap(ShadeReport.answer) { shade = answer }
        spoken = nil
        return count
    }

    // MARK: Pasted text

    private static let pasteEnd = Array("\u{1B}[201~".utf8)

    private mutating func pasteStep() -> Step {
        var start = 0
        while let escape = bytes[start...].firstIndex(of: 0x1B) {
            let rest = bytes[escape...].prefix(Self.pasteEnd.count)
            if rest.elementsEqual(Self.pasteEnd.prefix(rest.count)) {
                keep(bytes[..<escape])
                if rest.count == Self.pasteEnd.count { return .mode(.keys, after: escape + rest.count) }
                bytes.removeFirst(escape)
                return .wait(Self.pasteDelay)
            }
            start = escape + 1
        }
        keep(bytes[...])
        return .read(bytes.count, [])
    }

    private mutating func keep(_ more: ArraySlice<UInt8>) {
        pastedCount += more.count
        if pastedCount <= Self.longestPaste { pasted += more } else { pasted = [] }
    }

    private mutating func endPaste(with rest: [UInt8]) -> Key {
        keep(rest[...])
        defer { (mode, pasted, pastedCount) = (.keys, [], 0) }
        return pastedCount > Self.longestPaste
            ? .overlongPaste(bytes: pastedCount) : .paste(String(decoding: pasted, as: UTF8.self))
    }

    // MARK: Keys

    private mutating func keyStep() -> Step {
        if bytes[0] < 0x20 || bytes[0] == 0x7F, let step = knownStep() { return step }
        if bytes[0] == 0x1B { return escapeStep() }
        if bytes[0] < 0x80 { return .read(1, [KeyReader.key(ofByte: bytes[0])]) }
        // A control character of the second set is an escape sequence of two bytes (ECMA-48).
        if bytes[0] == 0xC2, bytes.count > 1, bytes[1] >= 0x80, bytes[1] < 0xA0 {
            bytes.replaceSubrange(0..<2, with: [0x1B, bytes[1] - 0x40])
            return escapeStep()
        }
        guard let (count, scalar) = KeyReader.scalar(bytes[...]) else { return .wait(Self.sequenceDelay) }
        return .read(count, [.character(Character(scalar))])
    }

    /// What terminfo says of this kind of terminal goes before what all of them have.
    private func knownStep() -> Step? {
        if let found = known.first(where: { bytes.starts(with: $0.bytes) }) {
            return .read(found.bytes.count, found.key.map { [$0] } ?? [])
        }
        guard bytes.count > 1, known.contains(where: { $0.bytes.starts(with: bytes) }) else { return nil }
        return .wait(Self.sequenceDelay)
    }

    private mutating func escapeStep() -> Step {
        guard bytes.count > 1 else { return .wait(Self.escapeDelay) }
        switch bytes[1] {
        case UInt8(ascii: "["): return controlStep(from: 2)
        case UInt8(ascii: "O"): return shiftStep(from: 2)
        case UInt8(ascii: "]"):
            spoken = []
            return .mode(.string, after: 2)
        case UInt8(ascii: "P"), UInt8(ascii: "X"), UInt8(ascii: "^"), UInt8(ascii: "_"):
            return .mode(.string, after: 2)
        case 0x1B:
            // Some terminals put one more Esc before the sequence of a key with Alt.
            guard bytes.count > 2 else { return .wait(Self.escapeDelay) }
            let step =
                bytes[2] == UInt8(ascii: "[")
                ? controlStep(from: 3) : bytes[2] == UInt8(ascii: "O") ? shiftStep(from: 3) : .read(1, [.escape])
            if case .read(let count, _) = step, count > 1 { return .read(count, []) }
            return step
        case 0x20...0x2F:
            // A character with Alt, or the first of a sequence that ends with the next one.
            guard let end = bytes.dropFirst(2).firstIndex(where: { !(0x20...0x2F).contains($0) }) else {
                return bytes.count > Self.longestSequence ? .mode(.sequence, after: 2) : .wait(Self.escapeDelay)
            }
            return .read((0x30...0x7E).contains(bytes[end]) ? end + 1 : end, [])
        case 0x80...:
            guard let (count, _) = KeyReader.scalar(bytes[1...]) else { return .wait(Self.sequenceDelay) }
            return .read(1 + count, [])
        // Whoever is used to vi strikes this behind Esc in one breath, and a slow line brings both together.
        case UInt8(ascii: ":"): return .read(1, [.escape])
        default: return .read(2, [])  // A key with Alt.
        }
    }

    /// A control sequence: parameters, intermediate bytes, one final byte (ECMA-48, 5.4).
    private mutating func controlStep(from start: Int) -> Step {
        var at = start
        // The keys F1 to F5 of the Linux console.
        if at < bytes.count, bytes[at] == UInt8(ascii: "[") { at += 1 }
        while at < bytes.count, (0x20...0x3F).contains(bytes[at]) { at += 1 }
        guard at < bytes.count else {
            return bytes.count > Self.longestSequence ? .mode(.sequence, after: at) : .wait(Self.sequenceDelay)
        }
        // A control character cuts it off, and is none of it but where it says just that (CAN, SUB).
        if bytes[at] < 0x20 { return .read(bytes[at] == 0x18 || bytes[at] == 0x1A ? at + 1 : at, []) }
        guard bytes[at] < 0x7F else { return .read(at + 1, []) }
        let sequence = ControlSequence(parameters: bytes[start..<at], final: bytes[at])
        if sequence.beginsPaste { return .mode(.paste, after: at + 1) }
        if let news = ShadeReport.news(sequence) { shade = news }
        guard sequence.isOldMouse else { return .read(at + 1, sequence.key.map { [$0] } ?? []) }
        guard at + 3 < bytes.count else { return .wait(Self.sequenceDelay) }
        let values = bytes[(at + 1)...(at + 3)].map { Int($0) - 32 }
        let key = ControlSequence.mouse(values[0], column: values[1], row: values[2], isPressed: true)
        return .read(at + 4, key.map { [$0] } ?? [])
    }

    /// A sequence of ESC O: one more byte, behind modifiers on some terminals.
    private func shiftStep(from start: Int) -> Step {
        var at = start
        while at < bytes.count, (0x30...0x3B).contains(bytes[at]) { at += 1 }
        guard at < bytes.count else {
            return bytes.count > Self.longestSequence ? .mode(.sequence, after: at) : .wait(Self.sequenceDelay)
        }
        if bytes[at] < 0x20 { return .read(at, []) }
        guard bytes[at] < 0x7F else { return .read(at + 1, []) }
        let key = at == start ? ControlSequence.shifted(bytes[at]) : nil
        return .read(at + 1, key.map { [$0] } ?? [])
    }

    private static func key(ofByte byte: UInt8) -> Key {
        switch byte {
        case 0x0D, 0x0A: .enter
        case 0x09: .tab
        case 0x08, 0x7F: .backspace
        case 0x00: .control(" ")
        case 0x01..<0x20: .control(Character(Unicode.Scalar(byte + 0x60)))
        default: .character(Character(Unicode.Scalar(byte)))
        }
    }

    /// The first character of UTF-8 bytes, and how many it takes; U+FFFD for what is none, `nil` where its end is not
    /// there yet.
    private static func scalar(_ bytes: ArraySlice<UInt8>) -> (count: Int, scalar: Unicode.Scalar)? {
        var decoder = UTF8()
        var rest = bytes.prefix(4).makeIterator()
        let decoded = decoder.decode(&rest)
        if case .scalarValue(let scalar) = decoded { return (UTF8.width(scalar), scalar) }
        let length = bytes[bytes.startIndex] >= 0xF0 ? 4 : bytes[bytes.startIndex] >= 0xE0 ? 3 : 2
        let isLead = (0xC2...0xF4).contains(bytes[bytes.startIndex])
        if isLead, bytes.count < length, bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }) { return nil }
        return (1, "\u{FFFD}")
    }
}

/// A key of one kind of terminal, by the bytes that it sends.
struct KnownKey: Sendable {
    let bytes: [UInt8]
    /// `nil`: it is known, and means nothing here.
    let key: Key?

    /// A key that sends these bytes; `nil` for a key that means nothing here.
    init(bytes: [UInt8], key: Key?) { (self.bytes, self.key) = (bytes, key) }
}

package import WarRoomCore

/// What a line from the hub meant for whoever is attached.
package enum AttachmentNews: Sendable {
    /// The bridge is there, whole.
    case opened
    /// The bridge has taken an entry.
    case entry(Entry)
    /// The hub is there.
    case beat
    /// The hub's answer to an event that was sent.
    case answer(Answer)
    /// The entries on a subject that were asked for.
    case history(subject: String, entries: [Entry])
    /// Entries are missing, or the bridge cannot be read: subscribe again.
    case outOfStep(reason: String)
    /// The hub ends the connection.
    case cut(reason: String)
}

/// Keeps a bridge in step with the hub. A value: lines and the monotonic time in, news out; it reads no clock and no
/// socket.
package struct Attachment: Sendable {
    /// How long the hub may be silent before every screen says so (docs/contract.md, Subscribing).
    package static let silenceLimit = Duration.seconds(3)

    /// The bridge as of the last entry taken; `nil` before the first.
    package private(set) var bridge: Bridge?
    /// Whether the bridge is there. A bridge is large, so nobody takes a copy of it only to know.
    package private(set) var hasBridge = false
    /// The hub's last greeting; `nil` before the first.
    package private(set) var hello: Hello?
    /// Bridge time of each source's last good answer.
    package private(set) var confirmed: [String: Instant] = [:]
    /// What the hub tells of itself, as of its last word.
    package private(set) var troubles: [HubTrouble] = []
    /// How many are attached to the hub, this one among them, as of its last word: they share the machine.
    package private(set) var attached = 1

    /// The tokens of the parts of the bridge that have come.
    private var tokens: [UInt8] = []
    private var (partCount, tokenCount) = (0, 0)
    /// How much of a bridge is taken, in bytes and in tokens: far more than a night of 10,000 servers has.
    private static let mostBytes = 67_108_864, mostTokens = 4_000_000
    /// The hub's last word on the time, and when it came.
    private var anchor: (bridge: Instant, monotonic: Duration)?

    /// Attached to nothing yet: the first line to take is the hub's greeting.
    package init() {}

    /// Takes one line, at a time of the monotonic clock. Returns what it meant, in order; nothing for a line that
    /// changes nothing.
    package mutating func take(_ line: HubLine, monotonic: Duration) -> [AttachmentNews] {
        switch line {
        case .hello(let hello):
            if let known = self.hello, known.bridge != hello.bridge { (bridge, hasBridge) = (nil, false) }
            self.hello = hello
            confirmed.merge(hello.confirmed) { $1 }
            troubles = hello.troubles
            attached = hello.attached
            anchor = (hello.now, monotonic)
            return []
        case .bridge(let part): return take(part)
        case .entry(let entry):
            guard hasBridge else { return [.outOfStep(reason: "an entry came before the bridge")] }
            if entry.number <= bridge!.entry { return [] }
            guard entry.number == bridge!.entry + 1 else { return [.outOfStep(reason: "entries are missing")] }
            bridge!.apply(entry)
            // Whoever has only the entries cannot know another runbook's text.
            guard bridge!.entry == entry.number else { return [.outOfStep(reason: "the runbook was amended")] }
            return [.entry(entry)]
        case .beat(let beat):
            anchor = (beat.now, monotonic)
            confirmed.merge(beat.confirmed) { $1 }
            troubles = beat.troubles
            attached = beat.attached
            if let bridge, beat.entry > bridge.entry { return [.outOfStep(reason: "entries are missing"), .beat] }
            return [.beat]
        case .answer(let answer): return [.answer(answer)]
        case .history(let subject, let entries): return [.history(subject: subject, entries: entries)]
        case .cut(let reason): return [.cut(reason: reason)]
        case .unreadable(let reason): return [.outOfStep(reason: reason)]
        case .status, .other: return []
        }
    }

    private mutating func take(_ part: BridgePart) -> [AttachmentNews] {
        guard part.format == Bridge.format else {
            return [.outOfStep(reason: "the hub is of another version; end this screen and open it again")]
        }
        if part.part == 1 { (tokens, partCount, tokenCount) = ([], 0, 0) }
        partCount += 1
        tokenCount += part.tokens.count
        if !tokens.isEmpty, part.tokens.count > 0 { tokens.append(UInt8(ascii: ",")) }
        tokens += part.tokens.elements
        let fits = tokens.count <= Attachment.mostBytes && tokenCount <= Attachment.mostTokens
        guard part.part == partCount, part.part <= part.of, fits else {
            tokens = []
            return [.outOfStep(reason: "the hub's picture of the bridge \(fits ? "comes out of order" : "has no end")")]
        }
        guard part.part == part.of else { return [] }
        defer { tokens = [] }
        guard let bridge = try? Bridge(tokens: tokens) else {
            return [.outOfStep(reason: "the hub's picture of the bridge cannot be read")]
        }
        (self.bridge, hasBridge) = (bridge, true)
        return [.opened]
    }

    /// Bridge time: the hub's last word on it, gone on at the hub's speed. The epoch before the hub's first word.
    package func now(monotonic: Duration) -> Instant {
        guard let anchor, let speed = hello?.speed else { return Instant(seconds: 0) }
        let passed = max(monotonic - anchor.monotonic, .zero)
        return anchor.bridge + passed * speed
    }

    /// Bridge time of the hub's last word, where that is longer ago than ``silenceLimit``; `nil` while the hub is
    /// heard.
    package func silentSince(monotonic: Duration) -> Instant? {
        guard let anchor, monotonic - anchor.monotonic > Attachment.silenceLimit else { return nil }
        return anchor.bridge
    }
}

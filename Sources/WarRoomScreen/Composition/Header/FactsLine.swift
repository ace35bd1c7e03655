import OrderedCollections
import WarRoomCore

/// What the band says beside the sentence for as long as it is true: what was heard from outside and nobody has looked
/// at, since when alerts are off, how many servers are in service, how late the night is and when it ends. The most
/// important stands first; those at the end give way where there is no room.
struct FactsLine {
    private struct Part {
        var sign: Sign?
        /// What is said, from the longest words to the shortest.
        var words: [String]
        /// Of what is said in short as much as there is room for.
        var story: Story?
    }

    /// What somebody has told: it stands behind its head, and is cut where the line is full.
    private struct Story {
        let head: String
        let text: String
        let tail: String

        /// With so many cells more than head and tail alone; `nil` where no word would be understood.
        func text(_ cells: Int, _ clip: String) -> String? {
            guard cells >= 8 else { return nil }
            guard CellWidth.of(text) > cells - 2 else { return "\(head): \(text)\(tail)" }
            var kept = ""
            var width = 3
            for character in text {
                width += CellWidth.of(character)
                guard width <= cells else { break }
                kept.append(character)
            }
            return "\(head): \(kept.trimmed)\(clip)\(tail)"
        }
    }

    private let sight: Sight
    private let parts: [Part]

    init(_ sight: Sight) {
        self.sight = sight
        // That the window is overrun goes before what is off, and says more than how late it is.
        let isOverrun = sight.situation.forecast.overrun != nil
        let (late, end) = FactsLine.forecast(sight)
        let first = [FactsLine.heard(sight), isOverrun ? end : nil]
        let last = [FactsLine.muted(sight), FactsLine.service(sight)] + (isOverrun ? [] : [late, end])
        parts = (first + last).compactMap { $0 }
    }

    /// Only what was heard from outside.
    init(heardBy sight: Sight) {
        self.sight = sight
        parts = [FactsLine.heard(sight)].compactMap { $0 }
    }

    var isEmpty: Bool { parts.isEmpty }

    /// What was heard and nobody has looked at: how long ago, the words of the oldest, and how many more there are.
    private static func heard(_ sight: Sight) -> Part? {
        let open = sight.situation.heard.open
        guard let first = open.first else { return nil }
        let head = "heard \(sight.age(first.at))"
        let story = Story(
            head: head, text: CleanText.line(first.text), tail: open.count > 1 ? " +\(open.count - 1)" : "")
        // Whoever tells a long story does not push everything else out of the line.
        let whole = story.text(48, Shape.clip.text(sight.glyphs)) ?? head
        return Part(sign: .need, words: [whole, head + story.tail], story: story)
    }

    /// Since when any alerts are off, or that all are on.
    private static func muted(_ sight: Sight) -> Part? {
        guard let first = sight.situation.looseEnds.filter(\.id.isAlerts).map(\.openedAt).min() else {
            // Only where each is freshly told to be on: silence proves nothing.
            let servers = sight.situation.servers.values.filter(\.isInRunbook)
            let isOn = !servers.isEmpty && servers.allSatisfy { $0.alerts?.value == .on && $0.alerts?.counts == true }
            return isOn ? Part(sign: .good, words: ["alerts on"]) : nil
        }
        let words = "alerts off \(sight.age(first))"
        return Part(sign: .off, words: [words])
    }

    /// How many servers are in service, once anybody has reported on a pool. Silence is not zero.
    private static func service(_ sight: Sight) -> Part? {
        let service = sight.situation.service
        guard service.isKnown, service.of > 0 else { return nil }
        let isWhole = service.inService == service.of
        let isShort = sight.situation.pools.values.contains(where: \.isShort)
        let sign: Sign =
            isWhole ? .good : isShort ? .need : service.isInDoubt || service.unknown > 0 ? .stale : .off
        guard service.unknown < service.of else {
            return Part(sign: sign, words: ["in service: not known"])
        }
        let held = sight.situation.servers.values.count(where: \.isHeld)
        let tail =
            (service.unknown > 0 ? ", \(service.unknown) not known" : "") + (held > 0 ? ", \(held) held back" : "")
        let count = "in service \(service.inService) of \(service.of)"
        return Part(sign: sign, words: [count + tail, count])
    }

    /// How late it is, and when it ends.
    private static func forecast(_ sight: Sight) -> (late: Part?, end: Part?) {
        let forecast = sight.situation.forecast
        guard sight.bridge.state != .closed, forecast.isUnderWay, let notBefore = forecast.notBefore else {
            return (nil, nil)
        }
        // Nobody is late by seconds.
        let late = forecast.behind.map { behind in
            Part(words: [(behind <= .seconds(60) ? "1 min" : behind.written) + " late"])
        }
        return (late, end(forecast, notBefore, sight))
    }

    private static func end(_ forecast: ForecastFacts, _ notBefore: Instant, _ sight: Sight) -> Part? {
        if let over = forecast.overrun {
            let least = forecast.end == nil ? "at least " : ""
            let when = "ends \(least)\(over.written) after the window, \(sight.bothShort(notBefore))"
            let title = forecast.cause.map { sight.runbook.steps[$0]?.title ?? $0 }
            return Part(
                sign: .need,
                words: (title.map { ["\(when): \($0)"] } ?? []) + [when, "ends \(over.written) after the window"])
        }
        guard let end = forecast.end else {
            let steps = forecast.unknown == 1 ? "1 step has" : "\(forecast.unknown) steps have"
            guard sight.runbook.window.closes != nil else {
                return Part(words: ["no end time set: \(steps) no duration", "no end time set"])
            }
            return Part(sign: .unknown, words: ["end not known: \(steps) no duration", "end not known"])
        }
        return Part(words: ["ends \(sight.bothShort(end))", "ends \(sight.home(end))"])
    }

    /// Adds as many parts as there is room for between two columns, on a band. The last one is shortened first, then
    /// the one before it; where all are short the last one goes. What was heard is cut, but never dropped.
    func put(into line: inout Line, at column: Int, to end: Int, band role: TextRole, isOld: Bool = false) {
        var x = column
        if isOld, end - column > 40 { x = line.put("last known:", at: x, role, to: end) + 1 }
        let gap = end - column > 90 ? 5 : 3
        for (sign, word) in fitting(end - x, gap: gap) {
            if let sign {
                line.put(sign, role, at: x, sight.glyphs)
                x += 2
            }
            x = line.put(word, at: x, role, to: end) + gap
        }
    }

    private func fitting(_ room: Int, gap: Int) -> [(Sign?, String)] {
        func width(_ texts: [(Sign?, String)]) -> Int {
            texts.reduce(-gap) { $0 + ($1.0 == nil ? 0 : 2) + CellWidth.shown($1.1) + gap }
        }
        for kept in stride(from: parts.count, to: 0, by: -1) {
            var lengths = Array(repeating: 0, count: kept)
            while true {
                var texts = zip(parts, lengths).map { ($0.sign, $0.words[$1]) }
                let taken = width(texts)
                let next = lengths.indices.last { lengths[$0] + 1 < parts[$0].words.count }
                if taken <= room {
                    if next == nil, lengths[0] > 0, let story = parts[0].story {
                        // Some of its words are worth more than the last of the others.
                        let told = story.text(room - taken, Shape.clip.text(sight.glyphs))
                        guard told != nil || kept == 1 else { break }
                        texts[0].1 = told ?? texts[0].1
                    }
                    return texts
                }
                guard let next else { break }
                lengths[next] += 1
            }
        }
        guard let first = parts.first else { return [] }
        return [(first.sign, first.story?.head ?? first.words[first.words.count - 1])]
    }
}

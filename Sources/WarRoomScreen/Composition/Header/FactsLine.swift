import OrderedCollections
import WarRoomCore

/// What the band says beside the sentence for as long as it is true: what was heard from outside and nobody has looked
/// at, since when alerts are off, how many servers are in service, how late the night is and when it ends. The most
/// important stands first; those at the end give way where there is no room.
struct FactsLine {
    private struct Part {
        var sign: Sign?
        var word: String
        /// What is said where that has no room.
        var short: String
    }

    private let sight: Sight
    private let parts: [Part]

    init(_ sight: Sight) {
        self.sight = sight
        parts = [FactsLine.heard(sight), FactsLine.muted(sight), FactsLine.service(sight)].compactMap { $0 }
            + FactsLine.forecast(sight)
    }

    /// What was heard and nobody has looked at: how long ago, the words of the oldest, and how many more there are.
    private static func heard(_ sight: Sight) -> Part? {
        let open = sight.situation.heard.open
        guard let first = open.first else { return nil }
        let more = open.count > 1 ? " +\(open.count - 1)" : ""
        let head = "heard \(sight.age(first.at)) ago"
        var text = CleanText.line(first.text)
        // Whoever tells a long story does not push everything else out of the line.
        if CellWidth.of(text) > 40, let start = text.wrapped(to: 37).first {
            text = start + Shape.clip.text(sight.glyphs)
        }
        return Part(sign: .need, word: "\(head): \(text)\(more)", short: head + more)
    }

    /// Since when any alerts are off.
    private static func muted(_ sight: Sight) -> Part? {
        guard let first = sight.situation.looseEnds.filter(\.id.isAlerts).map(\.openedAt).min() else {
            return sight.runbook.servers.isEmpty ? nil : Part(sign: .good, word: "alerts on", short: "alerts on")
        }
        let words = "alerts off \(sight.age(first))"
        return Part(sign: .off, word: words, short: words)
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
            return Part(sign: sign, word: "in service: not known", short: "in service: not known")
        }
        let held = sight.situation.servers.values.count(where: \.isHeld)
        let tail =
            (service.unknown > 0 ? ", \(service.unknown) not known" : "") + (held > 0 ? ", \(held) held back" : "")
        let count = "in service \(service.inService) of \(service.of)"
        return Part(sign: sign, word: count + tail, short: count)
    }

    /// How late it is, and when it ends.
    private static func forecast(_ sight: Sight) -> [Part] {
        let forecast = sight.situation.forecast
        guard sight.bridge.state != .closed, forecast.isUnderWay, let notBefore = forecast.notBefore else { return [] }
        // Nobody is late by seconds.
        let late = forecast.behind.map { behind in
            let words = (behind <= .seconds(60) ? "1 min" : behind.written) + " late"
            return Part(word: words, short: words)
        }
        return [late, end(forecast, notBefore, sight)].compactMap { $0 }
    }

    private static func end(_ forecast: ForecastFacts, _ notBefore: Instant, _ sight: Sight) -> Part? {
        if let over = forecast.overrun {
            let least = forecast.end == nil ? "at least " : ""
            let title = forecast.cause.map { sight.runbook.steps[$0]?.title ?? $0 }
            return Part(
                sign: .need,
                word: "ends \(least)\(over.written) after the window, \(sight.bothShort(notBefore))"
                    + (title.map { ": \($0)" } ?? ""), short: "ends \(over.written) after the window")
        }
        guard let end = forecast.end else {
            guard sight.runbook.window.closes != nil else {
                return Part(word: "no end time set", short: "no end time set")
            }
            let steps = forecast.unknown == 1 ? "1 step has" : "\(forecast.unknown) steps have"
            return Part(sign: .unknown, word: "end not known: \(steps) no duration", short: "end not known")
        }
        return Part(word: "ends \(sight.bothShort(end))", short: "ends \(sight.home(end))")
    }

    /// Adds as many parts as there is room for between two columns, on a band.
    func put(into line: inout Line, at column: Int, to end: Int, band role: TextRole, isOld: Bool) {
        var x = column
        if isOld, end - column > 40 { x = line.put("last known:", at: x, role, to: end) + 1 }
        let gap = end - column > 90 ? 5 : 3
        func width(_ texts: [(Sign?, String)]) -> Int {
            texts.reduce(-gap) { $0 + ($1.0 == nil ? 0 : 2) + CellWidth.shown($1.1) + gap }
        }
        var chosen: [(Sign?, String)] = []
        search: for kept in stride(from: parts.count, to: 0, by: -1) {
            for short in 0...kept {
                chosen = parts.prefix(kept).enumerated().map { ($1.sign, $0 >= kept - short ? $1.short : $1.word) }
                if width(chosen) <= end - x { break search }
            }
        }
        for (sign, word) in chosen {
            if let sign {
                line.put(sign, role, at: x, sight.glyphs)
                x += 2
            }
            x = line.put(word, at: x, role, to: end) + gap
        }
    }
}

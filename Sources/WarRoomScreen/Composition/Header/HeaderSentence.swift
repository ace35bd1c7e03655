import WarRoomCore

/// The one sentence, in as many rows as there are for it.
extension Header {
    /// What is waited for, on whom, since when. When the hub is silent, it says first that this is the past.
    func sentence(at gutter: Int, text: Int, to limit: Int, rows: Int, tail given: String? = nil) -> [Line] {
        let sentence = sight.situation.sentence
        let width = max(limit - text, 1)
        var lines: [Line] = []
        func add(_ words: String, _ role: TextRole, word: String, wordRole: TextRole = .gutter) {
            var line = Line()
            if text > gutter, !word.isEmpty { line.put(word, at: gutter, wordRole, to: text) }
            line.put(words, at: text, role, to: limit)
            lines.append(line)
        }
        if let silent = sight.vitals.hubSilentSince {
            let age = sight.age(silent)
            if rows == 1 {
                add("OLD by \(age): \(sight.situation.sentenceText)", .act, word: "OLD", wordRole: .act)
                return lines
            }
            let long = "This picture is \(age) old: the hub is silent since \(sight.both(silent))"
            let short = "OLD by \(age): hub silent since \(sight.home(silent))"
            add(
                CellWidth.of(long) <= width ? long : CellWidth.of(short) <= width ? short : "OLD by \(age)", .act,
                word: "OLD", wordRole: .act)
        }
        let room = rows - lines.count
        let word = sentence.on == nil ? "NOW" : "WAIT"
        guard room > 0 else { return Array(lines.prefix(rows)) }
        for (place, words) in Header.fit(sight.situation.sentenceText, tail: given ?? tail(of: sentence), width: width, rows: room)
            .enumerated()
        {
            add(words, .sentence, word: place == 0 ? word : "")
        }
        while lines.count < rows { lines.append(Line()) }
        return lines
    }

    func tail(of sentence: Sentence) -> String {
        var tail = ""
        if let on = sentence.on { tail += ", on \(on)" }
        if let since = sentence.since { tail += ", since \(sight.both(since)), \(sight.age(since))" }
        return tail
    }

    /// The words in so many rows. Whom it is on and since when begin a row of their own where there is one. What is
    /// waited for may be cut; the rest is kept.
    static func fit(_ text: String, tail: String, width: Int, rows: Int) -> [String] {
        let whole = (text + tail).wrapped(to: width)
        if whole.count == 1 { return whole }
        let apart =
            (text + (tail.isEmpty ? "" : ",")).wrapped(to: width)
            + (tail.isEmpty ? [] : String(tail.dropFirst(2)).wrapped(to: width))
        if apart.count <= rows, apart.count <= max(whole.count, 2) { return apart }
        if whole.count <= rows { return whole }
        guard rows > 1, !tail.isEmpty else { return clipped(whole, to: rows) }
        let end = String(tail.dropFirst(2)).wrapped(to: width)
        let kept = max(1, rows - end.count)
        return clipped(clipped(text.wrapped(to: width), to: kept) + end, to: rows)
    }

    /// Runs the last row past its end, so that the canvas puts its mark there.
    private static func clipped(_ lines: [String], to rows: Int) -> [String] {
        guard lines.count > rows, rows > 0 else { return lines }
        return Array(lines.prefix(rows - 1)) + [lines[(rows - 1)...].joined(separator: " ")]
    }
}

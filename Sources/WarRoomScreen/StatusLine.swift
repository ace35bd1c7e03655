import WarRoomCore

/// What the header says beside the sentence for as long as it is true, at every size: what is switched off and easily
/// forgotten, when the night will end. It stands in the rule under the sentence, which costs no row; where clocks are tall
/// beside them, and in the presenter's layout in a row of its own.
///
/// A rule that has something permanent to tell adds a ``Part`` to ``parts(_:)``, the most important first: those at the end
/// give way where there is no room.
struct StatusLine {
    struct Part {
        var face: Face
        /// What is said where the words of the face have no room.
        var short: String?
    }

    private let sight: Sight
    let parts: [Part]

    init(_ sight: Sight) {
        self.sight = sight
        parts = StatusLine.parts(sight)
    }

    private static func parts(_ sight: Sight) -> [Part] { [muted(sight), ForecastLine.part(sight)].compactMap { $0 } }

    /// Since when any alerts are muted.
    private static func muted(_ sight: Sight) -> Part? {
        let muted = sight.situation.looseEnds.filter { $0.id.hasPrefix("alerts/") }
        guard let first = muted.map(\.openedAt).min() else { return nil }
        let age = sight.age(first)
        return Part(face: Face(.off, "alerts muted \(age)", .off), short: "muted \(age)")
    }

    /// Adds as many parts as there is room for between two columns, with a blank around each; returns the column after.
    @discardableResult
    func put(into line: inout Line, at column: Int, to end: Int) -> Int {
        var x = column
        for part in parts {
            var face = part.face
            func width() -> Int { CellWidth.shown(face.word) + 4 }
            if x + width() > end, let short = part.short { face.word = short }
            guard x + width() <= end else { continue }
            line.put(" ", times: width(), at: x, .plain)
            line.put(face, at: x + 1, sight.glyphs, to: end - 1)
            x += width() + 2
        }
        return x
    }
}

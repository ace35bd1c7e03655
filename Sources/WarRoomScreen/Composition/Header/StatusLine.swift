import OrderedCollections
import WarRoomCore

/// What the header says beside the sentence for as long as it is true, at every size: what was heard from outside and
/// nobody has looked at, what is switched off and easily forgotten, and when the night will end. It stands in the rule
/// under the sentence, where it costs no row. Where the clocks are tall it stands beside them, and in the presenter's
/// layout in a row of its own.
///
/// What must be told permanently is a ``Part`` of ``parts(_:)``, the most important first: those at the end give way
/// where there is no room.
struct StatusLine {
    struct Part {
        var face: Face
        /// What is said where the words of the face have no room.
        var short: String?
        /// Words of which as many as there is room for are said where the short form stands.
        var words: Words?
    }

    /// Words of any length: they stand behind the head of a short form, and are cut where the line is full.
    struct Words {
        let head: String
        let text: String
        let tail: String
        /// What stands where they are cut.
        let clip: String

        /// With so many cells more than the head and the tail alone; `nil` where no word would be understood.
        func text(of cells: Int) -> String? {
            let room = cells - 2
            guard room >= 6 else { return nil }
            return "\(head): \(cut(text, to: room))\(tail)"
        }

        /// The head alone, cut where even that has no room.
        func head(of cells: Int) -> String { cut(head, to: cells) }

        private func cut(_ text: String, to cells: Int) -> String {
            guard CellWidth.of(text) > cells else { return text }
            var kept = ""
            var width = CellWidth.of(clip)
            for character in text {
                width += CellWidth.of(character)
                guard width <= cells else { break }
                kept.append(character)
            }
            return kept.trimmed + clip
        }
    }

    private let sight: Sight
    let parts: [Part]

    init(_ sight: Sight) {
        self.sight = sight
        parts = StatusLine.parts(sight)
    }

    private init(_ sight: Sight, parts: [Part]) {
        self.sight = sight
        self.parts = parts
    }

    private static func parts(_ sight: Sight) -> [Part] {
        [heard(sight), muted(sight), ForecastLine.part(sight), service(sight)].compactMap { $0 }
    }

    /// What was heard and nobody has looked at: how long ago, the words of the oldest, and how many more there are.
    private static func heard(_ sight: Sight) -> Part? {
        let open = sight.situation.heard.open
        guard let first = open.first else { return nil }
        let head = "heard \(sight.age(first.at))"
        let tail = open.count > 1 ? " +\(open.count - 1)" : ""
        let words = Words(head: head, text: CleanText.line(first.text), tail: tail, clip: Shape.clip.text(sight.glyphs))
        // Whoever tells a long story does not push everything else out of the line.
        let whole = words.text(of: mostWords) ?? head + tail
        return Part(face: Face(.need, whole, .act), short: head + tail, words: words)
    }

    private static let mostWords = 48

    /// Since when any alerts are muted.
    private static func muted(_ sight: Sight) -> Part? {
        let muted = sight.situation.looseEnds.filter(\.id.isAlerts)
        guard let first = muted.map(\.openedAt).min() else { return nil }
        let age = sight.age(first)
        return Part(face: Face(.off, "alerts muted \(age)", .off), short: "muted \(age)")
    }

    /// How many servers are in service, once anybody has reported on a pool.
    private static func service(_ sight: Sight) -> Part? {
        let service = sight.situation.service
        guard service.isKnown, service.of > 0 else { return nil }
        let isWhole = service.inService == service.of
        let isShort = sight.situation.pools.values.contains(where: \.isShort)
        let (sign, role): (Sign, TextRole) =
            isWhole ? (.good, .good) : isShort ? (.need, .act) : service.isInDoubt ? (.stale, .doubt) : (.off, .off)
        let count = "in service \(service.inService)"
        // Silence is not zero.
        guard service.unknown > 0 else {
            return Part(face: Face(sign, "\(count) of \(service.of)", role), short: "\(count)/\(service.of)")
        }
        let doubt = isShort ? (sign, role) : (Sign.stale, TextRole.doubt)
        let (words, short) =
            service.unknown == service.of
            ? ("in service unknown", "in service unknown")
            : ("\(count) of \(service.of), \(service.unknown) unknown", "\(count)/\(service.of), \(service.unknown) ?")
        return Part(face: Face(doubt.0, words, doubt.1), short: short)
    }

    /// The parts in their words for so much room. The last one is shortened first, then the one before it. Where all
    /// are short the last one goes.
    private func fitting(_ room: Int) -> [Face] {
        for kept in stride(from: parts.count, to: 0, by: -1) {
            for short in 0...kept {
                let faces = parts.prefix(kept).enumerated().map { place, part in
                    var face = part.face
                    if place >= kept - short, let words = part.short { face.word = words }
                    return face
                }
                let taken = faces.reduce(-2, { $0 + width($1) + 2 })
                if taken <= room { return short == kept ? filled(faces, room - taken) : faces }
            }
        }
        // What somebody must look at is never dropped, only cut.
        guard let first = parts.first, let words = first.words, room > 5 else { return [] }
        return [Face(first.face.sign, words.head(of: room - 4), first.face.role)]
    }

    /// Short forms, with as many words of the first one as there is room left for.
    private func filled(_ faces: [Face], _ left: Int) -> [Face] {
        guard let words = parts.first?.words, let text = words.text(of: left) else { return faces }
        var faces = faces
        faces[0].word = text
        return faces
    }

    private func width(_ face: Face) -> Int { CellWidth.shown(face.word) + 4 }

    /// Adds as many parts as there is room for between two columns, with a blank around each; returns the column after.
    @discardableResult
    func put(into line: inout Line, at column: Int, to end: Int) -> Int {
        put(fitting(end - column), into: &line, at: column, to: end)
    }

    /// The parts in their whole words on the second of two rows, the first ones on the first where one row is too
    /// short.
    func put(into lines: inout [Line], rows: (first: Int, second: Int), at column: Int, to end: Int) {
        let faces = parts.map(\.face)
        guard faces.count > 1, faces.reduce(-2, { $0 + width($1) + 2 }) > end - column else {
            put(into: &lines[rows.second], at: column, to: end)
            return
        }
        put([faces[0]], into: &lines[rows.first], at: column, to: end)
        StatusLine(sight, parts: Array(parts.dropFirst())).put(into: &lines[rows.second], at: column, to: end)
    }

    @discardableResult
    private func put(_ faces: [Face], into line: inout Line, at column: Int, to end: Int) -> Int {
        var x = column
        for face in faces {
            line.put(" ", times: width(face), at: x, .plain)
            line.put(face, at: x + 1, sight.glyphs, to: end - 1)
            x += width(face) + 2
        }
        return x
    }
}

import OrderedCollections
import WarRoomCore

/// What the header says beside the sentence for as long as it is true, at every size: what is switched off and easily
/// forgotten, and when the night will end. It stands in the rule under the sentence, where it costs no row. Where the
/// clocks are tall it stands beside them, and in the presenter's layout in a row of its own.
///
/// What must be told permanently is a ``Part`` of ``parts(_:)``, the most important first: those at the end give way
/// where there is no room.
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

    private init(_ sight: Sight, parts: [Part]) {
        self.sight = sight
        self.parts = parts
    }

    private static func parts(_ sight: Sight) -> [Part] {
        [muted(sight), ForecastLine.part(sight), service(sight)].compactMap { $0 }
    }

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
                if faces.reduce(-2, { $0 + width($1) + 2 }) <= room { return faces }
            }
        }
        return []
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

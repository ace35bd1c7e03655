import WarRoomCore

/// Everything known about one subject, section by section; each kind of subject has its own file. The words of the
/// sections stand on a filled rail, as the panes' do.
struct DetailPage {
    let sight: Sight
    let frame: Frame
    private(set) var lines: [Line] = []

    init(_ detail: ViewState.Detail, sight: Sight, frame: Frame) {
        self.sight = sight
        self.frame = frame
        switch detail.subject {
        case .step(let id): step(id)
        case .server(let name): server(name)
        case .wave(let id): wave(id)
        case .check(let path): check(path)
        case .team(let boardID, let id): team(boardID, id)
        case .board(let id): board(id)
        case .test(let id), .failure(let id, _), .run(let id, _): test(id)
        case .gate(let id), .need(let id, _): gatePage(id)
        case .source(let id): source(id)
        case .phase(let id): phase(id)
        case .entry(let number): entry(number)
        case .looseEnd(let id): looseEnd(id)
        case .trouble(let kind, let name): trouble(kind, name)
        case .heard(let number): heard(number)
        case .alert(let fingerprint): alert(fingerprint)
        case .stage(let id): stage(id)
        case .handover: handover()
        case .batch(let id): batch(id)
        }
        if detail.subject.eventSubject != nil { history(detail.history) }
    }

    private var label: Int { frame.gutter }
    /// The filled rail with the sections' words; none where there is hardly room for text.
    var rail: Int { frame.width < 76 ? 0 : frame.gutter + 10 }
    var content: Int { rail == 0 ? frame.gutter + 10 : rail + 2 }
    var glyphs: GlyphSet { sight.glyphs }

    // MARK: Rows

    /// A row with the rail and its word.
    func row(_ word: String = "") -> Line {
        var line = Line()
        if rail > 0 { line.put(" ", times: rail, at: 0, .headNote) }
        if !word.isEmpty { line.put(word, at: label, rail > 0 ? .head : .strong, to: content - 1) }
        return line
    }

    mutating func add(_ line: Line) { lines.append(line) }

    /// What the page is about, with its state, over the whole width.
    mutating func title(_ text: String, _ face: Face?) {
        var line = Line()
        line.fill = .headNote
        var x = label
        if let face {
            line.put(face.sign, .head, at: x, glyphs)
            x += 2
        }
        x = line.put(text, at: x, .head, to: frame.right)
        if let face { line.put(face.word, at: x + 2, .headNote, to: frame.right) }
        lines.append(line)
    }

    /// A section with its word on the rail; long text is wrapped, never cut.
    mutating func add(_ word: String, _ text: String, _ role: TextRole = .plain) {
        guard !text.isEmpty else { return }
        for (place, part) in text.wrapped(to: max(frame.right - content, 1)).enumerated() {
            var line = row(place == 0 ? word : "")
            line.put(part, at: content, role, to: frame.right)
            lines.append(line)
        }
    }

    mutating func add(_ word: String, _ text: String?) {
        if let text { add(word, text, .plain) }
    }

    /// A row with a state: its sign has the state's look, its words are prose.
    mutating func add(_ word: String, _ face: Face, _ text: String) {
        for (place, part) in text.wrapped(to: max(frame.right - content - 2, 1)).enumerated() {
            var line = row(place == 0 ? word : "")
            if place == 0 { line.put(face.sign, face.role, at: content, glyphs) }
            line.put(part, at: content + 2, face.role == .waiting ? .waiting : .plain, to: frame.right)
            lines.append(line)
        }
    }

    /// A time in both zones, each in its own look, and how long ago.
    mutating func add(_ word: String, at instant: Instant?, _ more: String = "") {
        guard let instant else { return }
        let age = sight.isAhead(instant) ? sight.left(instant) : "\(sight.age(instant)) ago"
        let tail = ", " + age + (more.isEmpty ? "" : ", " + more)
        let times = sight.both(instant)
        guard CellWidth.shown(times + tail) <= frame.right - content else { return add(word, times + tail) }
        var line = row(word)
        var x = line.put(sight.home(instant), at: content, .timeHome, to: frame.right)
        x = line.put(" / ", at: x, .waiting, to: frame.right)
        x = line.put(sight.other(instant), at: x, .timeOther, to: frame.right)
        line.put(tail, at: x, .plain, to: frame.right)
        lines.append(line)
    }

    /// The page with the rail down to the last of so many rows.
    func lines(filling rows: Int) -> [Line] {
        guard rail > 0, lines.count < rows else { return lines }
        return lines + Array(repeating: row(), count: rows - lines.count)
    }

    mutating func blank() { lines.append(row()) }

    /// One claim: whose, how near to the fact, since when, and what it says.
    mutating func claim<Value>(_ word: String, _ claim: Claim<Value>, _ face: Face) {
        let by = claim.by == claim.claimant ? "" : " by \(claim.by)"
        add(
            word, face,
            "\(face.word), says \(claim.claimant)\(by), \(claim.standing.rawValue), since \(sight.both(claim.since)), "
                + "\(sight.age(claim.since)), entry \(claim.entry)"
        )
    }

    private mutating func history(_ entries: [FeedLine]?) {
        blank()
        guard let entries else {
            add("HISTORY", "asked the hub, no answer yet", .waiting)
            return
        }
        if entries.isEmpty { add("HISTORY", "no entry", .waiting) }
        for (place, entry) in entries.enumerated() {
            var line = row(place == 0 ? "HISTORY" : "")
            let face = Face(entry.tone)
            line.put(face.sign, face.role, at: content, glyphs)
            var x = line.put(sight.home(entry.receivedAt), at: content + 2, .timeHome, to: frame.right)
            x = line.put(sight.other(entry.receivedAt), at: x + 2, .timeOther, to: frame.right)
            x = line.put("\(entry.entry) \(entry.by)", at: x + 2, .waiting, to: frame.right)
            line.put(entry.text, at: x + 2, .plain, to: frame.right)
            lines.append(line)
        }
    }
}

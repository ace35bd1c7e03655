internal import CNcurses
internal import WarRoomCore
package import WarRoomScreen

/// The only hand on the terminal: it shows a canvas, and gives keys.
@MainActor
package final class CursesTerminal {
    /// What ended a wait.
    struct Happenings: OptionSet, Sendable {
        let rawValue: Int32

        static let keys = Happenings(WR_KEYS)
        static let feed = Happenings(WR_FEED)
        static let feedRoom = Happenings(WR_FEED_ROOM)
        static let room = Happenings(WR_ROOM)
        static let resized = Happenings(WR_RESIZED)
        static let leave = Happenings(WR_LEAVE)
        static let stop = Happenings(WR_STOP)
        static let continued = Happenings(WR_CONTINUED)

        init(rawValue: Int32) { self.rawValue = rawValue }
        private init(_ value: some BinaryInteger) { rawValue = Int32(truncatingIfNeeded: value) }
    }

    /// The characters that this terminal can show.
    let glyphs: GlyphSet
    /// What stands on the terminal; `nil` where every cell must be painted anew.
    private(set) var shown: Canvas?
    private var reader = KeyReader()
    /// Bytes of keys on their way from the terminal; kept, so that a key allocates nothing.
    private var bytes = [UInt8](repeating: 0, count: 4096)
    /// One run of cells on its way to the terminal; kept, so that a frame allocates nothing.
    private var run: [UInt32] = []
    /// By role, what a blank shows of it: its ground, or nothing that another role's blank would show too (`nil`).
    private var grounds: [Int?] = []

    /// When the terminal was asked for its ground, while the answer may still be on its way.
    private var askedAt: Duration?

    /// Takes the terminal on standard output; `nil` where there is none that can be drawn on. With `hasColours` false
    /// no colour is used, only attributes. Without a choice of `glyphs` the locale says what can be shown, or else the
    /// terminal itself. With `follows` it is asked for the shade of its ground, see ``newShade()``.
    package init?(theme: Theme, hasColours: Bool = true, glyphs choice: GlyphChoice? = nil, follows: Bool = false) {
        let wanted: Int32 =
            switch choice {
            case nil: Int32(WR_GLYPHS_ASKED)
            case .utf8: Int32(WR_GLYPHS_UTF8)
            case .ascii: Int32(WR_GLYPHS_ASCII)
            }
        guard wr_open(hasColours, wanted, follows) else { return nil }
        glyphs = wr_unicode() ? .unicode : .ascii
        wasAsked()
        reader = KeyReader(known: KnownKey.ofTerminal())
        use(theme)
    }

    /// Uses a theme from the next canvas on.
    func use(_ theme: Theme) {
        let count = hasColours ? Int(wr_colours()) : 0
        let theme = hasColours || theme.isColourless ? theme : Theme.monochrome
        grounds = []
        for role in TextRole.allCases {
            let (foreground, background) = theme.numbers(role, of: count)
            var style = theme.style(role)
            style.bold = theme.isBold(role, of: count)
            grounds.append(style.reverse || style.underline ? nil : background)
            wr_style(
                Int32(role.rawValue), Int32(foreground), Int32(background), CursesTerminal.attributes(style))
        }
        shown = nil
    }

    /// Whether there are enough colours for a theme.
    var hasColours: Bool { wr_colours() >= 8 }

    /// How many columns and rows the terminal has.
    var size: Size { Size(columns: Int(wr_columns()), rows: Int(wr_rows())) }

    /// Shows a canvas. Cells that are as before are not touched, and where none has changed nothing is written.
    func show(_ canvas: Canvas) { show(canvas, rows: 0..<canvas.size.rows) }

    /// Shows a canvas that differs from the last one in these rows at most.
    func show(_ canvas: Canvas, rows: some Sequence<Int>) {
        let before = shown.flatMap { $0.size == canvas.size ? $0 : nil }
        var isChanged = before == nil
        for row in rows {
            guard let before else {
                put(canvas, row: row, columns: 0..<canvas.size.columns)
                continue
            }
            guard let columns = canvas.changes(from: before, row: row) else { continue }
            put(canvas, row: row, columns: columns)
            isChanged = true
        }
        if isChanged { wr_flush() }
        shown = canvas
    }

    /// Hands cells of a row to ncurses, one run of equal role at a time. A run ends after anything that is not one
    /// plain cell, so that nothing else moves where the terminal thinks otherwise of its width.
    private func put(_ canvas: Canvas, row: Int, columns: Range<Int>) {
        let cells = canvas.row(row)
        let base = cells.startIndex
        // What begins or ends in the middle of a wide character takes it whole.
        var (first, end) = (columns.lowerBound, columns.upperBound)
        if first > 0, cells[base + first].isSecondHalf { first -= 1 }
        if end < cells.count, cells[base + end].isSecondHalf { end += 1 }
        var start = first
        var role = cells[base + first].role
        run.removeAll(keepingCapacity: true)
        func flush(next column: Int) {
            if !run.isEmpty { wr_put(Int32(start), Int32(row), run, Int32(run.count), Int32(role.rawValue)) }
            run.removeAll(keepingCapacity: true)
            start = column
        }
        for column in first..<end {
            let cell = cells[base + column]
            if cell.isSecondHalf {
                flush(next: column + 1)
                continue
            }
            // Blanks between two texts go with the first: no colour is sent for what shows none.
            if cell.role != role, cell.letter != " " || !isGround(cell.role, alike: role) {
                flush(next: column)
                role = cell.role
            }
            run.append(cell.letter.value)
            guard cell.isMarked else { continue }
            for mark in canvas.marks(column: column, row: row) { run.append(mark.value) }
            flush(next: column + 1)
        }
        flush(next: end)
    }

    private func isGround(_ one: TextRole, alike other: TextRole) -> Bool {
        guard let ground = grounds[Int(one.rawValue)] else { return false }
        return ground == grounds[Int(other.rawValue)]
    }

    /// The keys that are whole by a monotonic time, in order; it never waits for one. `areThere`: bytes of keys wait.
    func keys(areThere: Bool, at now: Duration) -> [Key] {
        var keys = reader.keys(at: now)
        while areThere {
            let count = Int(wr_read(&bytes, Int32(bytes.count)))
            if count > 0 { keys += reader.take(bytes[..<count], at: now) }
            if count < bytes.count { break }
        }
        return keys
    }

    /// Sleeps until something happens, at most so long from a monotonic time on. It asks for room only where something
    /// waits to be written.
    func wait(feed: Int32?, feedRoom: Bool, room: Bool, for limit: Duration?, from now: Duration) -> Happenings {
        // What has come of a key may have to be decided on before anything else happens.
        let limit = [limit, reader.decidesAt.map { max($0 - now, .zero) }].compactMap { $0 }.min()
        // It is rounded up, or it would wake a moment too soon and go round again.
        let milliseconds = limit.map { Int32(clamping: ($0.nanosecondCount + 999_999) / 1_000_000) } ?? -1
        return Happenings(rawValue: wr_wait(feed ?? -1, feedRoom, room, milliseconds))
    }

    /// Takes the terminal's new size.
    func resized() {
        wr_resize()
        shown = nil
    }

    // MARK: Its ground

    /// The shade that the terminal has told since this was last asked; `nil` where it has told none. It is late, and in
    /// pieces, as often as not.
    func newShade() -> Shade? {
        guard let shade = reader.takeShade() else { return nil }
        askedAt = nil
        return wr_follows() ? shade : nil
    }

    private func wasAsked() { askedAt = wr_follows() ? Monotonic.now() : nil }

    /// Asks for the ground's shade and its changes from now on, or no longer does.
    func follow(_ follows: Bool) {
        guard follows != wr_follows() else { return }
        wr_follow(follows)
        wasAsked()
    }

    /// How long before the end somebody may have been asked so that the answer is still waited for, and how long it is.
    private static let lateAnswer = (asked: Duration.milliseconds(500), wait: Duration.milliseconds(200))

    /// Waits for an answer that is on its way, or whoever has the terminal next would take it for keys.
    private func awaitAnswer() {
        let start = Monotonic.now()
        guard let asked = askedAt, start - asked < Self.lateAnswer.asked else { return }
        var now = start
        while askedAt != nil, now < start + Self.lateAnswer.wait {
            let left = (start + Self.lateAnswer.wait - now).nanosecondCount / 1_000_000 + 1
            guard wr_await(Int32(left)) else { break }
            now = Monotonic.now()
            _ = keys(areThere: true, at: now)
            _ = newShade()
        }
        askedAt = nil
    }

    /// Takes the terminal again, and paints every cell anew.
    func repaint() {
        wasAsked()
        wr_resume()
        shown = nil
    }

    /// Stops as Ctrl-Z does, and paints everything anew when continued.
    func suspend(group: Bool) {
        awaitAnswer()
        wr_suspend(group)
        wasAsked()
        shown = nil
    }

    /// Gives the terminal back. Calling it again does nothing.
    package func close() {
        awaitAnswer()
        wr_close()
    }

    // MARK: Looks

    private static func attributes(_ style: Style) -> Int32 {
        var attributes = 0
        if style.bold { attributes |= Int(WR_BOLD) }
        if style.dim { attributes |= Int(WR_DIM) }
        if style.italic { attributes |= Int(WR_ITALIC) }
        if style.underline { attributes |= Int(WR_UNDERLINE) }
        if style.reverse { attributes |= Int(WR_REVERSE) }
        return Int32(attributes)
    }
}

// MARK: Keys

extension KnownKey {
    /// The keys that this kind of terminal has by terminfo: those that mean something, and those with Shift, some of
    /// which have no end that could be told from their bytes.
    @MainActor
    fileprivate static func ofTerminal() -> [KnownKey] {
        let named: [(String, Key)] = [
            ("kcuu1", .up), ("kcud1", .down), ("kcub1", .left), ("kcuf1", .right), ("khome", .home), ("kend", .end),
            ("kpp", .pageUp), ("knp", .pageDown), ("kdch1", .delete), ("kcbt", .backTab), ("kbs", .backspace),
            ("kent", .enter),
        ]
        let numbered = (1...20).map { ("kf\($0)", Key.function($0)) }
        let unused = ["kHOM", "kEND", "kDC", "kIC", "kLFT", "kRIT", "kPRV", "kNXT"].map { ($0, Key?.none) }
        return ((named + numbered).map { ($0, Key?.some($1)) } + unused).compactMap { name, key in
            guard let text = wr_capability(name) else { return nil }
            let bytes = Array(String(cString: text).utf8)
            // What begins with a character that can be written is that character.
            return bytes.first.map { $0 < 0x20 } ?? false ? KnownKey(bytes: bytes, key: key) : nil
        }
    }
}

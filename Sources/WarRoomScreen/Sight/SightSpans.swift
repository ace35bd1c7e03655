import WarRoomCore

/// Times as lists and pages write them: the start first, and never a hole.
extension Sight {
    /// `Sun 05:06→05:48`, `Sun 04:42→now`, `Sat 23:50→Sun 00:10`: from a start to its end, in one zone. The end's day
    /// is told where it is another one. Without an end it goes on; without a start the end stands alone.
    func ran(from start: Instant?, to end: Instant?, in zone: Zone) -> String {
        guard let start else { return end.map { day(zone.local($0)) } ?? "" }
        let from = zone.local(start)
        let arrow = Shape.arrow.text(glyphs)
        guard let end else { return day(from) + arrow + "now" }
        let to = zone.local(end)
        if end - start < .seconds(60), to.clock == from.clock { return day(from) }
        return day(from) + arrow + (from.weekday == to.weekday && end - start < .seconds(86_400) ? to.clock : day(to))
    }

    private func day(_ time: LocalTime) -> String { time.day3 + " " + time.clock }

    /// Puts such a span in both zones at two columns. One that goes over midnight names both days, and takes a few
    /// cells of its neighbour, which ends before `right`. Returns the column after it: `right`, but where both are that
    /// long.
    @discardableResult
    func putRan(
        from start: Instant?, to end: Instant?, into line: inout Line, home: Int, other: Int, right: Int
    ) -> Int {
        let first = ran(from: start, to: end, in: runbook.zones.home.zone)
        let second = ran(from: start, to: end, in: runbook.zones.other.zone)
        let column = max(home + CellWidth.shown(first) + 1, min(other, right - CellWidth.shown(second)))
        line.put(first, at: home, .timeHome, to: column - 1)
        return max(line.put(second, at: column, .timeOther), right)
    }

    /// The heads of such columns, as wide as the columns are: `EST (EDT, UTC-4)`, or in less room `EST`.
    func putZoneHeads(into line: inout Line, home: Int, other: Int, right: Int) {
        for (zone, column, end, role) in [
            (runbook.zones.home, home, other - 1, TextRole.timeHome), (runbook.zones.other, other, right, .timeOther),
        ] {
            let whole = heading(zone)
            line.put(CellWidth.shown(whole) <= end - column ? whole : zone.label, at: column, role, to: end)
        }
    }
}

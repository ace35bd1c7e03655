package import WarRoomCore

/// The whole screen as values: what it looks like, and what keys do to the view.
package enum Screen {
    /// Draws a bridge as it is seen, at any size from 1x1 up, and keeps what stands where on it for
    /// ``press(_:_:sight:size:on:)``. Over the picture before it, only what is another is made and drawn.
    package static func picture(of sight: Sight, size: Size, after last: Picture? = nil) -> Picture {
        Picture(of: sight, size: size, after: last)
    }

    /// A canvas with nothing but a line of text on it, cleaned: where there is no bridge to draw yet.
    package static func notice(_ text: String, size: Size, _ glyphs: GlyphSet) -> Canvas {
        var canvas = Canvas(size: size, glyphs: glyphs)
        canvas.put(text, column: min(1, canvas.size.columns - 1), row: 0, role: .waiting)
        return canvas
    }

    /// The steps in which ages move while nothing happens, in bridge time. An idle screen draws the whole picture this
    /// often, and sets only the seconds of its clocks in between.
    private static let ageStep = Duration.seconds(5)

    /// The last canvas with the clocks of a later sight, where only the clocks differ; `nil` where more may differ, and
    /// the whole must be drawn.
    package static func tick(_ canvas: Canvas, from last: Sight, to sight: Sight) -> Canvas? {
        func step(_ sight: Sight) -> Int64 { sight.now.nanoseconds / ageStep.nanosecondCount }
        guard last.situation.isSame(as: sight.situation), step(last) == step(sight), last.view == sight.view,
            last.vitals.isSameButForAges(as: sight.vitals)
        else { return nil }
        var canvas = canvas
        canvas.tick(sight.second)
        return canvas
    }

    /// Takes a key: changes the view, and returns what only the world outside can do. `picture` is the one that the
    /// person looks at, where there is one.
    package static func press(
        _ key: Key, _ view: inout ViewState, sight: Sight, size: Size, on picture: Picture? = nil
    ) -> [Intent] {
        var sight = sight
        sight.view = view
        var press = Press(
            sight: sight, size: size, laidOut: picture?.layout(of: sight, size: size), arranged: picture?.arranged)
        press.take(key)
        view = press.view
        return press.intents
    }

    /// Shows the hub's answer to the oldest event that is not answered yet; `error` is its reason for a refusal.
    package static func answered(_ view: inout ViewState, ok: Bool, error: String?) {
        let what = view.sent.isEmpty ? "it" : view.sent.removeFirst()
        view.message =
            ok
            ? ViewState.Message(text: "in the journal: \(what)", role: .good)
            : ViewState.Message(text: "refused, \(error ?? "no reason given"): \(what)", role: .act)
    }

    /// Shows a word to the person from outside the bridge, on the last row until the next key.
    package static func tell(_ view: inout ViewState, _ text: String, isTrouble: Bool = false) {
        view.message = ViewState.Message(text: text, role: isTrouble ? .act : .plain)
    }

    /// Gives the detail view the entries that the hub has about a subject, if it has asked for them.
    package static func gotHistory(_ view: inout ViewState, subject: String, lines: [FeedLine]) {
        add(lines, of: subject, to: &view, isAnswer: true)
    }

    /// Takes an entry that has just come into the history of an open detail view, if it belongs there.
    package static func heard(_ view: inout ViewState, entry: Entry, runbook: Runbook) {
        guard view.showsHistory else { return }
        let subject = runbook.serverName(for: entry.event.subject) ?? entry.event.subject
        add([FeedLine(entry, runbook: runbook)], of: subject, to: &view, isAnswer: false)
    }

    /// Adds entries to the history, each once and in their order; an answer of the hub begins it.
    private static func add(_ lines: [FeedLine], of subject: String, to view: inout ViewState, isAnswer: Bool) {
        guard let detail = view.detail,
            (detail.asked ?? [detail.subject.eventSubject].compactMap { $0 }).contains(subject)
        else { return }
        let known = detail.history ?? []
        guard let last = lines.last else {
            view.detail?.history = known
            return
        }
        if !isAnswer, known.last.map({ $0.entry < last.entry }) ?? true {
            view.detail?.history = known + lines
            return
        }
        let numbers = Set(known.map(\.entry))
        view.detail?.history = (known + lines.filter { !numbers.contains($0.entry) }).sorted { $0.entry < $1.entry }
    }

    /// The lines of `warroom status`: everything once, as plain text, cleaned.
    package static func statusText(_ situation: Situation, vitals: Vitals) -> [String] {
        StatusText.lines(Sight(situation: situation, vitals: vitals))
    }
}

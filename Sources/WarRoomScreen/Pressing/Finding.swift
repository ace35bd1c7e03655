import WarRoomCore

/// The search through the texts of all panes.
extension Press {
    /// Goes to the next place found, from pane to pane; the pane that has it is zoomed, so that it is seen.
    mutating func find(from direction: Int) {
        guard !view.search.isEmpty else { return say("nothing to search for: / asks") }
        let wanted = view.search.lowercased()
        let frame = ZoomedLayout.frame(on: size)
        let places = Panes.all.flatMap { pane in
            let rows = pane.rows(sight, frame)
            return pane.items(sight).map { (pane: pane, subject: $0, words: rows($0).words.lowercased()) }
        }
        let here =
            places.firstIndex { $0.pane.name == view.focus && $0.subject == view.selection }
            ?? places.firstIndex { $0.pane.name == view.focus } ?? 0
        let isMatch = places.map { $0.words.holds(wanted) }
        // A new search begins where the person is, going on begins behind it; both go round.
        let steps = (direction == 0 ? 0 : 1)...max(places.count, 1)
        guard
            let next = steps.lazy.map({ step in
                let offset = direction < 0 ? -step : step
                return (here + offset % max(places.count, 1) + places.count) % max(places.count, 1)
            }).first(where: { isMatch.indices.contains($0) && isMatch[$0] })
        else {
            return say("\"\(CleanText.line(view.search))\" is nowhere here")
        }
        view.focus = places[next].pane.name
        view.selected[view.focus] = places[next].subject
        view.detail = nil
        view.isHelpOpen = false
        view.isZoomed = true
        let count = isMatch.count { $0 }
        say("\"\(CleanText.line(view.search))\": \(count) found\(count > 1 ? ", n and N go on" : "")")
    }
}

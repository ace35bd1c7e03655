import OrderedCollections
import WarRoomCore

/// The counts that a call asks for, as tiles: who is in service, each wave, each run, what is still switched off.
enum CountsPlate {
    static let plate = Pane(
        name: "counts",
        reads: Reads(facts: [.servers, .pools, .tests, .steps, .gates, .looseEnds, .runbook]),
        forms: { sight, frame in
            guard frame.isPresenting, sight.glyphs == .unicode, frame.width >= 96 else { return [.none] }
            return [Form(rank: Rank.counts, least: 6) { _ in lines(sight, frame) }, .none]
        },
        items: { _ in [] }, head: { _, _ in [] }, rows: { _, _ in { Line($0) } }, isTroubled: { _ in false })

    private static func lines(_ sight: Sight, _ frame: Frame) -> [Line] {
        let margin = frame.cut == .wide ? 0 : 2
        let gap = frame.cut == .wide ? 2 : 1
        let room = frame.width - 2 * margin
        let isShort = frame.cut != .wide
        let tiles = Tile.fitting(Tile.all(sight), isShort: isShort, room: room, gap: gap)
        var lines = Array(repeating: Line(), count: 6)
        guard !tiles.isEmpty else { return lines }
        // What is left over is shared, so that the tiles end where everything else does.
        let needs = tiles.map { $0.width(isShort) }
        let even = (room - gap * (tiles.count - 1)) / tiles.count
        let isEven = needs.allSatisfy { $0 <= even }
        let left = room - gap * (tiles.count - 1) - needs.reduce(0, +)
        var x = margin
        for (place, tile) in tiles.enumerated() {
            let share = left / tiles.count + (place < left % tiles.count ? 1 : 0)
            let width = isEven && frame.cut == .wide ? even : needs[place] + share
            let pad = frame.cut == .wide ? 2 : 1
            for row in lines.indices { lines[row].put(" ", times: width, at: x, tile.ground) }
            lines[0].put((isShort ? tile.short : tile.title).uppercased(), at: x + pad, tile.ground, to: x + width - 1)
            for (row, text) in Letters.rows(tile.count, sight.glyphs, lowered: true).enumerated() {
                lines[row + 1].put(text, at: x + pad, tile.role, to: x + width)
            }
            let room = width - 2 * pad - 1
            let notes = tile.notes.filter { CellWidth.shown($0) + 1 <= room }
            lines[5].put(tile.sign, tile.role, at: x + pad, sight.glyphs)
            lines[5].put(notes.first ?? tile.notes.last ?? "", at: x + pad + 2, tile.role, to: x + width - 1)
            x += width + gap
        }
        return lines
    }
}

import OrderedCollections
import WarRoomCore

/// The line of keys at the foot, for the pane that has the focus.
enum Hints {
    static func line(_ sight: Sight, width: Int, cut: Cut) -> Line {
        var line = Line()
        let pane = sight.view.focus
        var x = cut == .wide ? 3 : cut == .medium ? 2 : 1
        let shown = Keymap.bindings.filter { binding in
            guard binding.hint != nil else { return false }
            // It stands there only while there is something to confirm, because the line has little room.
            if binding.action == .confirm,
                !sight.situation.boards.values.contains(where: { $0.checks.contains(where: \.isProposedNoResponse) })
            {
                return false
            }
            return !(binding.writes && sight.vitals.isReadOnly)
                && (binding.panes.isEmpty || binding.panes.contains(pane))
        }
        // What belongs to this pane comes first.
        func cells(_ binding: Binding) -> Int {
            (binding.keys.first?.name ?? binding.name).count + 3 + (binding.hint ?? "").count
        }
        // The key to all others never gives way.
        let help = shown.first { $0.action == .help }
        var reserve = help.map { cells($0) + 1 } ?? 0
        for binding in shown.filter({ !$0.panes.isEmpty }) + shown.filter({ $0.panes.isEmpty }) {
            let isHelp = binding.action == .help
            guard x + cells(binding) + (isHelp ? 0 : reserve) < width else { continue }
            x = line.put(" \(binding.keys.first?.name ?? binding.name) ", at: x, .key) + 1
            x = line.put(binding.hint ?? "", at: x, .keyWord) + (width >= 100 ? 2 : 1)
            if isHelp { reserve = 0 }
        }
        return line
    }
}

/// The line of keys with what it rests on.
struct KeptHints {
    private static let reads = Reads(facts: [.boards], vitals: true)

    private let focus: String
    private let kept: Kept<Line>

    var line: Line { kept.value }

    /// The same as the last one, where that holds for the sight.
    init(_ sight: Sight, width: Int, cut: Cut, after last: (hints: KeptHints, sight: Sight)?) {
        if let last, last.hints.focus == sight.view.focus, last.hints.kept.holds(for: sight, after: last.sight) {
            self = last.hints
            return
        }
        focus = sight.view.focus
        kept = Kept(KeptHints.reads, of: sight) { Hints.line($0, width: width, cut: cut) }
    }
}

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
        let gap = width >= 100 ? 2 : 1
        func cells(_ binding: Binding) -> Int { named(binding).key.count + 3 + named(binding).hint.count }
        // What belongs to this pane comes first; the key that tells all the others always has its room.
        let all = shown.filter { !$0.panes.isEmpty } + shown.filter { $0.panes.isEmpty }
        let help = all.first { $0.action == .help }
        var isHelpDone = help == nil
        for binding in all {
            let isHelp = binding.action == .help
            let kept = isHelp || isHelpDone ? 0 : help.map { cells($0) + gap } ?? 0
            guard x + cells(binding) + kept < width else {
                if isHelp { break }
                continue
            }
            x = line.put(" \(named(binding).key) ", at: x, .key) + 1
            x = line.put(named(binding).hint, at: x, .keyWord) + gap
            if isHelp { isHelpDone = true }
        }
        return line
    }

    private static func named(_ binding: Binding) -> (key: String, hint: String) {
        (binding.keys.first?.name ?? binding.name, binding.hint ?? "")
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

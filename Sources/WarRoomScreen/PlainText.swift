package import WarRoomCore

/// What commands print of one thing: lines of plain text.
extension Screen {
    /// A gate with its needs, their reasons, and the decisions so far, for `warroom approve`.
    package static func gateText(_ gate: GateFacts, _ situation: Situation, vitals: Vitals) -> [String] {
        let sight = Sight(situation: situation, vitals: vitals)
        var lines = [
            "\(gate.gate.id), \(gate.gate.title): \(Face(gate).word), \(gate.metCount) of \(gate.needs.count) needs met"
        ]
        for need in gate.needs {
            let since = need.since.map { ", since \(sight.both($0))" } ?? ""
            let owner = need.isMet ? "" : ", on \(need.owner ?? DetailPage.nobody)"
            lines.append("  \(need.isMet ? "met    " : "not met")  \(need.why)\(since)\(owner)")
        }
        for approval in gate.approvals {
            let reason = approval.reason.map { ", \($0)" } ?? ""
            lines.append(
                "  \(approval.decision.rawValue) by \(approval.by) as \(approval.role), "
                    + "\(sight.both(approval.at))\(reason)"
            )
        }
        for role in gate.missing { lines.append("  approval of \(role) is missing") }
        return lines
    }

    /// The page for somebody who takes over, for `warroom handover`; with `since` what came after that entry.
    package static func handoverText(_ situation: Situation, since: Int?, vitals: Vitals) -> [String] {
        let sight = Sight(situation: situation, vitals: vitals)
        let facts = HandoverFacts(situation, since: since)
        var lines = ["\(sight.runbook.title) \(sight.runbook.date), \(sight.both(sight.now))", sentence(sight)]
        for section in facts.sections {
            lines.append("")
            let word = section.word + String(repeating: " ", count: max(11 - section.word.count, 1))
            if section.items.isEmpty { lines.append(word + section.empty) }
            for (place, item) in section.items.enumerated() {
                let since = item.since.map { ", since \(sight.both($0)), \(sight.age($0))" } ?? ""
                let tail = section.word == "CHANGED" ? item.since.map { ", \(sight.both($0))" } ?? "" : since
                lines.append((place == 0 ? word : String(repeating: " ", count: 11)) + item.text + tail)
            }
        }
        return lines
    }
}

extension Screen {
    /// The whole sentence on one line, in the words of every screen.
    static func sentence(_ sight: Sight) -> String {
        sight.vitals.hubSilentSince == nil
            ? sight.situation.sentenceText
            : sight.situation.band(silentSince: sight.vitals.hubSilentSince).sentences[0].text(sight)
    }
}

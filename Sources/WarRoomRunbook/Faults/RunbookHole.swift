import WarRoomCore

/// One thing that a runbook lacks: it does not keep the night from being opened, but somebody will miss it
/// (docs/contract.md, Lint).
package typealias RunbookHole = RunbookRemark<HoleCode>

/// The kinds of hole (docs/lint.md, Holes). The worst come first, on the screen too.
package enum HoleCode: String, RemarkCode {
    case pair = "PAIR"
    case noClosing = "NO-CLOSING"
    case waveNotPulled = "WAVE-NOT-PULLED"
    case noBackup = "NO-BACKUP"
    case gateStuck = "GATE-STUCK"
    case oldEvidence = "OLD-EVIDENCE"
    case oldDate = "OLD-DATE"
    case channels = "CHANNELS"
    case coveredTwice = "COVERED-TWICE"
    case noWindowEnd = "NO-WINDOW-END"
    case noOwner = "NO-OWNER"
    case noTime = "NO-TIME"
    case noDuration = "NO-DURATION"
    case noBackout = "NO-BACKOUT"
    case unusedServer = "UNUSED-SERVER"
    case unusedGate = "UNUSED-GATE"

    /// What such a remark is called.
    package static let word = "hole"

    /// Several holes of the kind in one line.
    func folded(_ count: Int) -> String {
        switch self {
        case .pair: "\(count) times of the page do not fit their other half"
        case .noClosing: "\(count) things are switched off and no step switches them on again"
        case .waveNotPulled: "\(count) waves are patched without being taken out and checked"
        case .noBackup: "\(count) steps patch with no backup before them"
        case .gateStuck: "\(count) conditions of gates can never be met"
        case .oldEvidence: "\(count) pieces of evidence are from before this night"
        case .oldDate: "\(count) dates are left over from before this night"
        case .channels: "\(count) messages go to other channels than the start"
        case .coveredTwice: "\(count) servers or waves are covered twice"
        case .noWindowEnd: "\(count) windows have no end"
        case .noOwner: "\(count) steps have no owner"
        case .noTime: "\(count) steps have no time and come after nothing"
        case .noDuration: "\(count) steps have no duration"
        case .noBackout: "\(count) steps have no back-out time"
        case .unusedServer: "\(count) entries of servers are used by nothing"
        case .unusedGate: "\(count) gates stand before no step"
        }
    }
}

extension RunbookHole {
    /// The holes of each code as one, the worst first.
    static func folded(_ holes: [RunbookHole]) -> [Hole] {
        Code.allCases.compactMap { code in
            let all = holes.filter { $0.code == code }
            guard let first = all.first else { return nil }
            return Hole(
                code: code.rawValue, count: all.count, text: all.count == 1 ? first.text : code.folded(all.count),
                line: first.line, column: first.column)
        }
    }
}

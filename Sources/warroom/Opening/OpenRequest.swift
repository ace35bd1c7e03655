import WarRoomCore
import WarRoomTerminal

/// What `warroom open` was asked for.
struct OpenRequest: Equatable {
    let runbook: String?
    let isPresenting: Bool
    let role: String?
    let theme: String?
    let glyphs: GlyphChoice?
    let socket: String?
    let isRehearsal: Bool
    let at: String?
    let speed: String?

    /// Throws a ``Complaint`` for what cannot be meant.
    init(_ arguments: Arguments) throws(Complaint) {
        runbook = arguments["RUNBOOK"]
        isPresenting = arguments.has("--present")
        role = arguments["--as"]
        theme = arguments["--theme"]
        glyphs = arguments["--glyphs"].flatMap { GlyphChoice(rawValue: $0) }
        socket = arguments["--socket"]
        isRehearsal = arguments.has("--rehearse")
        at = arguments["--at"]
        speed = arguments["--speed"]
        if let role, Role(role) == nil {
            throw Complaint(
                Complaint.usage,
                "'\(role)' is no role: write lead, monitoring, feeder, viewer, 'approver: NAME' or 'team: BOARD/TEAM'")
        }
        if let written = arguments["--glyphs"], glyphs == nil {
            throw Complaint(Complaint.usage, "'\(written)' are no glyphs: write utf8 or ascii")
        }
        if isRehearsal && runbook == nil {
            throw Complaint(Complaint.usage, "--rehearse needs the runbook that is to be rehearsed")
        }
        if (at != nil || speed != nil) && !isRehearsal {
            throw Complaint(Complaint.usage, "--at and --speed set a rehearsal's clock: add --rehearse")
        }
    }
}

import Glibc
import WarRoomCore
import WarRoomHub

/// What is missing at the end of a journal, by the head that its state folder keeps.
enum LostEntries {
    /// Holds a journal against the head. Ends where entries are missing and nobody has accepted that. Returns what is
    /// to be written down where somebody has: what is missing, who goes on without it, and why.
    static func accept(in journal: some Journal, at path: String, folder: String, reason: String?) throws -> String? {
        let fault: String?
        do {
            fault = try SeenHead.kept(in: folder)?.fault(of: journal)
        } catch let unreadable as JournalFault {
            fault = unreadable.sentence
        }
        guard let fault else { return nil }
        guard let reason = reason?.trimmed, !reason.isEmpty else {
            throw Failure.no(
                "\(CleanText.line(path)): \(fault); put its whole copy back, with its -wal file, or go on without "
                    + "them, which the journal will say: warroom serve RUNBOOK --accept-loss REASON")
        }
        return "\(fault). \(Access.userName(getuid())) goes on without them: \(reason)"
    }
}

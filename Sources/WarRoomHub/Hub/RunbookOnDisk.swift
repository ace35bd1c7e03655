package import WarRoomCore

/// The runbook's file as it was found on the disk.
package enum RunbookOnDisk: Sendable {
    /// It cannot be read, and why.
    case missing(String)
    /// It has faults: the SHA-256 of its text, and the first fault in a line, with how many more there are.
    case faulty(fingerprint: String, faults: String)
    /// It can be taken: the plan, and the text that it was read from.
    case good(Runbook, text: String)

    /// The SHA-256 of its text; `nil` where it cannot be read.
    var fingerprint: String? {
        switch self {
        case .missing: nil
        case .faulty(let fingerprint, _): fingerprint
        case .good(let runbook, _): runbook.fingerprint
        }
    }
}

/// Why the runbook on disk is not taken.
struct AmendmentFault: Error { let sentence: String }

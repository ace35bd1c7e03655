package import WarRoomCore

/// What a key asks of the world outside the view.
package enum Intent: Equatable, Sendable {
    /// An event to send.
    case send(Proposal)
    /// The entries on a subject, to be asked of the hub.
    case history(subject: String)
    /// To end, to stop as Ctrl-Z does, and to paint every cell anew.
    case quit, suspend, redraw
    /// Another theme, by its name or its file.
    case theme(String)
}

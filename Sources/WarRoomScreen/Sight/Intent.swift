package import WarRoomCore

/// What a key asks of the world outside the view.
package enum Intent: Equatable, Sendable {
    case send(type: String, subject: String, data: JSON.Object)
    case history(subject: String)
    case quit, suspend, redraw
    /// Another look, by its name or its file.
    case theme(String)
}

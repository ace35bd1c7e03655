import Glibc
import WarRoomCore
import WarRoomSystem

/// Why a command ends, and with which exit code (docs/contract.md, Exit codes).
struct Failure: Error {
    let code: Int32
    let sentence: String

    /// The answer is no.
    static func no(_ sentence: String) -> Failure { Failure(code: 1, sentence: sentence) }
    /// Wrong usage, or a file that cannot be read.
    static func unusable(_ sentence: String) -> Failure { Failure(code: 2, sentence: sentence) }
}

/// Writes text to standard error, each of its lines cleaned and with what cannot be seen named. A terminal or a pipe
/// that takes nothing (Ctrl-S) must not hold the hub: what it cannot take now is left out.
func say(_ text: String) {
    var ready = pollfd(fd: STDERR_FILENO, events: Int16(POLLOUT), revents: 0)
    if poll(&ready, 1, 0) > 0 { complain(text) }
}

/// Writes to standard error, as ``say(_:)`` does, why the program ends: whoever reads it is waited for.
func complain(_ text: String) {
    for line in text.split(separator: "\n") {
        _ = StandardStreams.write(Array((CleanText.named(String(line)) + "\n").utf8), to: STDERR_FILENO)
    }
}

/// Writes text to standard output as it is; that nobody reads it any more is no error. Throws ``Failure`` where it is
/// lost.
func put(raw text: String) throws {
    if case .failed(let reason) = StandardStreams.write(Array((text + "\n").utf8)) {
        throw Failure.unusable("standard output cannot be written: \(reason)")
    }
}

/// Writes a line to standard output, cleaned. Throws as ``put(raw:)``.
func put(_ line: String) throws { try put(raw: CleanText.line(line)) }

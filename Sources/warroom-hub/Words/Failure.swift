import Glibc

/// Why a command ends, and with which exit code (docs/contract.md, Exit codes).
struct Failure: Error {
    let code: Int32
    let sentence: String

    /// The answer is no.
    static func no(_ sentence: String) -> Failure { Failure(code: 1, sentence: sentence) }
    /// Wrong usage, or a file that cannot be read.
    static func unusable(_ sentence: String) -> Failure { Failure(code: 2, sentence: sentence) }
}

/// Writes a line to standard error.
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDERR_FILENO, bytes, bytes.count)
}

import Glibc

/// How much room there is for a journal to grow.
enum DiskRoom {
    /// With less than this it is told, in bytes: a night's journal is seldom larger.
    static let little = 200 << 20

    /// How many bytes are free for us where a file lies; `nil` where nobody can say.
    static func free(at path: String) -> Int? {
        var facts = statvfs()
        guard statvfs(path, &facts) == 0 else { return nil }
        let (bytes, isTooMuch) = UInt64(facts.f_bavail).multipliedReportingOverflow(by: UInt64(facts.f_frsize))
        return isTooMuch ? Int.max : Int(clamping: bytes)
    }
}

package import Glibc

/// The address of a Unix socket (unix(7)).
package struct UnixAddress {
    /// How many bytes of a path the kernel's structure holds, less the closing zero.
    package static let longestPath = 107
    private var address = sockaddr_un()

    /// The address of a path; `nil` where that is empty or too long for the kernel.
    package init?(_ path: String) {
        let bytes = Array(path.utf8)
        guard !bytes.isEmpty, bytes.count <= UnixAddress.longestPath else { return nil }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    }

    /// Calls with what `connect` and `bind` take, and returns what that returns.
    package mutating func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}

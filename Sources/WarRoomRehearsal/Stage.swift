import Glibc
package import WarRoomCore
package import WarRoomRunbook
import WarRoomSystem

/// Why something of a script could not be done, in a sentence.
package struct StageFault: Error, Hashable, Sendable {
    /// The reason, with the path in it.
    package let sentence: String

    init(_ sentence: String) { self.sentence = sentence }
}

/// The files of a rehearsal: everything below one folder, changed as tools change their files.
package struct Stage {
    private let folder: String
    /// The bridge's time at which each file was last touched.
    private var times: [String: Instant] = [:]

    /// A stage below a folder, which must be there.
    package init(folder: String) { self.folder = folder }

    /// Does what an action says to files; `false` where it is not about files. The file gets the mtime `wall`, which
    /// stands for the bridge time `at`. Throws where the system refuses.
    package mutating func perform(
        _ action: RehearsalScript.Action, at: Instant, wall: Instant
    ) throws(StageFault) -> Bool {
        switch action {
        case .write(let path, let bytes):
            try write(path, bytes, wall)
            times[path] = at
        case .append(let path, let bytes):
            try makeFolders(of: path)
            try change(path, O_WRONLY | O_CREAT | O_APPEND, wall) { Stage.put(bytes, $0) }
            times[path] = at
        case .truncate(let path, let count):
            try change(path, O_WRONLY, wall) { ftruncate($0, off_t(count)) == 0 }
            times[path] = at
        case .touch(let path):
            // It is opened for writing, so that whoever watches the folder hears of it, as when a tool writes the same
            // again.
            try change(path, O_WRONLY, wall) { _ in true }
            times[path] = at
        case .rename(let path, let to):
            try makeFolders(of: to)
            guard Glibc.rename(place(path), place(to)) == 0 else { throw failure(path, "renamed") }
            times[to] = times.removeValue(forKey: path)
        case .remove(let path):
            guard unlink(place(path)) == 0 else { throw failure(path, "removed") }
            times[path] = nil
        case .send, .run: return false
        }
        return true
    }

    /// Gives every file the mtime that stands for its bridge time by another clock; `nil` leaves a file as it is.
    package func restamp(by wall: (Instant) -> Instant?) {
        for (path, at) in times {
            guard let time = wall(at) else { continue }
            let times = Stage.times(time)
            utimensat(AT_FDCWD, place(path), times, AT_SYMLINK_NOFOLLOW)
        }
    }

    /// Gives files that somebody else has just written the mtime `wall`, which stands for the bridge time `at`. Before
    /// the clock runs, the computer's own time means nothing on the bridge.
    package mutating func adopt(at: Instant, wall: Instant) {
        for path in files(below: "") where !Stage.isHubs(path) {
            var facts = stat()
            guard lstat(place(path), &facts) == 0, facts.st_mode & S_IFMT == S_IFREG else { continue }
            let mtime = Instant(seconds: Int64(facts.st_mtim.tv_sec)) + .nanoseconds(facts.st_mtim.tv_nsec)
            if mtime == times[path] { continue }
            utimensat(AT_FDCWD, place(path), Stage.times(wall), AT_SYMLINK_NOFOLLOW)
            times[path] = at
        }
    }

    private static func isHubs(_ path: String) -> Bool {
        path == "lock" || path == "hub.log" || path.hasPrefix("head") || path.hasPrefix("journal.")
    }

    private func files(below path: String) -> [String] {
        guard let directory = opendir(path.isEmpty ? folder : place(path)) else { return [] }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name == "." || name == ".." { continue }
            let inner = path.isEmpty ? name : "\(path)/\(name)"
            found += entry.pointee.d_type == UInt8(DT_DIR) ? files(below: inner) : [inner]
        }
        return found
    }

    private func place(_ path: String) -> String { "\(folder)/\(path)" }

    private func write(_ path: String, _ bytes: [UInt8], _ wall: Instant) throws(StageFault) {
        try makeFolders(of: path)
        var parts = path.split(separator: "/").map { String($0) }
        // A name that no source reads, in the same folder, so that the rename is one step.
        let name = parts.removeLast()
        let hidden = (parts + [".\(name).tmp"]).joined(separator: "/")
        try change(hidden, O_WRONLY | O_CREAT | O_TRUNC, wall) { Stage.put(bytes, $0) }
        guard Glibc.rename(place(hidden), place(path)) == 0 else { throw failure(path, "written") }
    }

    private func change(
        _ path: String, _ flags: Int32, _ wall: Instant, _ body: (Int32) -> Bool
    ) throws(StageFault) {
        let file = open(place(path), flags | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0o644)
        guard file >= 0 else { throw failure(path, "written") }
        defer { close(file) }
        guard body(file), futimens(file, Stage.times(wall)) == 0 else { throw failure(path, "written") }
    }

    private func makeFolders(of path: String) throws(StageFault) {
        var made = folder
        for part in path.split(separator: "/").dropLast() {
            made += "/\(part)"
            if mkdir(made, 0o755) != 0, errno != EEXIST { throw failure(path, "written") }
        }
    }

    private func failure(_ path: String, _ what: String) -> StageFault {
        StageFault("\(path) cannot be \(what): \(systemText(errno))")
    }

    private static func put(_ bytes: [UInt8], _ file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    private static func times(_ time: Instant) -> [timespec] {
        let spec = timespec(
            tv_sec: Int(time.wholeSeconds), tv_nsec: Int(time.nanoseconds - time.wholeSeconds * 1_000_000_000))
        return [spec, spec]
    }
}

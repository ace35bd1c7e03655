import Glibc
import WarRoomCore
import WarRoomSystem

/// Looks at a path that is a file, a folder, or a folder and a pattern for names, and reads what has changed. It never
/// waits for a file: what is not a regular file is never opened.
struct FileScan {
    /// What is to be read at this look.
    struct Listing {
        /// Names in natural order.
        var names: [String]
        /// What is wrong with the folder as a whole.
        var trouble: String?
    }

    enum Outcome {
        case unchanged
        /// `isWritten`: it has been written since the last look, and was not merely found by the first one.
        case content([UInt8], mtime: Instant, isWritten: Bool)
        /// Somebody writes faster than it can be read.
        case changing(mtime: Instant)
        case trouble(String)
        /// Removed since the folder was listed.
        case gone
    }

    /// How soon after a change a file is not trusted yet: it may have changed again within one tick of the kernel's
    /// clock, with equal size and mtime. So it is read once more at the next look.
    private static let clockTick: Duration = .milliseconds(20)

    private let path: String
    private let extensionWithDot: String
    private let barePattern: String
    private let sizeLimit: Int
    private let wall: @Sendable () -> Instant
    private var marks: [String: Mark] = [:]
    private var folder = ""
    private var hasBeenSeen = false
    /// How often the folder was listed. What is there at the first time is as old as its mtime.
    private var listings = 0
    /// How many files were opened, ever.
    private(set) var opens = 0

    /// - Parameters:
    ///   - path: a file, a folder, or a folder and a pattern.
    ///   - extensionWithDot: a path that ends in it is a file, so that a folder in its place is a trouble.
    ///   - barePattern: which names count where the path is a folder without a pattern.
    ///   - sizeLimit: in bytes; larger files are not read.
    ///   - wall: the time now by the clock that files bear.
    init(
        path: String, extensionWithDot: String, barePattern: String, sizeLimit: Int,
        wall: @escaping @Sendable () -> Instant
    ) {
        var path = path
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        self.path = path
        self.extensionWithDot = extensionWithDot
        self.barePattern = barePattern
        self.sizeLimit = sizeLimit
        self.wall = wall
    }

    /// The folder in which changes matter.
    var watchedFolder: String { isBareFolder ? path : parts.folder }

    private var parts: (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }

    private var isBareFolder: Bool {
        let name = parts.name
        if FileNames.isPattern(name) || name.hasSuffix(extensionWithDot) { return false }
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What there is to look at now. Throws where the file or the folder is missing or cannot be read.
    mutating func list() throws(SourceFault) -> Listing {
        listings += 1
        let (parent, name) = parts
        if isBareFolder {
            folder = path
            return try list(matching: barePattern, withFolders: false)
        }
        folder = parent
        if FileNames.isPattern(name) { return try list(matching: name, withFolders: true) }
        var status = stat()
        guard lstat(path, &status) == 0 else {
            let code = errno
            marks = [:]
            throw fault(path, code)
        }
        hasBeenSeen = true
        return Listing(names: [name])
    }

    private mutating func list(matching pattern: String, withFolders: Bool) throws(SourceFault) -> Listing {
        guard let stream = opendir(folder) else { throw fault("the folder \(folder)", errno) }
        defer { closedir(stream) }
        hasBeenSeen = true
        var listing = Listing(names: [])
        while let entry = readdir(stream) {
            guard let name = FileScan.name(of: entry) else {
                listing.trouble = "a file name in \(folder) is not valid UTF-8"
                continue
            }
            guard !FileNames.isIgnored(name), FileNames.matches(name, pattern) else { continue }
            if !withFolders, entry.pointee.d_type == UInt8(DT_DIR) { continue }
            guard listing.names.count < SourceLimit.files else {
                listing.trouble = "more than \(SourceLimit.files) files in \(folder), the rest is not read"
                break
            }
            listing.names.append(name)
        }
        listing.names.sort(by: FileNames.isBefore)
        // A file that was away is read anew when it comes back, even if it is the very same.
        let present = Set(listing.names)
        marks = marks.filter { present.contains($0.key) }
        return listing
    }

    private static func name(of entry: UnsafeMutablePointer<dirent>) -> String? {
        withUnsafePointer(to: &entry.pointee.d_name) { tuple in
            tuple.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: entry.pointee.d_name)) {
                String(validatingCString: $0)
            }
        }
    }

    private func fault(_ what: String, _ code: Int32) -> SourceFault {
        switch code {
        case ENOENT where hasBeenSeen: SourceFault("\(what) is gone")
        case ENOENT: SourceFault("\(what) is not there", isAbsent: true)
        default: SourceFault("\(what) cannot be read: \(systemText(code))")
        }
    }

    // MARK: One file

    /// Reads a listed file, unless it is as it was when it was last read.
    mutating func check(_ name: String) -> Outcome {
        let outcome = read(name)
        switch outcome {
        case .unchanged, .content: break
        case .changing, .trouble, .gone: marks[name] = nil
        }
        return outcome
    }

    private mutating func read(_ name: String) -> Outcome {
        let file = folder + "/" + name
        for _ in 0..<2 {
            var status = stat()
            guard stat(file, &status) == 0 else { return missing(file, errno) }
            if let reason = refusal(status) { return .trouble(reason) }
            if let mark = marks[name], mark.isSettled, mark == Mark(status) { return .unchanged }
            switch contents(file) {
            case .success(let (bytes, mark)):
                let isWritten = listings > 1 && !(marks[name]?.isSameWriting(mark) ?? false)
                marks[name] = mark
                return .content(bytes, mtime: mark.mtime, isWritten: isWritten)
            case .failure(.changed): continue
            case .failure(.refused(let reason)): return .trouble(reason)
            }
        }
        return .changing(mtime: wall())
    }

    private func missing(_ file: String, _ code: Int32) -> Outcome {
        var status = stat()
        return switch code {
        case ENOENT where lstat(file, &status) == 0: .trouble("is a link to nothing")
        case ENOENT: .gone
        default: .trouble("cannot be read: \(systemText(code))")
        }
    }

    /// Why a file is not even opened. Opening a FIFO would wake its writer, and opening a device might do anything.
    private func refusal(_ status: stat) -> String? {
        switch status.st_mode & S_IFMT {
        case S_IFREG: break
        case S_IFDIR: return "is a folder, not a file"
        case S_IFIFO: return "is a FIFO, not a file"
        case S_IFSOCK: return "is a socket, not a file"
        default: return "is a device, not a file"
        }
        guard status.st_size > sizeLimit else { return nil }
        return "has \(FileScan.megabytes(Int(status.st_size))), more than the \(sizeLimit >> 20) MB that are read"
    }

    private static func megabytes(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MB" }

    private enum NotRead: Error {
        case changed
        case refused(String)
    }

    private mutating func contents(_ file: String) -> Result<([UInt8], Mark), NotRead> {
        opens += 1
        let descriptor = open(file, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
        guard descriptor >= 0 else {
            return .failure(errno == ENOENT ? .changed : .refused("cannot be read: \(systemText(errno))"))
        }
        defer { close(descriptor) }
        var before = stat()
        var after = stat()
        guard fstat(descriptor, &before) == 0 else { return .failure(.changed) }
        if let reason = refusal(before) { return .failure(.refused(reason)) }

        var failure: Int32 = 0
        // There is room for one byte more than there should be, so that a file that grows is seen to grow.
        let bytes = [UInt8](unsafeUninitializedCapacity: Int(before.st_size) + 1) { buffer, count in
            while count < buffer.count {
                let got = Glibc.read(descriptor, buffer.baseAddress.map { $0 + count }, buffer.count - count)
                if got > 0 {
                    count += got
                } else if got == 0 {
                    break
                } else if errno != EINTR {
                    failure = errno
                    break
                }
            }
        }
        guard failure == 0 else { return .failure(.refused("cannot be read: \(systemText(failure))")) }
        guard fstat(descriptor, &after) == 0, Mark(before) == Mark(after), bytes.count == Int(after.st_size) else {
            return .failure(.changed)
        }
        var mark = Mark(after)
        let age = wall() - mark.ctime
        mark.isSettled = age < .zero || age >= FileScan.clockTick
        return .success((bytes, mark))
    }

    /// What tells one state of a file from the next without reading it.
    private struct Mark: Equatable {
        let device: UInt
        let inode: UInt
        let size: Int
        let mtime: Instant
        /// Tells a change whose mtime was set back, as `cp -p` does.
        let ctime: Instant
        var isSettled = true

        init(_ status: stat) {
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            size = Int(status.st_size)
            mtime = Instant(status.st_mtim)
            ctime = Instant(status.st_ctim)
        }

        /// Whether nobody has written it in between. A change of its rights or its links is no writing.
        func isSameWriting(_ other: Mark) -> Bool {
            device == other.device && inode == other.inode && size == other.size && mtime == other.mtime
        }

        static func == (one: Mark, other: Mark) -> Bool {
            one.device == other.device && one.inode == other.inode && one.size == other.size
                && one.mtime == other.mtime && one.ctime == other.ctime
        }
    }
}

import Glibc
import WarRoomCore
import WarRoomSystem

/// A file of events that only grows, one event a line. Each line is reported once. The source keeps how far it has
/// read, and begins anew when another file lies there or this one has been cut.
struct NDJSONSource: Source {
    /// How long after its last change a file may end in the middle of a line.
    private static let writingTime: Duration = .seconds(5)
    /// How many of the bytes read last are compared, to see that the file is still the one that was read.
    private static let tailLength = 64

    private let path: String
    private let wall: @Sendable () -> Instant
    private var file: OpenFile?
    private var hasBeenSeen = false
    private var looks = 0
    /// Whether what was there at the first look is still being read.
    private var isReadingOn = false
    /// What is wrong with a line, and for how many looks it has been said: twice, or until a good line follows.
    private var badLine: (text: String, looks: Int)?

    init(path: String, wall: @escaping @Sendable () -> Instant) {
        self.path = path
        self.wall = wall
    }

    var watchedFolders: [String] {
        [path.lastIndex(of: "/").map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."]
    }

    mutating func look() throws(SourceFault) -> Look {
        var look = Look()
        var batch = Batch()
        looks += 1
        if let bad = badLine, bad.looks > 0 || file != nil { badLine?.looks += 1 }
        let present = try status()
        if var old = file, !old.is(present) {
            // Somebody has put another file here. What was still written to the old one comes first.
            try read(&old, into: &batch)
            if batch.isFull {
                file = old
            } else {
                if let rest = old.takeRest() { take(rest, of: old, into: &batch) }
                file = nil
            }
        }
        if !batch.isFull {
            if file == nil { file = try OpenFile(path) }
            guard var current = file else { return look }
            try read(&current, into: &batch)
            file = current
        }
        look.findings = batch.findings
        look.asOf = file.flatMap(\.mtime)
        look.hasMore = batch.isFull
        // What is there when it is first looked at is as old as its mtime.
        if looks > 1, batch.bytes > 0, !isReadingOn { look.isWritten = true }
        isReadingOn = batch.isFull && (looks == 1 || isReadingOn)
        if let bad = batch.bad {
            badLine = (bad, 0)
        } else if !batch.findings.isEmpty, (badLine?.looks ?? 0) > 1 {
            badLine = nil
        }
        look.trouble = badLine?.text ?? cutShort
        return look
    }

    /// What lies at the path now.
    private mutating func status() throws(SourceFault) -> stat {
        var status = stat()
        guard stat(path, &status) == 0 else {
            switch errno {
            case ENOENT where hasBeenSeen: throw SourceFault("\(path) is gone")
            case ENOENT: throw SourceFault("\(path) is not there", isAbsent: true)
            default: throw SourceFault("\(path) cannot be read: \(systemText(errno))")
            }
        }
        guard status.st_mode & S_IFMT == S_IFREG else { throw SourceFault("\(path) is no regular file") }
        hasBeenSeen = true
        return status
    }

    private var cutShort: String? {
        guard let file, file.isCutShort, let mtime = file.mtime, wall() - mtime > NDJSONSource.writingTime
        else { return nil }
        return "\(name): ends in the middle of line \(file.line), waiting for the rest"
    }

    private var name: String { String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...]) }

    // MARK: Lines

    private struct Batch {
        var findings: [Finding] = []
        var bytes = 0
        var bad: String?

        /// Whether the rest waits for the next look. The hub takes what a look brings in one go, so a flood in one look
        /// would hold everybody up.
        var isFull: Bool {
            findings.count >= SourceLimit.ndjsonEventsPerLook || bytes >= SourceLimit.ndjsonBytesPerLook
        }
    }

    /// Reads what has been added, line by line, until nothing is left or the look has enough.
    private mutating func read(_ file: inout OpenFile, into batch: inout Batch) throws(SourceFault) {
        try file.beginAnewIfCut()
        while !batch.isFull {
            while !batch.isFull, let line = file.nextLine() { take(line, of: file, into: &batch) }
            guard !batch.isFull else { return }
            let count = try file.readMore()
            if count == 0 { return }
            batch.bytes += count
        }
    }

    private func take(_ line: LineBuffer.Line, of file: OpenFile, into batch: inout Batch) {
        func refuse(_ reason: String) { batch.bad = "\(name): line \(file.line - 1) \(reason), skipped" }
        let tooLong = "is longer than \(Event.longestLine) bytes"
        guard var bytes = line.bytes else { return refuse(tooLong) }
        if line.place == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        guard bytes.count <= Event.longestLine else { return refuse(tooLong) }
        do throws(JSONFault) {
            let event = try JSON(parsing: bytes)
            guard event.object != nil else { return refuse("is no event") }
            // The same line at the same place is the same event, also for a hub that begins to read anew.
            let id = "\(file.inode)-\(file.generation)-\(line.place)-\(String(contentHash(bytes), radix: 16))"
            batch.findings.append(Finding(event: event, wallTime: file.mtime, fallbackID: id))
        } catch { refuse("is \(error)") }
    }

    /// A file that is kept open, so that what is added after it was renamed is not lost.
    private struct OpenFile: Sendable {
        private let handle: Handle
        let inode: UInt
        private let device: UInt
        private(set) var mtime: Instant?
        /// How often the file has been cut since it was opened.
        private(set) var generation = 0
        /// The number of the line that comes next, from 1.
        private(set) var line = 1
        /// What has been read and is not yet a line.
        private var lines = OpenFile.noLines
        /// A line without end is not kept in memory.
        private static let noLines = LineBuffer(longest: 16 * Event.longestLine)
        /// The last bytes before the end of what has been read.
        private var tail: [UInt8] = []

        private final class Handle: Sendable {
            let descriptor: Int32
            init(_ descriptor: Int32) { self.descriptor = descriptor }
            deinit { close(descriptor) }
        }

        init(_ path: String) throws(SourceFault) {
            let descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY)
            guard descriptor >= 0 else { throw SourceFault("\(path) cannot be read: \(systemText(errno))") }
            handle = Handle(descriptor)
            var status = stat()
            guard fstat(descriptor, &status) == 0 else {
                throw SourceFault("\(path) cannot be read: \(systemText(errno))")
            }
            (inode, device) = (UInt(status.st_ino), UInt(status.st_dev))
        }

        func `is`(_ status: stat) -> Bool { inode == UInt(status.st_ino) && device == UInt(status.st_dev) }

        /// Whether something waits for the end of its line.
        var isCutShort: Bool { lines.pendingCount > 0 }

        /// Begins anew where the file is shorter than what was read, or other bytes stand there.
        mutating func beginAnewIfCut() throws(SourceFault) {
            var status = stat()
            guard fstat(handle.descriptor, &status) == 0 else {
                throw SourceFault("cannot be read: \(systemText(errno))")
            }
            mtime = Instant(status.st_mtim)
            if Int(status.st_size) >= lines.end, bytes(at: lines.end - tail.count, count: tail.count) == tail { return }
            generation += 1
            (line, lines, tail) = (1, OpenFile.noLines, [])
        }

        /// Reads on; returns how many bytes came.
        mutating func readMore() throws(SourceFault) -> Int {
            let piece = bytes(at: lines.end, count: 1 << 18)
            guard !piece.isEmpty else { return 0 }
            lines.append(piece)
            tail = Array((tail + piece.suffix(NDJSONSource.tailLength)).suffix(NDJSONSource.tailLength))
            return piece.count
        }

        /// The next whole line.
        mutating func nextLine() -> LineBuffer.Line? {
            guard let next = lines.nextLine() else { return nil }
            line += 1
            return next
        }

        /// What is left where nothing will be added any more.
        mutating func takeRest() -> LineBuffer.Line? { lines.takeRest() }

        private func bytes(at offset: Int, count: Int) -> [UInt8] {
            guard count > 0 else { return [] }
            return [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
                var got = -1
                repeat {
                    got = pread(handle.descriptor, buffer.baseAddress, count, off_t(offset))
                } while got < 0 && errno == EINTR
                filled = max(got, 0)
            }
        }
    }
}

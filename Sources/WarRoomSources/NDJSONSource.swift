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
    /// The lines that the journal has from an earlier run of the hub, until the file has been looked at.
    private var taken: TakenLines
    private var hasBeenSeen = false
    private var looks = 0
    /// Whether what was there at the first look is still being read.
    private var isReadingOn = false
    /// What is wrong with a line, and for how many looks it has been said: twice, or until a good line follows.
    private var badLine: (text: String, looks: Int)?

    /// `taken` are the ids of the source's events in the journal, in its order.
    init(path: String, taken: [String] = [], wall: @escaping @Sendable () -> Instant) {
        self.path = path
        self.taken = TakenLines(ids: taken)
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
            } else if let copy = try OpenFile(path).goingOn(after: old) {
                // It holds all that was read: a copy with more behind it, and no line happens twice.
                file = copy
            } else {
                if let rest = old.takeRest() { take(rest, of: old, into: &batch) }
                file = nil
            }
        }
        if !batch.isFull {
            if file == nil {
                var opened = try OpenFile(path)
                opened.label = taken.label(where: opened.holds)
                file = opened
            }
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
        if try file.beginAnewIfCut() { file.label = taken.nextLabel() }
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
        if line.place == 0 { bytes = NDJSONSource.withoutMark(bytes) }
        if bytes.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0D }) { return }
        guard bytes.count <= Event.longestLine else { return refuse(tooLong) }
        do throws(JSONFault) {
            let event = try JSON(parsing: bytes)
            guard event.object != nil else { return refuse("is no event") }
            let id = TakenLines.id(file.label, line.place, contentHash(bytes))
            batch.findings.append(Finding(event: event, wallTime: file.mtime, fallbackID: id))
        } catch { refuse("is \(error)") }
    }

    /// A line without the byte order mark that may stand before the first one.
    private static func withoutMark(_ line: [UInt8]) -> [UInt8] {
        line.starts(with: [0xEF, 0xBB, 0xBF]) ? Array(line.dropFirst(3)) : line
    }

    /// A file that is kept open, so that what is added after it was renamed is not lost.
    private struct OpenFile: Sendable {
        private let handle: Handle
        /// Which of the files that lay here one after the other it is.
        var label = ""
        private let inode: UInt
        private let device: UInt
        private(set) var mtime: Instant?
        /// The number of the line that comes next, from 1.
        private(set) var line = 1
        /// What has been read and is not yet a line.
        private var lines = OpenFile.noLines
        /// A line without end is not kept in memory.
        private static let noLines = LineBuffer(longest: 16 * Event.longestLine)
        /// The last bytes before the end of what has been read.
        private var tail: [UInt8] = []
        /// The hash of all that was read, by which a copy is known.
        private var hash = contentHash([])

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
        mutating func beginAnewIfCut() throws(SourceFault) -> Bool {
            var status = stat()
            guard fstat(handle.descriptor, &status) == 0 else {
                throw SourceFault("cannot be read: \(systemText(errno))")
            }
            mtime = Instant(status.st_mtim)
            if Int(status.st_size) >= lines.end, bytes(at: lines.end - tail.count, count: tail.count) == tail {
                return false
            }
            (line, lines, tail, hash) = (1, OpenFile.noLines, [], contentHash([]))
            return true
        }

        /// This file, to be read on from where another one was read to; `nil` where it does not begin with all of that,
        /// or the other one still has a name: then it was put aside, and this one is another.
        func goingOn(after old: OpenFile) -> OpenFile? {
            var status = stat()
            guard fstat(old.handle.descriptor, &status) == 0, status.st_nlink == 0, old.lines.end > 0 else {
                return nil
            }
            var hash = contentHash([])
            var place = 0
            while place < old.lines.end {
                let piece = bytes(at: place, count: min(1 << 18, old.lines.end - place))
                guard !piece.isEmpty else { return nil }
                hash = contentHash(piece, after: hash)
                place += piece.count
            }
            guard hash == old.hash else { return nil }
            var copy = self
            (copy.line, copy.lines, copy.tail) = (old.line, old.lines, old.tail)
            (copy.hash, copy.label) = (old.hash, old.label)
            return copy
        }

        /// Whether a line that is known by its hash stands at a place.
        func holds(_ line: UInt64, at place: Int) -> Bool {
            for count in [1 << 10, Event.longestLine + 1] {
                let piece = bytes(at: place, count: count)
                let end = piece.firstIndex(of: 0x0A)
                guard end != nil || piece.count < count || count > Event.longestLine else { continue }
                let text = Array(piece[..<(end ?? piece.count)])
                return contentHash(place == 0 ? NDJSONSource.withoutMark(text) : text) == line
            }
            return false
        }

        /// Reads on; returns how many bytes came.
        mutating func readMore() throws(SourceFault) -> Int {
            let piece = bytes(at: lines.end, count: 1 << 18)
            guard !piece.isEmpty else { return 0 }
            lines.append(piece)
            hash = contentHash(piece, after: hash)
            tail = Array((tail + piece.suffix(NDJSONSource.tailLength)).suffix(NDJSONSource.tailLength))
            return piece.count
        }

        /// The next whole line.
        mutating func nextLine() -> LineBuffer.Line? {
            // A writer that does not append goes on where it was when the file was cut, and leaves a hole of NUL bytes.
            lines.passOver(0)
            guard let next = lines.nextLine() else { return nil }
            line += 1
            return next
        }

        /// What is left where nothing will be added any more.
        mutating func takeRest() -> LineBuffer.Line? {
            lines.passOver(0)
            return lines.takeRest()
        }

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

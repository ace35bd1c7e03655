import Glibc
import Testing
import WarRoomCore
import WarRoomRunbook

@testable import WarRoomRehearsal

/// A folder that is gone when the test is over.
private final class Folder {
    let path: String

    init() {
        var template = Array("/tmp/warroom-stage-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/nowhere"
    }

    deinit {
        for name in ["a/b.json", "a/c.json", "log", "a"] { remove("\(path)/\(name)") }
        rmdir(path)
    }

    func read(_ name: String) -> String? {
        let file = open("\(path)/\(name)", O_RDONLY)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 4096)
        let count = Glibc.read(file, &bytes, bytes.count)
        return String(decoding: bytes[..<count], as: UTF8.self)
    }

    func facts(_ name: String) -> stat {
        var facts = stat()
        _ = stat("\(path)/\(name)", &facts)
        return facts
    }

    func mtime(_ name: String) -> Instant {
        let time = facts(name).st_mtim
        return Instant(nanoseconds: Int64(time.tv_sec) * 1_000_000_000 + Int64(time.tv_nsec))
    }
}

@Suite("The files of a rehearsal")
struct StageTests {
    private let folder = Folder()
    private let night: Instant
    private let wall: Instant

    init() throws {
        night = try instant("2025-09-14T02:00:00Z")
        wall = try instant("2030-01-01T00:00:00.000000123Z")
    }

    @Test("A file is written by a rename, with folders where they are missing, and bears its time")
    func write() throws {
        var stage = Stage(folder: folder.path)
        _ = try stage.perform(.write(path: "a/b.json", bytes: Array("1".utf8)), at: night, wall: wall)
        let inode = folder.facts("a/b.json").st_ino
        _ = try stage.perform(.write(path: "a/b.json", bytes: Array("22".utf8)), at: night, wall: wall)
        #expect(folder.read("a/b.json") == "22")
        #expect(folder.facts("a/b.json").st_ino != inode)
        #expect(folder.mtime("a/b.json") == wall)
        #expect(folder.read("a/.b.json.tmp") == nil)
    }

    @Test("A file grows, is cut, touched, renamed and removed")
    func changes() throws {
        var stage = Stage(folder: folder.path)
        for text in ["one\n", "two\n"] {
            _ = try stage.perform(.append(path: "log", bytes: Array(text.utf8)), at: night, wall: wall)
        }
        #expect(folder.read("log") == "one\ntwo\n")
        _ = try stage.perform(.truncate(path: "log", to: 4), at: night, wall: wall)
        #expect(folder.read("log") == "one\n")
        _ = try stage.perform(.touch(path: "log"), at: night, wall: wall + .seconds(5))
        #expect(folder.mtime("log") == wall + .seconds(5))
        _ = try stage.perform(.rename(path: "log", to: "a/c.json"), at: night, wall: wall)
        #expect(folder.read("log") == nil && folder.read("a/c.json") == "one\n")
        _ = try stage.perform(.remove(path: "a/c.json"), at: night, wall: wall)
        #expect(folder.read("a/c.json") == nil)
    }

    @Test("When the clock is set, files bear the wall times of the bridge times at which they were touched")
    func restamp() throws {
        var stage = Stage(folder: folder.path)
        _ = try stage.perform(.append(path: "log", bytes: []), at: night, wall: night)
        _ = try stage.perform(.rename(path: "log", to: "a/c.json"), at: night + .seconds(60), wall: night)
        let clock = Clock(startingAt: night + .seconds(600), wall: wall, speed: 60)
        stage.restamp { clock.wallTime(bridge: $0) }
        #expect(folder.mtime("a/c.json") == wall - .seconds(10))
    }

    @Test("What a process has written in the meantime gets the time at which it ran")
    func adopt() throws {
        var stage = Stage(folder: folder.path)
        _ = try stage.perform(.write(path: "a/b.json", bytes: []), at: night, wall: night)
        close(open("\(folder.path)/log", O_WRONLY | O_CREAT, 0o644))
        stage.adopt(at: night + .seconds(60), wall: night + .seconds(60))
        #expect(folder.mtime("log") == night + .seconds(60))
        #expect(folder.mtime("a/b.json") == night)
    }

    @Test("A link that leads out of the folder is not followed")
    func links() throws {
        var stage = Stage(folder: folder.path)
        symlink("/tmp/warroom-stage-elsewhere", "\(folder.path)/log")
        #expect(throws: StageFault.self) {
            try stage.perform(.append(path: "log", bytes: Array("x".utf8)), at: night, wall: wall)
        }
        #expect(folder.read("log") == nil)
    }

    @Test("What cannot be done says so, and what is none of files is left alone")
    func failures() throws {
        var stage = Stage(folder: folder.path)
        #expect(throws: StageFault("log cannot be removed: No such file or directory")) {
            try stage.perform(.remove(path: "log"), at: night, wall: wall)
        }
        #expect(throws: StageFault.self) { try stage.perform(.touch(path: "log"), at: night, wall: wall) }
        #expect(try !stage.perform(.run(["true"]), at: night, wall: wall))
    }
}

@Suite("What player and hub say to each other")
struct CueLineTests {
    @Test("Each cue comes through as it was meant, and the clock to the nanosecond", .timeLimit(.minutes(1)))
    func cues() async throws {
        var pair: [Int32] = [0, 0]
        #expect(socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &pair) == 0)
        let (here, there) = (pair[0], pair[1])
        let at = try instant("2025-09-14T02:00:00.000000001Z")
        let clock = Clock(startingAt: at, wall: at + .seconds(5), speed: 0.1)
        let hub = Task.detached { () -> [CueLine.Cue] in
            let line = CueLine(there)
            var heard: [CueLine.Cue] = []
            while let cue = line.nextCue() {
                heard.append(cue)
                if cue == .caughtUp { line.runs(clock) } else { line.done() }
            }
            close(there)
            return heard
        }
        let line = CueLine(here)
        try line.moment(at, goesOn: false)
        try line.moment(at, goesOn: true)
        #expect(try line.caughtUp() == clock)
        try line.stamped()
        close(here)
        #expect(await hub.value == [.moment(at, goesOn: false), .moment(at, goesOn: true), .caughtUp, .stamped])
    }
}

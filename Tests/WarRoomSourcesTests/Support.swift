import Glibc
import Synchronization
import WarRoomCore

/// A folder that is gone when the test is over.
final class TemporaryFolder: Sendable {
    let path: String

    init() {
        var template = Array("/tmp/warroom-test-XXXXXX".utf8CString)
        path = mkdtemp(&template).map { String(cString: $0) } ?? "/nowhere"
    }

    deinit { TemporaryFolder.remove(path) }

    subscript(name: String) -> String { path + "/" + name }

    func write(_ name: String, _ text: String, age: Duration? = nil) { write(name, Array(text.utf8), age: age) }

    /// Writes a file; with an age its mtime is so long ago.
    func write(_ name: String, _ bytes: [UInt8], age: Duration? = nil) {
        let descriptor = open(self[name], O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            rest = rest.dropFirst(count)
        }
        close(descriptor)
        if let age { self.age(name, age) }
    }

    func age(_ name: String, _ age: Duration) { setTime(name, now() - age) }

    func setTime(_ name: String, _ time: Instant) {
        let whole = time.wholeSeconds
        let spec = timespec(tv_sec: Int(whole), tv_nsec: Int(time.nanoseconds - whole * 1_000_000_000))
        utimensat(AT_FDCWD, self[name], [spec, spec], 0)
    }

    func move(_ name: String, to other: String) { rename(self[name], self[other]) }
    func delete(_ name: String) { unlink(self[name]) }
    func makeFolder(_ name: String) { mkdir(self[name], 0o755) }

    static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR, let stream = opendir(path) {
            while let entry = readdir(stream) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(stream)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}

func now() -> Instant {
    var time = timespec()
    clock_gettime(CLOCK_REALTIME, &time)
    return Instant(seconds: Int64(time.tv_sec)) + .nanoseconds(time.tv_nsec)
}

/// The bytes of a file beside the tests.
func fixture(_ name: String) -> [UInt8] {
    let folder = String(#filePath.prefix(through: #filePath.lastIndex(of: "/") ?? #filePath.startIndex))
    let descriptor = open(folder + "Fixtures/" + name, O_RDONLY)
    guard descriptor >= 0 else { return Array("no fixture \(name)".utf8) }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 65_536)
    while case let count = read(descriptor, &chunk, chunk.count), count > 0 { bytes += chunk[..<count] }
    return bytes
}

/// Waits until something holds, for at most so long.
func eventually(within limit: Duration = .seconds(5), _ condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + limit
    while ContinuousClock.now < deadline {
        if condition() { return true }
        poll(nil, 0, 2)
    }
    return condition()
}

func onThread(_ body: @escaping @Sendable () -> Void) {
    final class Box: Sendable {
        let body: @Sendable () -> Void
        init(_ body: @escaping @Sendable () -> Void) { self.body = body }
    }
    var thread = pthread_t()
    pthread_create(
        &thread, nil,
        { context in
            if let context { Unmanaged<Box>.fromOpaque(context).takeRetainedValue().body() }
            return nil
        }, Unmanaged.passRetained(Box(body)).toOpaque())
    pthread_detach(thread)
}

extension Source {
    /// A look whose fault is a value, so that a test can ask for either.
    mutating func tryLook() -> Result<Look, SourceFault> {
        do throws(SourceFault) { return .success(try look()) } catch { return .failure(error) }
    }
}

/// Tells a thread to end.
final class Flag: Sendable {
    private let state = Mutex((isSet: false, hasEnded: false))
    var isSet: Bool { state.withLock { $0.isSet } }
    var hasEnded: Bool { state.withLock { $0.hasEnded } }
    func set() { state.withLock { $0.isSet = true } }
    func end() { state.withLock { $0.hasEnded = true } }
}

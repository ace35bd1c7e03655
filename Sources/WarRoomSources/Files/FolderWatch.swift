import Glibc
import Synchronization
import WarRoomSystem

/// Says when something was put into a folder, moved out of it or deleted, by one inotify instance (inotify(7)) and one
/// thread for all folders. It only makes looks come sooner. It never sees what happens on the far side of a network
/// file system, so every source is looked at by its interval as well.
package final class FolderWatch: Sendable {
    private let loop: WatchLoop

    /// Starts a watch without a folder. `onChange` is called on the watch's own thread with the folder as it was given
    /// to ``watch(_:)``, once for all that happened together.
    package init(onChange: @escaping @Sendable (String) -> Void) {
        loop = WatchLoop(onChange)
        loop.start()
    }

    deinit { loop.stop() }

    /// Watches a folder. It is cheap, and to be called again and again: a folder that is not there is not watched yet,
    /// and one that was deleted and made anew is watched again.
    package func watch(_ folder: String) { loop.watch(folder) }

    /// Ends watching. It returns when no call of `onChange` is under way any more, unless it is called from one.
    package func close() { loop.stop() }
}

/// What the thread works with. It lives as long as the thread.
private final class WatchLoop: Sendable {
    private struct State {
        var watches: [String: Int32] = [:]
        /// One watch may stand for several spellings of one folder.
        var folders: [Int32: [String]] = [:]
        var thread: pthread_t?
        var hasEnded = false
    }

    private static let mask = UInt32(
        IN_CLOSE_WRITE | IN_MOVED_TO | IN_MOVED_FROM | IN_DELETE | IN_DELETE_SELF | IN_MOVE_SELF | IN_CREATE
            | IN_ONLYDIR)

    private let onChange: @Sendable (String) -> Void
    private let inotify: Int32
    /// A byte in it ends the thread.
    private let wake: Pipe?
    private let state = Mutex(State())
    /// Without it the interval of each source is left.
    private let isAble: Bool

    init(_ onChange: @escaping @Sendable (String) -> Void) {
        self.onChange = onChange
        inotify = inotify_init1(Int32(IN_NONBLOCK | IN_CLOEXEC))
        wake = Pipe()
        isAble = inotify >= 0 && wake != nil
    }

    func start() {
        guard isAble else { return end() }
        // Signals belong to the threads that wait for them.
        var all = sigset_t()
        var before = sigset_t()
        sigfillset(&all)
        pthread_sigmask(SIG_SETMASK, &all, &before)
        defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
        let hasStarted = state.withLock { state in
            var thread = pthread_t()
            let context = Unmanaged.passRetained(self)
            let result = pthread_create(
                &thread, nil,
                { context in
                    if let context { Unmanaged<WatchLoop>.fromOpaque(context).takeRetainedValue().run() }
                    return nil
                }, context.toOpaque())
            if result == 0 { state.thread = thread } else { context.release() }
            return result == 0
        }
        if !hasStarted { end() }
    }

    func stop() {
        let thread: pthread_t? = state.withLock { state in
            if !state.hasEnded { wake?.ring() }
            defer { state.thread = nil }
            return state.thread
        }
        guard let thread else { return }
        if pthread_equal(thread, pthread_self()) != 0 { pthread_detach(thread) } else { pthread_join(thread, nil) }
    }

    func watch(_ folder: String) {
        state.withLock { state in
            guard !state.hasEnded, isAble else { return }
            let watch = inotify_add_watch(inotify, folder, WatchLoop.mask)
            let before = state.watches[folder]
            guard watch != before else { return }
            if let before { forget(folder, before, &state) }
            guard watch >= 0 else { return }
            state.watches[folder] = watch
            state.folders[watch, default: []].append(folder)
        }
    }

    private func forget(_ folder: String, _ watch: Int32, _ state: inout State) {
        state.watches[folder] = nil
        state.folders[watch]?.removeAll { $0 == folder }
        if state.folders[watch]?.isEmpty ?? false {
            // A folder that was moved away is still watched where it is now.
            state.folders[watch] = nil
            inotify_rm_watch(inotify, watch)
        }
    }

    // MARK: The thread

    private func run() {
        var waiting = [
            pollfd(fd: inotify, events: Int16(POLLIN), revents: 0),
            pollfd(fd: wake?.reading ?? -1, events: Int16(POLLIN), revents: 0),
        ]
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = poll(&waiting, nfds_t(waiting.count), -1)
            if count < 0, errno == EINTR { continue }
            guard count > 0, waiting[1].revents == 0 else { break }
            let got = buffer.withUnsafeMutableBytes { read(inotify, $0.baseAddress, $0.count) }
            guard got > 0 else {
                if got < 0, errno == EAGAIN || errno == EINTR { continue }
                break
            }
            let changed = buffer.withUnsafeBytes { changes(in: UnsafeRawBufferPointer(rebasing: $0[..<got])) }
            for folder in changed { onChange(folder) }
        }
        end()
    }

    private func end() {
        state.withLock { state in
            state.hasEnded = true
            if inotify >= 0 { close(inotify) }
            wake?.close()
        }
    }

    /// The folders that the events of one read are about, each once.
    private func changes(in events: UnsafeRawBufferPointer) -> [String] {
        state.withLock { state in
            var changed: [String] = []
            var place = 0
            let header = MemoryLayout<inotify_event>.size
            while place + header <= events.count {
                let watch = events.loadUnaligned(fromByteOffset: place, as: Int32.self)
                let mask = events.loadUnaligned(fromByteOffset: place + 4, as: UInt32.self)
                let length = Int(events.loadUnaligned(fromByteOffset: place + 12, as: UInt32.self))
                let name = events[(place + header)..<min(place + header + length, events.count)].prefix { $0 != 0 }
                place += header + length
                if mask & UInt32(IN_Q_OVERFLOW) != 0 {
                    // Events were lost, and nobody knows whose.
                    changed = Array(state.watches.keys)
                } else if isWorthALook(mask, String(decoding: name, as: UTF8.self)) {
                    changed += state.folders[watch] ?? []
                }
                if mask & UInt32(IN_IGNORED) != 0 {
                    for folder in state.folders.removeValue(forKey: watch) ?? [] { state.watches[folder] = nil }
                }
            }
            var seen: Set<String> = []
            return changed.filter { seen.insert($0).inserted }
        }
    }

    private func isWorthALook(_ mask: UInt32, _ name: String) -> Bool {
        if mask & UInt32(IN_IGNORED) != 0 { return false }
        // A new file is worth a look once it is closed, which a new folder never is.
        if mask & UInt32(IN_CREATE) != 0, mask & UInt32(IN_ISDIR) == 0 { return false }
        return name.isEmpty || !FileNames.isIgnored(name)
    }
}

import Glibc
import Synchronization
import Testing

@testable import WarRoomSources

@Suite struct FolderWatchTests {
    /// Counts calls by folder.
    private final class Calls: Sendable {
        private let counts = Mutex<[String: Int]>([:])
        func add(_ folder: String) { counts.withLock { $0[folder, default: 0] += 1 } }
        subscript(folder: String) -> Int { counts.withLock { $0[folder] ?? 0 } }
    }

    private let folder = TemporaryFolder()
    private let calls = Calls()

    private func watch() -> FolderWatch { FolderWatch { [calls] in calls.add($0) } }

    /// Whether a call comes for the folder within a second of what is done.
    private func isCalled(_ name: String? = nil, _ act: () -> Void) -> Bool {
        let path = name.map { folder[$0] } ?? folder.path
        let before = calls[path]
        act()
        return eventually(within: .seconds(1)) { calls[path] > before }
    }

    @Test func `a file renamed, written, moved away or deleted is seen within a second`() {
        let watch = watch()
        defer { watch.close() }
        watch.watch(folder.path)
        folder.write("a.tmp", "x")
        #expect(isCalled { folder.move("a.tmp", to: "a.json") })
        #expect(isCalled { folder.write("b.json", "x") })
        #expect(isCalled { folder.move("b.json", to: ".away") })
        #expect(isCalled { folder.delete("a.json") })
        #expect(isCalled { folder.makeFolder("c") })
    }

    @Test func `a folder deleted and made anew is seen again once it is watched again`() {
        let watch = watch()
        defer { watch.close() }
        folder.makeFolder("patch")
        watch.watch(folder["patch"])
        #expect(isCalled("patch") { folder.write("patch/a.json", "x") })
        folder.delete("patch/a.json")
        #expect(isCalled("patch") { rmdir(folder["patch"]) })
        watch.watch(folder["patch"])
        folder.makeFolder("patch")
        watch.watch(folder["patch"])
        #expect(isCalled("patch") { folder.write("patch/a.json", "x") })
    }

    @Test func `a folder moved away is not mistaken for the new one in its place`() {
        let watch = watch()
        defer { watch.close() }
        folder.makeFolder("patch")
        watch.watch(folder["patch"])
        #expect(isCalled("patch") { folder.move("patch", to: "old") })
        folder.makeFolder("patch")
        watch.watch(folder["patch"])
        #expect(isCalled("patch") { folder.write("patch/a.json", "x") })
        let before = calls[folder["patch"]]
        folder.write("old/a.json", "x")
        #expect(isCalled("patch") { folder.write("patch/b.json", "x") })
        #expect(calls[folder["patch"]] == before + 1)
    }

    @Test func `watching again changes nothing`() {
        let watch = watch()
        defer { watch.close() }
        for _ in 0..<1000 { watch.watch(folder.path) }
        #expect(isCalled { folder.write("a.json", "x") })
        #expect(calls[folder.path] == 1)
    }

    @Test func `files under construction make no noise`() {
        let watch = watch()
        defer { watch.close() }
        watch.watch(folder.path)
        folder.write(".a.json", "x")
        folder.write("a.json.tmp", "x")
        #expect(isCalled { folder.write("b.json", "x") })
        #expect(calls[folder.path] == 1)
    }

    @Test func `a folder is called by each of the names it is watched by`() {
        let watch = watch()
        defer { watch.close() }
        folder.makeFolder("patch")
        symlink("patch", folder["link"])
        watch.watch(folder["patch"])
        watch.watch(folder["link"])
        #expect(isCalled("patch") { folder.write("patch/a.json", "x") })
        #expect(eventually { calls[folder["link"]] > 0 })
    }

    @Test func `what is no folder is not watched`() {
        let watch = watch()
        defer { watch.close() }
        folder.write("file", "x")
        watch.watch(folder["file"])
        watch.watch(folder["nowhere"])
        folder.write("file", "y")
        #expect(calls[folder["file"]] == 0)
    }

    @Test func `after closing nothing is called, and closing twice or from the call is fine`() {
        let watch = watch()
        watch.watch(folder.path)
        watch.close()
        watch.close()
        watch.watch(folder.path)
        folder.write("a.json", "x")
        #expect(calls[folder.path] == 0)

        let holder = Holder()
        let done = Flag()
        holder.hold(
            FolderWatch { _ in
                holder.close()
                done.set()
            })
        holder.watch(folder.path)
        folder.write("b.json", "x")
        #expect(eventually { done.isSet })
    }

    private final class Holder: Sendable {
        private let held = Mutex<FolderWatch?>(nil)
        func hold(_ watch: FolderWatch) { held.withLock { $0 = watch } }
        func watch(_ folder: String) { held.withLock { $0 }?.watch(folder) }
        func close() { held.withLock { $0 }?.close() }
    }

    @Test func `many watches come and go without leaving anything open`() {
        func openFiles() -> Int {
            (0..<1024).count { fcntl($0, F_GETFD) >= 0 }
        }
        let before = openFiles()
        for _ in 0..<50 {
            let watch = watch()
            watch.watch(folder.path)
            watch.close()
        }
        // Other tests open files meanwhile; a leak would leave a hundred and fifty.
        #expect(openFiles() < before + 100)
    }
}

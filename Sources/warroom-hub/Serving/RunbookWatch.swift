import Glibc
import WarRoomCore
import WarRoomHub
import WarRoomRunbook

/// Shows the hub the runbook's file, as often as it changes.
struct RunbookWatch {
    let path: String

    /// Looks every two seconds until it is cancelled; reads the file only when it has changed.
    func run(_ hub: Hub) async {
        var last = Mark(path)
        await hub.saw(onDisk: read())
        while !Task.isCancelled {
            let mark = Mark(path)
            if mark != last {
                last = mark
                await hub.saw(onDisk: read())
            }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    /// The file as it is now.
    func read() -> RunbookOnDisk {
        switch RunbookReader.document(path: path) {
        case .success(let document): return .good(document.runbook, text: document.text)
        case .failure(let faults):
            guard let fingerprint = RunbookReader.fingerprint(path: path) else {
                return .missing(faults.faults.first?.text ?? "it is not there")
            }
            return .faulty(fingerprint: fingerprint, faults: faults.summary)
        }
    }

    /// What changes when a file does.
    private struct Mark: Equatable {
        let inode: UInt
        let size: Int
        let seconds: Int
        let nanoseconds: Int

        init?(_ path: String) {
            var facts = stat()
            guard stat(path, &facts) == 0 else { return nil }
            inode = UInt(facts.st_ino)
            size = Int(facts.st_size)
            seconds = facts.st_mtim.tv_sec
            nanoseconds = facts.st_mtim.tv_nsec
        }
    }
}

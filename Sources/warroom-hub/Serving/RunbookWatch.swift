import Glibc
import WarRoomCore
import WarRoomHub
import WarRoomRunbook

/// Tells the hub whether the runbook on disk is still the one of this night. A change is shown as a trouble, and the
/// night goes on with the runbook that it began with.
struct RunbookWatch {
    let path: String
    /// The fingerprint of the runbook that the night goes by.
    let fingerprint: String

    /// Looks every two seconds until it is cancelled; reads the file only when it has changed.
    func run(_ hub: Hub) async {
        var last: Mark?
        while !Task.isCancelled {
            let mark = Mark(path)
            if mark != last {
                last = mark
                await hub.runbookOnDisk(trouble: trouble(mark))
            }
            try? await Task.sleep(for: .seconds(2))
        }
    }

    private func trouble(_ mark: Mark?) -> String? {
        guard mark != nil else { return "the runbook's file is gone; the night goes on with its own" }
        switch RunbookReader.document(path: path) {
        case .success(let document) where document.runbook.fingerprint == fingerprint: return nil
        case .success: return "the runbook on disk has changed; the night goes on with the one that it began with"
        case .failure: return "the runbook on disk has changed and has faults; the night goes on with its own"
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

import Glibc
import WarRoomSystem

/// A folder of this process alone, for a rehearsal that leaves nothing behind.
struct PrivateFolder {
    let path: String

    init() throws(Complaint) {
        let base = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
        var template = Array("\(base)/warroom-rehearsal.XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw Complaint(
                Complaint.usage, "no folder can be made in \(base); set TMPDIR to one that can be written to")
        }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Removes the folder with all that is in it; links are removed, not followed.
    func remove() { FolderTree.remove(path) }
}

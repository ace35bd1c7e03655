import ArgumentParser
import Glibc
import WarRoomCore
import WarRoomHub
import WarRoomWire

/// `warroom verify`: follows the hash chain of a journal.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HubCommand.verify.rawValue, abstract: "Follows the hash chain of a journal.")

    @Argument(help: "A journal file or a state folder; left out, the running hub's.")
    var journal: String?

    @Option(help: "The hash that the last entry must have.")
    var head: String?

    @Option(help: "The running hub's socket.")
    var socket: String?

    func run() throws {
        let path = try journalPath()
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        let verdict: Verdict
        do {
            // The head first: a hub that runs only adds to what it says.
            let seen = Result { () throws(JournalFault) in try SeenHead.kept(in: folder) }
            let journal = try SQLiteJournal(reading: path)
            verdict = try Verify.verdict(on: journal, seen)
        } catch {
            throw Failure.unusable(
                "\(CleanText.quoted(path)) cannot be read as a journal: \(JournalFault.words(for: error))")
        }
        switch verdict {
        case .whole(let entries, let hash):
            if let head, head != hash {
                throw Failure.no("the chain is whole, but its head is \(hash), not \(CleanText.line(head))")
            }
            try put("whole: \(entries) entries, head \(hash)")
        case .broken(let entry, let reason):
            throw Failure.no("broken at entry \(entry): \(CleanText.line(reason))")
        case .damaged(let reason):
            throw Failure.no("the chain is whole, but \(CleanText.line(reason))")
        }
    }

    /// What is wrong with a journal: its chain first, then what lies beside it.
    private static func verdict(on journal: SQLiteJournal, _ seen: Result<SeenHead?, JournalFault>) throws -> Verdict {
        let verdict = try Verdict(following: journal)
        guard case .whole = verdict else { return verdict }
        do throws(JournalFault) {
            if let fault = try journal.faultOfFile() { return .damaged(reason: fault) }
            _ = try seen.get()
        } catch { return .damaged(reason: error.sentence) }
        return try seen.get()?.fault(of: journal).map { .damaged(reason: $0) } ?? verdict
    }

    private func journalPath() throws -> String {
        if let journal { return isFolder(journal) ? "\(journal)/journal.sqlite" : journal }
        do {
            let connection = try HubConnection(path: try SocketPath.find(explicit: socket))
            guard case .other(let answer) = try connection.ask(Requests.whereabouts),
                let folder = answer["whereabouts"]?["state"]?.text
            else { throw Failure.no("the hub does not say where its journal lies; name it") }
            return "\(folder)/journal.sqlite"
        } catch let choice as SocketChoice {
            throw Failure(code: choice == .none ? 3 : 2, sentence: choice.sentence)
        } catch let fault as HubConnectionFault {
            throw Failure(code: 3, sentence: fault.sentence)
        }
    }
}

/// Whether a path is a folder.
private func isFolder(_ path: String) -> Bool {
    var facts = stat()
    return stat(path, &facts) == 0 && facts.st_mode & S_IFMT == S_IFDIR
}

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
        let verdict: Verdict
        do {
            verdict = try Verdict(following: try SQLiteJournal(reading: path))
        } catch {
            throw Failure.unusable("\(path) cannot be read as a journal: \(JournalFault.words(for: error))")
        }
        switch verdict {
        case .whole(let entries, let hash):
            if let head, head != hash {
                throw Failure.no("the chain is whole, but its head is \(hash), not \(head)")
            }
            try put("whole: \(entries) entries, head \(hash)")
        case .broken(let entry, let reason):
            throw Failure.no("broken at entry \(entry): \(reason)")
        }
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

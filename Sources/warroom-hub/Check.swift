import ArgumentParser
import OrderedCollections
import WarRoomCore
import WarRoomHub
import WarRoomRunbook
import WarRoomWire

/// `warroom check`: the faults of a runbook, or else its holes, each with its place (CONTRACT 7).
struct Check: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Reads a runbook and reports its faults, or else its holes; docs/lint.md says what to do about each.")

    @Argument(help: "The runbook.")
    var runbook: String

    func run() throws {
        switch RunbookReader.document(path: runbook) {
        case .success(let document):
            guard document.holes.isEmpty else {
                for hole in document.holes { print(hole.line(in: runbook)) }
                throw ExitCode(1)
            }
            let plan = document.runbook
            print(
                "\(runbook): \(plan.bridgeID), \(plan.steps.count) steps, \(plan.servers.count) servers, no fault and no hole")
        case .failure(let faults):
            if faults.faults.contains(where: { $0.code == .file }) {
                throw Failure.unusable(faults.lines().joined(separator: "\n"))
            }
            for line in faults.lines() { print(line) }
            throw ExitCode(1)
        }
    }
}

/// `warroom where`: the id, socket and state folder of a runbook's bridge, for the front program.
struct Where: ParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Prints a runbook's bridge id, socket and state folder.", shouldDisplay: false)

    @OptionGroup var place: Place

    @Flag(help: "Those of a rehearsal.")
    var rehearse = false

    func run() throws {
        let spot = Spot(try readRunbook(place.runbook).runbook, place: place, isRehearsal: rehearse)
        print("\(spot.bridgeID)\n\(spot.socket)\n\(spot.stateFolder)")
    }
}

/// `warroom verify`: follows the hash chain of a journal.
struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(abstract: "Follows the hash chain of a journal.")

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
            throw Failure.unusable("\(path) cannot be read as a journal: \(error)")
        }
        switch verdict {
        case .whole(let entries, let hash):
            if let head, head != hash {
                throw Failure.no("the chain is whole, but its head is \(hash), not \(head)")
            }
            print("whole: \(entries) entries, head \(hash)")
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

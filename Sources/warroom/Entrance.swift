import Glibc
import WarRoomSystem
import WarRoomWire

/// The front program: screens and commands. For what needs the journal or a runbook's file it becomes `warroom-hub`. So
/// it stays small, and an attached screen starts in a few milliseconds.
@main
enum Entrance {
    @MainActor
    static func main() {
        StandardStreams.hold()
        let arguments = Array(CommandLine.arguments.dropFirst())
        do throws(Complaint) {
            if let name = arguments.first, HubCommand(rawValue: name)?.help != nil { try HubProgram.become(arguments) }
            try Command.perform(arguments)
        } catch { error.end() }
        exit(0)
    }
}

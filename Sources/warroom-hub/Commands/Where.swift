import ArgumentParser
import WarRoomRunbook
import WarRoomWire

/// `warroom where`: the id, socket and state folder of a runbook's bridge, for the front program.
struct Where: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: HubCommand.where.rawValue, abstract: "Prints a runbook's bridge id, socket and state folder.",
        shouldDisplay: false)

    @OptionGroup var place: Place

    @Flag(help: "Those of a rehearsal.")
    var rehearse = false

    func run() throws {
        let spot = Spot(try place.document().runbook, place: place, isRehearsal: rehearse)
        try put(raw: "\(spot.bridgeID)\n\(spot.socket)\n\(spot.stateFolder)")
    }
}

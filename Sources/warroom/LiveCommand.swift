import WarRoomCore
import WarRoomWire

extension Command {
    static let live = Command(
        usage: Usage(
            command: "live", abstract: "The night goes live; refused while a time of the page has no ruling",
            options: [.socket])
    ) { (arguments) throws(Complaint) in
        var talk = try Conversation(socket: arguments["--socket"])
        let bridge = try talk.subscribedBridge()
        let id = bridge.id
        // A night whose times fit is live from the start: who asks for what is so gets no error.
        if bridge.state == .live || bridge.state == .opened && !bridge.awaitsLive {
            return Output.line("\(id) is live already")
        }
        let entry = try talk.report("warroom.bridge", on: id, JSON.Object(["state": "live"]))
        Output.line("\(id) is live, entry \(entry)")
    }
}

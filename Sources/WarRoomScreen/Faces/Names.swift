import OrderedCollections
import WarRoomCore

/// What things are called in rows and tiles, where room is short.
extension Sight {
    /// A server without the beginning that all servers of the waves share: `Web4` for `IC-Web4`.
    func shortName(_ server: String) -> String {
        let shared = sharedBeginning
        return !shared.isEmpty && server.count > shared.count && server.hasPrefix(shared)
            ? String(server.dropFirst(shared.count)) : server
    }

    /// What the names of all servers in waves begin with, up to a hyphen or a point.
    private var sharedBeginning: String {
        if let known: String = recall?[.server("")] { return known }
        let names = runbook.waves.values.lazy.flatMap(\.servers)
        var shared = ""
        if let first = names.first, let end = first.firstIndex(where: { $0 == "-" || $0 == "." }) {
            let beginning = String(first[...end])
            if names.allSatisfy({ $0.hasPrefix(beginning) && $0.count > beginning.count }) { shared = beginning }
        }
        recall?[.server("")] = shared
        return shared
    }

    /// A wave as a name: `Web6-10` for `web6-10`.
    func title(ofWave id: String) -> String {
        guard let first = id.first, first.isLowercase else { return id.isEmpty ? "Others" : id }
        return first.uppercased() + id.dropFirst()
    }
}

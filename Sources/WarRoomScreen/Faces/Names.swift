import WarRoomCore

/// What things are called in rows and tiles, where room is short.
extension Sight {
    /// A server without the beginning that all servers of the waves share: `web4` for `eu-web4`.
    func shortName(_ server: String) -> String { situation.names.short(server) }

    /// A wave as a name, by its servers where these are numbered without a gap: `Web6-10`.
    func title(ofWave id: String) -> String {
        guard !id.isEmpty else { return "Others" }
        let name = situation.names.short(situation.names.wave(id))
        return (name.first?.uppercased() ?? "") + name.dropFirst()
    }
}

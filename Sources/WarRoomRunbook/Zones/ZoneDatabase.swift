internal import Glibc
package import WarRoomCore
internal import WarRoomSystem

/// Zones by their names in the tz database.
package enum ZoneDatabase {
    /// Where systems keep their zone files.
    package static let systemFolders = [
        "/usr/share/zoneinfo", "/usr/lib/zoneinfo", "/usr/share/lib/zoneinfo", "/etc/zoneinfo",
    ]

    /// The zone with this name, from the first folder that has its TZif file (RFC 8536), else from the built-in rules,
    /// because minimal systems have no such folder.
    ///
    /// The built-in rules are the present ones, those of release 2025b of the tz database: right from 2025 until a
    /// government changes its mind, and wrong for earlier years wherever the rules were different then. Held against
    /// the zone files for 2024 to 2037, all 597 zones agree but these: America/Asuncion, America/Coyhaique,
    /// America/Scoresbysund, Asia/Almaty and Asia/Qostanay in 2024; Asia/Gaza and Asia/Hebron in 2024, 2025, 2036 and
    /// 2037, and Africa/Casablanca and Africa/El_Aaiun in every year, because their clocks follow Ramadan, which no
    /// rule can say.
    ///
    /// - Throws: ``ZoneFault`` for a name that could lead out of the folders, for one that nobody knows, and for a file
    ///   that cannot be read or is damaged: the built-in rules do not stand in for it silently.
    package static func zone(
        _ identifier: String, folders: [String] = ZoneDatabase.systemFolders
    ) throws(ZoneFault) -> Zone {
        guard isName(identifier) else {
            throw ZoneFault("\"\(identifier)\" is not the name of a time zone: write one such as America/New_York")
        }
        for folder in folders {
            let path = "\(folder)/\(identifier)"
            guard let bytes = try contents(of: path) else { continue }
            do {
                return try ZoneFile(bytes).zone(identifier: identifier)
            } catch {
                throw ZoneFault("\(path): \(error)")
            }
        }
        return try builtIn(identifier)
    }

    /// The zone as the built-in rules have it; see ``zone(_:folders:)`` for where they are wrong.
    /// - Throws: ``ZoneFault`` for a name that is not in the table.
    package static func builtIn(_ identifier: String) throws(ZoneFault) -> Zone {
        for line in ZoneTable.lines.lazy.map(\.utf8) {
            guard line.starts(with: identifier.utf8), let blank = line.firstIndex(of: UInt8(ascii: " ")),
                line[..<blank].elementsEqual(identifier.utf8)
            else { continue }
            return Zone(identifier: identifier, rule: try ZoneRule(Substring(line[blank...].dropFirst())))
        }
        throw ZoneFault(
            "there is no time zone \"\(identifier)\": write its name in the tz database, such as Asia/Kolkata")
    }

    /// Whether a name is words of letters, digits, `_`, `+` and `-` with single slashes between them. No name in the tz
    /// database has a dot, so none can climb out of its folder.
    private static func isName(_ identifier: String) -> Bool {
        let words = identifier.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
        return identifier.utf8.count <= 255 && words.allSatisfy { !$0.isEmpty && $0.allSatisfy(isNameCharacter) }
    }

    private static func isNameCharacter(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "a"..."z", "A"..."Z", "0"..."9", "_", "+", "-": true
        default: false
        }
    }

    /// The bytes of a file; `nil` if there is none, or only a folder of that name.
    private static func contents(of path: String) throws(ZoneFault) -> [UInt8]? {
        func fault() -> ZoneFault { ZoneFault("\(path) cannot be read: \(systemText(errno))") }
        // With O_NONBLOCK a pipe of that name does not hold the hub up.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else {
            if errno == ENOENT || errno == ENOTDIR { return nil }
            throw fault()
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { throw fault() }
        guard status.st_mode & S_IFMT == S_IFREG else { return nil }
        // The largest zone file is below 4 kB.
        guard status.st_size <= 1 << 20 else { throw ZoneFault("\(path) is too large for a zone file") }
        var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
        var filled = 0
        while filled < bytes.count {
            let count = bytes.withUnsafeMutableBytes { room in
                read(file, room.baseAddress?.advanced(by: filled), room.count - filled)
            }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw fault() }
            guard count > 0 else { break }
            filled += count
        }
        return Array(bytes[..<filled])
    }
}

import WarRoomCore

/// Files that each hold one event or an array of them (docs/contract.md, Sources).
struct StatusFilesSource: Source {
    /// How many bytes are read at one look. The rest waits for the next, so that no look holds a whole disk in memory.
    private static let bytesPerLook = 64 << 20

    private var scan: FileScan
    private var files: [String: Known] = [:]

    private struct Known {
        var goodHash: UInt64?
        var goodTime: Instant?
        /// Whether it was seen to be written at this look.
        var isWritten = false
        /// Whether its events are among the findings of this look.
        var isRead = false
        var trouble: String?
    }

    init(path: String, wall: @escaping @Sendable () -> Instant) {
        scan = FileScan(
            path: path, extensionWithDot: ".json", barePattern: "*", sizeLimit: SourceLimit.statusFileBytes, wall: wall)
    }

    var watchedFolders: [String] { [scan.watchedFolder] }
    var opens: Int { scan.opens }

    mutating func look() throws(SourceFault) -> Look {
        let listing = try scan.list()
        var look = Look()
        var present: Set<String> = []
        var budget = Self.bytesPerLook
        for name in files.keys {
            files[name]?.isWritten = false
            files[name]?.isRead = false
        }
        for name in listing.names {
            guard budget > 0 else {
                present.insert(name)
                continue
            }
            switch scan.check(name) {
            case .gone: continue
            case .unchanged: break
            case .changing: files[name, default: Known()].trouble = "changes while it is read, retrying"
            case .trouble(let reason): files[name, default: Known()].trouble = reason
            case .content(let bytes, let mtime, let isWritten):
                budget -= bytes.count
                take(bytes, mtime, isWritten, name, &look.findings)
            }
            present.insert(name)
        }
        files = files.filter { present.contains($0.key) }
        look.asOf = files.values.compactMap(\.goodTime).max()
        look.trouble = trouble(listing)
        for (name, known) in files {
            guard let time = known.goodTime else { continue }
            look.rests[name] = Look.Rest(
                asOf: time, isWritten: known.isWritten, isRead: known.isRead, trouble: known.trouble)
            if known.isWritten { look.isWritten = true }
        }
        return look
    }

    private mutating func take(
        _ bytes: [UInt8], _ mtime: Instant, _ isWritten: Bool, _ name: String, _ findings: inout [Finding]
    ) {
        let hash = contentHash(bytes)
        var known = files[name] ?? Known()
        defer { files[name] = known }
        if hash == known.goodHash {
            // It was written again as it was: nothing is new, but it is true as of now.
            known.goodTime = mtime
            known.isWritten = isWritten || known.trouble != nil
            known.trouble = nil
            return
        }
        switch StatusFilesSource.events(in: bytes) {
        case .failure(let fault): known.trouble = fault.reason
        case .success(let (events, isList)):
            known = Known(goodHash: hash, goodTime: mtime, isWritten: isWritten, isRead: true, trouble: nil)
            for (index, event) in events.enumerated() {
                let id = isList ? fallbackID(mtime, hash, index) : fallbackID(mtime, hash)
                findings.append(Finding(event: event, wallTime: mtime, fallbackID: id, rest: name))
            }
        }
    }

    private struct NotEvents: Error {
        let reason: String
    }

    private static func events(in bytes: [UInt8]) -> Result<(events: [JSON], isList: Bool), NotEvents> {
        if bytes.isEmpty { return .failure(NotEvents(reason: "is empty")) }
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            return .failure(NotEvents(reason: "is UTF-16; JSON is UTF-8"))
        }
        // A tool that writes a byte order mark seldom knows it.
        let text = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? bytes[3...] : bytes[...]
        let value: JSON
        do throws(JSONFault) { value = try JSON(parsing: text) } catch {
            return .failure(NotEvents(reason: "\(error), retrying"))
        }
        if value.object != nil { return .success(([value], false)) }
        guard let list = value.array else {
            return .failure(NotEvents(reason: "holds neither an event nor an array of events"))
        }
        guard list.count <= SourceLimit.statusFileEvents else {
            return .failure(
                NotEvents(
                    reason: "holds \(list.count) events, more than the \(SourceLimit.statusFileEvents) that are read"))
        }
        if let odd = list.firstIndex(where: { $0.object == nil }) {
            return .failure(NotEvents(reason: "element \(odd) of the array is no object"))
        }
        return .success((list, true))
    }

    /// What is wrong with files that are there. What became of one that was removed follows from who else speaks of its
    /// subjects, which a source does not know.
    private func trouble(_ listing: FileScan.Listing) -> String? {
        var troubles = listing.trouble.map { [$0] } ?? []
        for name in files.keys.sorted(by: FileNames.isBefore) {
            if let reason = files[name]?.trouble { troubles.append("\(name): \(reason)") }
        }
        return troubleText(troubles, thing: "file")
    }
}

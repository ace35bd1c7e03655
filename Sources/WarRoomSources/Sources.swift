package import WarRoomCore

/// The kinds of source, one line each.
package enum Sources {
    /// The source that a plan describes. `stateFolder` stands in for `{state}`, and a path that is relative then begins
    /// in `runbookFolder`. `wall` is the clock that files bear, by which it is known how long ago one was written.
    /// Nothing is opened before the first look.
    /// `taken` are the ids of its events that are in the journal already.
    package static func make(
        _ plan: SourcePlan, stateFolder: String, runbookFolder: String, taken: [String] = [],
        wall: @escaping @Sendable () -> Instant
    ) -> any Source {
        func place(_ path: String) -> String {
            resolve(path, stateFolder: stateFolder, runbookFolder: runbookFolder)
        }
        return switch plan.kind {
        case .statusFiles(let path): StatusFilesSource(path: place(path), wall: wall)
        case .ndjson(let path): NDJSONSource(path: place(path), taken: taken, wall: wall)
        case .junit(let path, let run): JUnitSource(path: place(path), run: run, wall: wall)
        case .socket(let address, let send):
            SocketSource(
                address: place(address), send: send, timeout: plan.timeout, isAged: plan.staleAfter != nil, wall: wall)
        }
    }

    static func resolve(_ path: String, stateFolder: String, runbookFolder: String) -> String {
        var rest = path[...]
        var resolved = ""
        let mark = "{state}"
        while let start = rest.firstIndex(of: "{") {
            resolved += rest[..<start]
            rest = rest[start...]
            if rest.hasPrefix(mark) {
                resolved += stateFolder
                rest = rest.dropFirst(mark.count)
            } else {
                resolved.append(rest.removeFirst())
            }
        }
        resolved += rest
        return resolved.hasPrefix("/") ? resolved : runbookFolder + "/" + resolved
    }
}

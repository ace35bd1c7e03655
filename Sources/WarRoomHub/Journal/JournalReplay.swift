package import WarRoomCore

extension Journal {
    /// Applies the entries to a bridge, in order, as long as `goesOn` says so, each amendment with the runbook that it
    /// names: `understand` reads its text. `body` is called after each, with the runbook where one came with it. Throws
    /// ``JournalFault`` where an entry, or a runbook's text, is missing, and what reading throws.
    package func replay(
        into bridge: inout Bridge, understand: (String) -> Runbook?, while goesOn: (Record) -> Bool = { _ in true },
        each body: (Record, Event, Runbook?) throws -> Void = { _, _, _ in }
    ) throws {
        func take(_ record: Record, _ entry: Entry, amended: Runbook?) throws {
            bridge.apply(entry, amended: amended)
            guard bridge.entry == record.number else { throw JournalFault("entry \(bridge.entry + 1) is missing") }
            try body(record, entry.event, amended)
        }
        var isWhole = false
        while !isWhole {
            // A text cannot be read while entries are: the reading stops at each amendment, and goes on behind it.
            var amendment: (record: Record, entry: Entry)?
            isWhole = true
            try read(from: bridge.entry + 1) { record in
                guard goesOn(record) else { return false }
                let entry = try record.entry
                guard entry.event.amendsTo == nil else {
                    (amendment, isWhole) = ((record, entry), false)
                    return false
                }
                try take(record, entry, amended: nil)
                return true
            }
            if let (record, entry) = amendment {
                try take(record, entry, amended: try runbook(namedBy: entry.event, in: record, understand))
            }
        }
    }

    /// The runbook that an amendment names. Throws ``JournalFault`` where its text is not there, or cannot be read.
    func runbook(
        namedBy event: Event, in record: Record, _ understand: (String) -> Runbook?
    ) throws -> Runbook {
        let fingerprint = event.amendsTo ?? ""
        if let fault = try faultOfRunbook(fingerprint) {
            throw JournalFault("entry \(record.number) amends the runbook, and \(fault)")
        }
        guard let runbook = try runbook(fingerprint).flatMap(understand), runbook.fingerprint == fingerprint else {
            throw JournalFault("entry \(record.number) amends the runbook, and its text cannot be read any more")
        }
        return runbook
    }
}

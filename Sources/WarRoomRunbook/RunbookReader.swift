package import WarRoomCore
internal import WarRoomDigest

/// A runbook as it was read, with what stands only in its file.
package struct RunbookDocument: Sendable {
    /// The plan of the night.
    package let runbook: Runbook
    /// The whole text, which the journal keeps.
    package let text: String
    /// What the lint finds missing, in the order of the file.
    package let holes: [RunbookHole]
}

/// Reads a runbook's file (docs/contract.md, The runbook): a `Runbook` out, or all its faults at once.
package enum RunbookReader {
    /// Reads a text. `file` is only the name that faults give.
    package static func read(_ text: String, file: String) -> Result<Runbook, RunbookFaults> {
        document(text, file: file).map(\.runbook)
    }

    /// Reads a text that a journal keeps. What is too large in it is no fault, because an older hub has taken it: it
    /// counts as the most that there may be.
    package static func kept(_ text: String, file: String) -> Result<Runbook, RunbookFaults> {
        document(text, file: file, isKept: true).map(\.runbook)
    }

    /// The same as ``read(_:file:)``, with the text and what the lint finds.
    package static func document(_ text: String, file: String) -> Result<RunbookDocument, RunbookFaults> {
        document(text, file: file, isKept: false)
    }

    private static func document(
        _ text: String, file: String, isKept: Bool
    ) -> Result<RunbookDocument, RunbookFaults> {
        func faults(_ faults: [RunbookFault]) -> Result<RunbookDocument, RunbookFaults> {
            .failure(RunbookFaults(file: file, faults))
        }
        guard text.utf8.count <= RunbookFile.largest else { return faults([RunbookFile.tooLarge]) }
        // A byte order mark would shift the columns of the first line.
        let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        switch YAMLText.read(body) {
        case .failure(let found): return faults(found.faults)
        case .success(let root):
            var reading = Reading(root, isKept: isKept)
            reading.read()
            guard reading.faults.isEmpty else { return faults(reading.faults) }
            reading.runbook.fingerprint = fingerprint(of: text)
            let holes = Lint.holes(of: reading)
            reading.runbook.holes = RunbookHole.folded(holes)
            return .success(
                RunbookDocument(runbook: reading.runbook, text: text, holes: holes))
        }
    }

    /// The same of the file at a path.
    package static func document(path: String) -> Result<RunbookDocument, RunbookFaults> {
        func fault(_ fault: RunbookFault) -> Result<RunbookDocument, RunbookFaults> {
            .failure(RunbookFaults(file: path, [fault]))
        }
        switch RunbookFile.contents(of: path) {
        case .failure(let found): return .failure(RunbookFaults(file: path, found.faults))
        case .success(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else { return fault(RunbookFile.notUTF8(bytes)) }
            return document(text, file: path)
        }
    }

    /// The SHA-256 of the file at a path, whatever faults it has; `nil` where it cannot be read.
    package static func fingerprint(path: String) -> String? {
        guard case .success(let bytes) = RunbookFile.contents(of: path) else { return nil }
        return SHA256.hex(of: bytes)
    }

    /// The SHA-256 of a text, in lower-case hex, by which entry 1 names the runbook.
    package static func fingerprint(of text: String) -> String {
        SHA256.hex(of: text.utf8)
    }
}

internal import Glibc
package import WarRoomCore
internal import WarRoomDigest

/// A runbook as it was read, with what is only in the file.
package struct RunbookDocument: Sendable {
    package let runbook: Runbook
    /// The whole text, which the journal keeps (CONTRACT 5).
    package let text: String
    /// Where everything stands, for lint.
    package let places: RunbookPlaces
    /// What the lint finds missing, in the order of reading.
    package let holes: [RunbookHole]
}

/// Reads a runbook's file (CONTRACT 6): a `Runbook` out, or all its faults at once.
package enum RunbookReader {
    /// Larger files are refused; a night of a thousand steps takes a tenth of this.
    package static let largest = 4 << 20

    /// Reads a text. `file` is only what faults name.
    package static func read(_ text: String, file: String) -> Result<Runbook, RunbookFaults> {
        document(text, file: file).map(\.runbook)
    }

    /// Reads a file.
    package static func read(path: String) -> Result<Runbook, RunbookFaults> { document(path: path).map(\.runbook) }

    /// The same as ``read(_:file:)``, with the places of everything.
    package static func document(_ text: String, file: String) -> Result<RunbookDocument, RunbookFaults> {
        func faults(_ faults: [RunbookFault]) -> Result<RunbookDocument, RunbookFaults> {
            .failure(RunbookFaults(file: file, faults))
        }
        guard text.utf8.count <= largest else { return faults([tooLarge]) }
        // A byte order mark would shift the columns of the first line.
        let body = text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
        switch YAMLText.read(body) {
        case .failure(let found): return faults(found.faults)
        case .success(let root):
            var reading = Reading(root)
            reading.read()
            guard reading.faults.isEmpty else { return faults(reading.faults) }
            reading.runbook.fingerprint = fingerprint(of: text)
            let holes = Lint.holes(of: reading)
            reading.runbook.holes = RunbookHole.folded(holes)
            return .success(
                RunbookDocument(runbook: reading.runbook, text: text, places: reading.places, holes: holes))
        }
    }

    /// The same as ``read(path:)``, with the text and the places of everything.
    package static func document(path: String) -> Result<RunbookDocument, RunbookFaults> {
        func fault(_ fault: RunbookFault) -> Result<RunbookDocument, RunbookFaults> {
            .failure(RunbookFaults(file: path, [fault]))
        }
        switch contents(of: path) {
        case .failure(let found): return .failure(RunbookFaults(file: path, found.faults))
        case .success(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else { return fault(notUTF8(bytes)) }
            return document(text, file: path)
        }
    }

    /// The SHA-256 of a text, in lower-case hex: what entry 1 names.
    package static func fingerprint(of text: String) -> String {
        SHA256.hex(of: text.utf8)
    }

    // MARK: Files

    private static let start = RunbookPlace(line: 1, column: 1)
    private static let tooLarge = RunbookFault(.file, at: start, "the file is larger than 4 MB, which no runbook is")

    static func contents(of path: String) -> Result<[UInt8], RunbookFaults.Found> {
        func failure(_ reason: String) -> Result<[UInt8], RunbookFaults.Found> {
            .failure(.init([RunbookFault(.file, at: start, "the file cannot be read: \(reason)")]))
        }
        // O_NONBLOCK: a pipe of that name must not hold anybody up.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return failure(String(cString: strerror(errno))) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { return failure(String(cString: strerror(errno))) }
        guard status.st_mode & S_IFMT == S_IFREG else { return failure("it is no regular file") }
        // Read to its end rather than to its size, which an editor may be changing.
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= largest {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return failure(String(cString: strerror(errno))) }
            guard count > 0 else { return .success(bytes) }
            bytes.append(contentsOf: chunk[..<count])
        }
        return .failure(.init([tooLarge]))
    }

    /// The place of the first byte that is not UTF-8.
    static func notUTF8(_ bytes: [UInt8]) -> RunbookFault {
        var decoder = UTF8()
        var rest = bytes.makeIterator()
        var (line, column) = (1, 1)
        while case .scalarValue(let scalar) = decoder.decode(&rest) {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return RunbookFault(
            .file, at: RunbookPlace(line: line, column: column), "a byte here is not UTF-8: save the file as UTF-8")
    }
}

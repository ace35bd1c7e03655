internal import Glibc
internal import WarRoomSystem

/// A file that an author writes, a runbook or a rehearsal's script: its bytes, or why there are none.
enum RunbookFile {
    /// Larger files are refused; a night of a thousand steps takes a tenth of this.
    static let largest = 4 << 20

    private static let start = RunbookPlace(line: 1, column: 1)
    static let tooLarge = RunbookFault(.file, at: start, "the file is larger than 4 MB, which no runbook is")

    static func contents(of path: String) -> Result<[UInt8], RunbookFaults.Found> {
        func failure(_ reason: String) -> Result<[UInt8], RunbookFaults.Found> {
            .failure(.init([RunbookFault(.file, at: start, "the file cannot be read: \(reason)")]))
        }
        // With O_NONBLOCK a pipe of that name holds nobody up.
        let file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { return failure(systemText(errno)) }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0 else { return failure(systemText(errno)) }
        guard status.st_mode & S_IFMT == S_IFREG else { return failure("it is no regular file") }
        // It is read to its end and not to its size, which an editor may be changing.
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while bytes.count <= largest {
            let count = chunk.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { return failure(systemText(errno)) }
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

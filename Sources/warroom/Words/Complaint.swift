import Glibc
import WarRoomCore
import WarRoomWire

/// Why a command ends without having done what it was asked: an exit code (docs/contract.md, Exit codes), and one
/// sentence that says what to do next.
struct Complaint: Error, Hashable {
    /// The answer is no.
    static let refused: Int32 = 1
    /// Wrong usage, or a file that cannot be read.
    static let usage: Int32 = 2
    static let noHub: Int32 = 3

    let code: Int32
    /// `nil` where another program has said it already; a runbook's faults are a line each.
    let sentence: String?

    init(_ code: Int32, _ sentence: String?) {
        self.code = code
        self.sentence = sentence
    }

    init(_ fault: HubConnectionFault) {
        switch fault {
        case .noHub, .busy, .closed: self.init(Complaint.noHub, fault.sentence)
        case .broken: self.init(Complaint.refused, fault.sentence)
        }
    }

    init(_ choice: SocketChoice) {
        switch choice {
        case .none: self.init(Complaint.noHub, choice.sentence)
        case .several: self.init(Complaint.usage, choice.sentence)
        }
    }

    /// Says it and ends the program.
    func end() -> Never {
        for line in sentence?.split(separator: "\n") ?? [] { Output.complain(String(line)) }
        exit(code)
    }
}

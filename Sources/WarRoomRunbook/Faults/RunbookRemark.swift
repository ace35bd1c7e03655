internal import WarRoomCore

/// One thing that is said of a place in a runbook's file: a fault or a hole.
package struct RunbookRemark<Kind: RemarkCode>: Hashable, Sendable {
    /// The kinds of what is said.
    package typealias Code = Kind

    /// Which of the kinds it is.
    package let code: Code
    /// Where it is in the file.
    package let place: RunbookPlace
    /// What it is, and what to write instead.
    package let text: String

    init(_ code: Code, at place: RunbookPlace, _ text: String) {
        self.code = code
        self.place = place
        self.text = text
    }

    /// The place's line, from 1.
    package var line: Int { place.line }
    /// The place's column, from 1.
    package var column: Int { place.column }

    /// `file:line:column: fault CODE: text` or `… hole CODE: text` (docs/contract.md, Lint), cleaned for a terminal,
    /// with what cannot be seen named.
    package func line(in file: String) -> String {
        CleanText.quoted("\(file):\(place): \(Code.word) \(code.rawValue): \(text)")
    }

    /// Each remark once, in the order of reading.
    static func inOrder(_ remarks: [RunbookRemark]) -> [RunbookRemark] {
        Set(remarks).sorted { ($0.place, $0.code.rawValue, $0.text) < ($1.place, $1.code.rawValue, $1.text) }
    }
}

/// The kinds of what can be said. Their words stay, because people search for them and scripts sort by them.
package protocol RemarkCode: RawRepresentable<String>, Hashable, Sendable, CaseIterable {
    /// What such a remark is called: `fault` or `hole`.
    static var word: String { get }
}

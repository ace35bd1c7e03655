/// The marks on one check, newest last; the last one is shown.
package struct ReviewRecord: Hashable, Sendable, Codable {
    package struct Mark: Hashable, Sendable, Codable {
        package let mark: ReviewReport.Mark
        package let note: String?
        package let reviewer: String
        package let by: String
        package let at: Instant
        package let entry: Int
        /// The entry that took it back.
        package internal(set) var undoneBy: Int?
    }

    package var marks: [Mark] = []
    /// The mark that is shown: the latest by effective time that nobody has taken back.
    package var current: Mark? {
        if marks.count == 1, let only = marks.first { return only.undoneBy == nil ? only : nil }
        return marks.lazy.filter { $0.undoneBy == nil }.max { ($0.at, $0.entry) < ($1.at, $1.entry) }
    }
}

/// One decision on a gate.
package struct Approval: Hashable, Sendable, Codable {
    package let decision: ApprovalReport.Decision
    package let role: String
    package let by: String
    package let at: Instant
    package let entry: Int
    let seen: Int?
    package let reason: String?
    /// The entry that took it back.
    var undoneBy: Int?
}

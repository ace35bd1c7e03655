/// All marks on one check.
package struct ReviewRecord: Hashable, Sendable {
    /// One mark, as it was entered.
    package struct Mark: Hashable, Sendable {
        /// The verdict.
        package let mark: ReviewReport.Mark
        /// How it was verified, or what is wrong.
        package let note: String?
        /// Who has looked.
        package let reviewer: String
        /// Who entered it.
        package let by: String
        /// When it was made, in bridge time: the event's effective time.
        package let at: Instant
        /// The number of the entry; from 1.
        package let entry: Int
        /// The entry that took it back.
        package internal(set) var undoneBy: Int?

        /// When it was made, as the journal orders it.
        var moment: Moment { Moment(at: at, entry: entry) }
    }

    /// The marks in the order of their entries, those that were taken back included.
    package internal(set) var marks: [Mark] = []
    /// The number of the last entry that changed any of this, an undo included; 0: none has.
    var changed = 0
    /// The mark that is shown: the latest by effective time that nobody has taken back; `nil`: there is none.
    package var current: Mark? {
        if marks.count == 1, let only = marks.first { return only.undoneBy == nil ? only : nil }
        return marks.lazy.filter { $0.undoneBy == nil }.max { ($0.at, $0.entry) < ($1.at, $1.entry) }
    }

    mutating func take(_ mark: Mark) {
        marks.append(mark)
        changed = mark.entry
    }

    /// Takes back what was said, or brings it again.
    mutating func takeBack(_ said: Said, by number: Int) {
        for place in marks.indices where marks[place].entry == said.first {
            marks[place].undoneBy = said.isUndone ? nil : number
            changed = number
        }
    }
}

/// One decision on a gate, as it was entered.
package struct Approval: Hashable, Sendable {
    /// What was decided.
    package let decision: ApprovalReport.Decision
    /// The approver's role in which it was decided.
    package let role: String
    /// Who decided.
    package let by: String
    /// When it was decided, in bridge time: the event's effective time.
    package let at: Instant
    /// The number of the entry; from 1.
    package let entry: Int
    /// The number of the entry that the approver was looking at.
    let seen: Int?
    /// Why.
    package let reason: String?
    /// The entry that took it back.
    var undoneBy: Int?
}

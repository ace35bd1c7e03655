import WarRoomCore

extension Face {
    init(_ fate: BatchFacts.Fate) {
        switch fate {
        case .open: self.init(.moving, "open", .moving)
        case .inTime: self.init(.good, "in time", .good)
        case .late: self.init(.need, "late", .act)
        case .failed: self.init(.bad, "failed", .bad)
        case .unknown: self.init(.unknown, "times unknown", .doubt)
        }
    }

    /// A run. One of a demo biller, or one that was repeated since, needs nobody.
    init(_ run: BatchFacts.Run) {
        let face = Face(run.fate)
        if run.isReplaced {
            self.init(.skipped, "repeated", .off)
        } else if run.isDemo {
            self.init(.notApplicable, "demo, \(face.word)", .off)
        } else {
            self = face
        }
    }
}

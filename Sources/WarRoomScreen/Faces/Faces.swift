import WarRoomCore

/// The look of every state: sign, word and role in one place, so that two states of one axis never look alike.
extension Face {
    init(_ patch: ServerReport.Patch) {
        switch patch {
        case .pending: self.init(.pending, "pending", .waiting)
        case .running: self.init(.moving, "installing", .moving)
        case .installed: self.init(.good, "installed", .good)
        case .failed: self.init(.bad, "failed", .bad)
        case .skipped: self.init(.skipped, "skipped", .off)
        case .excluded: self.init(.notApplicable, "excluded", .off)
        }
    }

    init(_ reboot: ServerReport.Reboot) {
        switch reboot {
        case .notNeeded: self.init(.skipped, "not needed", .good)
        case .pending: self.init(.pending, "pending", .waiting)
        case .rebooting: self.init(.moving, "rebooting", .moving)
        case .up: self.init(.good, "up", .good)
        }
    }

    init(_ verify: ServerReport.Verify) {
        switch verify {
        case .none: self.init(.pending, "not yet", .waiting)
        case .passed: self.init(.good, "passed", .good)
        case .failed: self.init(.bad, "failed", .bad)
        }
    }

    init(_ reach: ServerReport.Reach) {
        switch reach {
        case .ok: self.init(.good, "reachable", .good)
        case .unreachable: self.init(.bad, "unreachable", .bad)
        }
    }

    init(_ member: ServerReport.Membership) {
        switch member {
        case .in: self.init(.good, "in", .good)
        case .draining: self.init(.moving, "draining", .moving)
        case .out: self.init(.off, "out", .off)
        case .down: self.init(.bad, "down", .bad)
        case .unknown: self.init(.unknown, "unknown", .doubt)
        }
    }

    init(_ alerts: ServerReport.Alerts) {
        switch alerts {
        case .on: self.init(.good, "on", .good)
        case .muted: self.init(.off, "muted", .off)
        }
    }

    init(_ mark: ReviewReport.Mark) {
        switch mark {
        case .ok: self.init(.good, "ok", .good)
        case .issues: self.init(.bad, "issues", .bad)
        case .pending: self.init(.pending, "pending", .waiting)
        case .noResponse: self.init(.noResponse, "no response", .act)
        }
    }

    /// A check: its mark, or that its subject changed since, or that its time is over.
    init(_ check: BoardFacts.Check) {
        if check.recheck != nil, check.mark == .ok {
            self.init(.recheck, "check again", .act)
        } else if check.isProposedNoResponse {
            self.init(.need, "no response?", .act)
        } else if check.mark == .ok, let late = check.late {
            self.init(.good, "ok, late \(late.written)", .good)
        } else {
            self.init(check.mark)
        }
    }

    init(_ state: TestFacts.State) {
        switch state {
        case .notStarted: self.init(.pending, "no result", .waiting)
        case .running: self.init(.moving, "running", .moving)
        case .passed: self.init(.good, "passed", .good)
        case .failed: self.init(.bad, "failed", .bad)
        case .interrupted: self.init(.interrupted, "interrupted", .bad)
        case .stale: self.init(.stale, "stale", .doubt)
        case .notTonight: self.init(.unknown, "not tonight's", .doubt)
        }
    }

    init(_ state: SourceReport.State) {
        switch state {
        case .current: self.init(.good, "current", .good)
        case .stale: self.init(.stale, "stale", .doubt)
        case .unreadable: self.init(.bad, "unreadable", .bad)
        case .neverSeen: self.init(.pending, "not due yet", .waiting)
        }
    }

    /// A gate: shut, ready for an approval, open, or open against its needs, which stays visible to the end.
    init(_ gate: GateFacts) {
        if gate.override != nil {
            self.init(.workaround, "overridden", gate.overrodeOwn.isEmpty ? .act : .bad)
            return
        }
        switch gate.state {
        case .shut: self.init(.gateShut, "shut", .waiting)
        case .ready: self.init(.gateReady, "ready", .act)
        case .open: self.init(.good, "open", .good)
        }
    }

    /// A step. One that has not started is as its gate is, and once it is due somebody is needed.
    init(_ step: StepFacts) {
        if step.undone != nil {
            self.init(.need, "dropped out", .act)
            return
        }
        if step.life.disputed != nil {
            self.init(.divergence, "disputed", .doubt)
            return
        }
        switch step.state {
        case .planned:
            if let gate = step.gate, gate.state != .open {
                self.init(gate)
            } else if step.isDue {
                self.init(.need, "due", .act)
            } else {
                self.init(.pending, step.isReady && step.planned == nil ? "ready" : "planned", .waiting)
            }
        case .running: self.init(.moving, "running", .moving)
        case .done: self.init(.good, "done", .good)
        case .failed: self.init(.bad, "failed", .bad)
        case .skipped: self.init(.skipped, "skipped", .off)
        case .workaround: self.init(.workaround, "workaround", .off)
        case .notApplicable: self.init(.notApplicable, "not applicable", .off)
        }
    }

    /// The restart order of a server.
    init(_ restart: RestartFacts) { self.init(restart.state) }

    init(_ restart: RestartFacts.State) {
        switch restart {
        case .inOrder: self.init(.good, "in order", .good)
        case .recycleNeeded: self.init(.need, "recycle needed", .act)
        case .unknown: self.init(.unknown, "order unknown", .doubt)
        }
    }

    init(_ tone: FeedLine.Tone) {
        switch tone {
        case .good: self.init(.good, "", .good)
        case .bad: self.init(.bad, "", .bad)
        case .moving: self.init(.moving, "", .moving)
        case .off: self.init(.off, "", .off)
        case .waiting: self.init(.skipped, "", .waiting)
        case .doubt: self.init(.stale, "", .doubt)
        case .act: self.init(.need, "", .act)
        case .plain: self.init(.pending, "", .plain)
        }
    }

    /// The same, with what a reader must know before believing it.
    func doubted(stale: Bool, disputed: Bool) -> Face {
        if disputed { return Face(.divergence, word, .doubt) }
        return stale ? Face(.stale, word, .doubt) : self
    }

    static let unsaid = Face(.pending, "no report", .waiting)
    static let unknown = Face(.unknown, "unknown", .doubt)
}

import OrderedCollections

extension Bridge {
    mutating func takeLead(_ report: OfferReport, _ entry: Entry) {
        switch report.state {
        case .offered:
            leadership.offer = Leadership.Offer(
                user: report.user ?? entry.event.subject, by: entry.by, at: entry.at, entry: entry.number)
        case .accepted:
            let user = report.user ?? entry.by
            if leadership.offeredTo != user, let reason = report.reason {
                leadership.takenBack.append(
                    Leadership.TakenBack(
                        by: user, from: lead, reason: reason, at: entry.at, entry: entry.number))
            }
            lead = user
            leadership.offer = nil
            leadership.takenAt = entry.number
        }
    }

    mutating func takeSubstitute(_ report: OfferReport, _ entry: Entry) {
        substitutes[entry.event.subject] = Substitute(
            user: report.user ?? entry.by, by: entry.by, at: entry.at, entry: entry.number,
            isOffer: report.state == .offered)
    }

    // MARK: Admission

    /// Whether an event says yes to what its sender was offered. That needs no role, but a screen that only shows may
    /// not say it.
    func isAcceptance(_ event: Event, by sender: Sender) -> Bool {
        guard sender.limit == nil else { return false }
        switch event.body {
        case .lead(let report):
            return report.state == .accepted && leadership.offeredTo?.isSame(as: sender.user) ?? false
        case .substitute(let report):
            guard report.state == .accepted, let offer = substitutes[event.subject], offer.isOffer else { return false }
            return offer.user.isSame(as: sender.user) && sender.user.isSame(as: report.user ?? sender.user)
        case .bridge, .step, .server, .review, .check, .hold, .approval, .tests, .pipeline, .batch, .alert, .message,
            .looseEnd, .ruling, .heard, .looked, .signature, .note, .source, .clock, .refusal:
            return false
        }
    }

    /// Whether an event takes the lead back without an offer: the acting lead may be gone, and the night must not be
    /// without one. Only whom `access` names lead may do so, or who started the hub where it names none, and a reason
    /// is needed. `sender` has the roles of `access`, not those of this night.
    func isTakingBack(_ event: Event, by sender: Sender) -> Bool {
        guard case .lead(let report) = event.body, report.state == .accepted, leadership.offeredTo != sender.user,
            let reason = report.reason, !reason.trimmed.isEmpty
        else { return false }
        return sender.roles.contains(.lead) || sender.mayDoEverything
    }

    func refusalOfOffer(_ event: Event, _ sender: Sender, isTakenBack: Bool) -> String? {
        if case .lead(let report) = event.body {
            return refusalOfLead(report, event, sender, isTakenBack: isTakenBack)
        }
        guard case .substitute(let report) = event.body else { return nil }
        return refusalOfSubstitute(report, event, sender)
    }

    private func refusalOfLead(_ report: OfferReport, _ event: Event, _ sender: Sender, isTakenBack: Bool) -> String? {
        let user = report.user ?? event.subject
        guard report.state == .accepted else {
            return user == lead ? "\(CleanText.quoted(user)) has the lead already" : nil
        }
        if isTakenBack {
            guard user == sender.user else { return "nobody takes the lead back for another" }
            return user == lead ? "\(CleanText.quoted(user)) has the lead already" : nil
        }
        guard let offered = leadership.offeredTo else {
            return
                "nobody has been offered the lead; the lead offers it first, or whom access names lead takes it back "
                + "with a reason"
        }
        guard offered.isSame(as: sender.user), user.isSame(as: sender.user) else {
            return "the lead was offered to \(CleanText.quoted(offered)), and only that user can accept it"
        }
        return nil
    }

    private func refusalOfSubstitute(_ report: OfferReport, _ event: Event, _ sender: Sender) -> String? {
        let name = CleanText.quoted(event.subject)
        guard let role = Role(event.subject), role.text == event.subject else { return "there is no role '\(name)'" }
        guard let user = report.user, !user.trimmed.isEmpty else { return "'user' must say who stands in" }
        switch role {
        case .lead: return "the lead is handed over: offered by the lead, accepted by the next"
        case .viewer: return "a viewer needs no substitute"
        case .approver(let approver):
            let known = runbook.approvers + runbook.gates.values.flatMap(\.approvers)
            guard known.contains(approver) else { return "the runbook has no approver '\(CleanText.quoted(approver))'" }
            // Or the lead could approve after all.
            if user == sender.user, !sender.mayDoEverything,
                !isAcceptance(event, by: sender) || sender.roles.contains(.lead)
            {
                return "nobody makes himself an approver; another user must stand in"
            }
        case .team(let row):
            guard runbook.team(row) != nil else {
                return "'\(CleanText.quoted(row.text))' is not BOARD/TEAM of this runbook"
            }
        case .monitoring, .feeder: break
        }
        return nil
    }
}

import OrderedCollections

extension Bridge {
    /// Why an undo may not be taken; `nil` where it may.
    func refusalOfUndo(_ event: Event, from sender: Sender) -> String? {
        guard let undone = event.undoes else { return nil }
        let subject = CleanText.quoted(event.subject)
        guard let key = thing(of: event) else {
            return "an entry of type \(event.type.rawValue) is not undone: say anew how it is"
        }
        guard via(of: event, from: sender) == nil else {
            return "only what a person has said is undone; a tool reports anew"
        }
        guard said[key]?.entry == undone else {
            return "entry \(undone) is not the last word of a person on '\(subject)', it cannot be undone"
        }
        guard case .approval(let report) = event.body else { return nil }
        let taken = approvals[event.subject]?.first { $0.entry == said[key]?.first }
        return taken?.role == report.role
            ? nil : "entry \(undone) was said as '\(taken?.role ?? "")', undo it as that role"
    }

    /// Whether an undo takes an approval away, which a lead may do; giving one is the approver's.
    func takesApprovalAway(_ event: Event) -> Bool {
        guard case .approval = event.body, let undone = event.undoes,
            let last = thing(of: event).flatMap({ said[$0] }),
            last.entry == undone, !last.isUndone
        else { return false }
        return approvals[event.subject]?.contains { $0.entry == last.first && $0.decision != .refused } ?? false
    }
}

import OrderedCollections

extension Bridge {
    /// Why a person's report on a step is refused as it is, because a gate is shut or its turn has not come; `nil`: it
    /// is not.
    func refusalOfTurn(_ event: Event, now: Instant) -> String? {
        guard case .step(let report) = event.body else { return nil }
        let at = Clock.effective(time: event.time, receivedAt: now).time
        let situation = Situation(self, now: now)
        if let gate = situation.gateInTheWay(of: event.subject, report.state) { return gate }
        return Bridge.askForNote(situation.outOfTurn(report.state, of: event.subject, at: at), report.note)
    }

    /// The same of a person's mark.
    func refusalOfMark(_ event: Event, _ sender: Sender, now: Instant) -> String? {
        guard case .review(let report) = event.body, via(of: event, from: sender) == nil,
            report.mark == .ok || report.mark == .noResponse, report.note?.trimmed.isEmpty ?? true
        else { return nil }
        return Bridge.askForNote(Situation(self, now: now).outOfTurn(report.mark, on: event.subject), nil)
    }

    private static func askForNote(_ why: String?, _ note: String?) -> String? {
        guard let why, note?.trimmed.isEmpty ?? true else { return nil }
        return "\(why): say with a 'note' why it is right all the same (--note TEXT)"
    }

    /// What a person's entry says before its turn, as things stand before it. Only what has a note: without one it was
    /// not out of turn, or is from a journal that did not ask.
    func earlyWord(of entry: Entry) -> OutOfTurn? {
        guard entry.via == nil, entry.event.undoes == nil else { return nil }
        let subject = entry.event.subject
        func found(_ word: String, _ note: String?, _ why: (Situation) -> String?) -> OutOfTurn? {
            guard let note, !note.trimmed.isEmpty, let why = why(Situation(self, now: entry.receivedAt)) else {
                return nil
            }
            return OutOfTurn(
                entry: entry.number, subject: subject, word: word, by: entry.by, at: entry.at, why: why, note: note)
        }
        switch entry.event.body {
        case .step(let report) where [.started, .done, .workaround].contains(report.state):
            return found(report.state.rawValue, report.note) { $0.outOfTurn(report.state, of: subject, at: entry.at) }
        case .review(let report) where report.mark == .ok || report.mark == .noResponse:
            return found(report.mark.rawValue, report.note) { $0.outOfTurn(report.mark, on: subject) }
        case .bridge, .step, .review, .check, .server, .approval, .tests, .pipeline, .batch, .alert, .message,
            .looseEnd,
            .lead, .substitute, .ruling, .hold, .heard, .looked, .signature, .note, .source, .clock, .refusal:
            return nil
        }
    }

    /// Takes note that an entry is taken back, or said again.
    mutating func noteOutOfTurn(takenBack first: Int, by number: Int, isUndone: Bool) {
        for place in outOfTurn.indices where outOfTurn[place].entry == first {
            outOfTurn[place].undoneBy = isUndone ? nil : number
        }
    }
}

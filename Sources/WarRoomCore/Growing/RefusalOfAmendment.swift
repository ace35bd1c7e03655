import OrderedCollections

extension Bridge {
    /// Why a runbook may not be taken in the night, in words for who wants it; `nil` where it may. `fingerprint` is
    /// that of the text that the sender has seen.
    package func refusal(
        ofAmendmentTo new: Runbook, seenAs fingerprint: String, on subject: String, now: Instant
    ) -> String? {
        if subject != id { return "this is the bridge '\(id)', not '\(CleanText.quoted(subject))'" }
        if state == .closed { return "the night is closed, and its runbook stays as it is" }
        if new.fingerprint != fingerprint {
            return "the file that the hub serves is not the one that you have seen, its SHA-256 is \(new.fingerprint): "
                + "look again with 'warroom amend --dry-run'"
        }
        if new.fingerprint == runbook.fingerprint { return "nothing is different: the night goes by this text already" }
        if new.bridgeID != runbook.bridgeID {
            return "an amendment keeps the night's id and date, and the file is that of \(new.bridgeID), not of "
                + "\(runbook.bridgeID): start a hub of its own with 'warroom serve'"
        }
        if new.socket != runbook.socket {
            return "an amendment keeps 'socket': the hub listens where it was started"
        }
        let leaving = leaving(with: new, now: now)
        if leaving.isEmpty { return nil }
        return "what has entries cannot leave, nor take another name: put back \(leaving.listed(upTo: 8))"
    }

    /// What has entries and would not be in another runbook, each in a few words.
    private func leaving(with new: Runbook, now: Instant) -> [String] {
        var words: [String] = []
        let gone = runbook.steps.keys.filter { new.steps[$0] == nil }
        if !gone.isEmpty {
            let facts = Situation(self, now: now).steps
            let spoken = Set(messages.keys.map { Runbook.MessagePath($0).step } + outOfTurn.map(\.subject))
            let ruled = Set(runbook.pairs.filter { rulings[$0.id] != nil }.map(\.step))
            words += gone.filter { id in
                steps[id] != nil || spoken.contains(id) || ruled.contains(id) || facts[id]?.state != .planned
            }.map { "step \($0)" }
        }
        words += runbook.gates.keys.filter { new.gates[$0] == nil && (approvals[$0] != nil || pressed[$0] != nil) }
            .map { "gate \($0)" }
        let marked = OrderedSet(reviews.keys).union(addedChecks.keys)
        words += marked.filter { path in
            addedChecks[path] == nil ? new.team(path.row)?.checks[path.check] == nil : new.team(path.row) == nil
        }.map { "check \($0.text)" }
        words += runbook.servers.keys.filter { new.servers[$0] == nil && (servers[$0] != nil || holds[$0] != nil) }
            .map { "server \($0)" }
        words += tests.keys.filter { new.tests[$0] == nil }.map { "test run \($0)" }
        words += runbook.waves.keys.filter { new.waves[$0] == nil && waveHolds[$0] != nil }.map { "wave \($0)" }
        func names(_ subject: String, _ runbook: Runbook) -> Bool {
            runbook.isNamed(subject) || runbook.serverName(for: subject) != nil
        }
        words += OrderedSet(heard.values.filter { $0.undoneBy == nil }.map(\.subject))
            .filter { names($0, runbook) && !names($0, new) }.map { "\($0), of which something was heard" }
        words += messages.keys.filter { text in
            let path = Runbook.MessagePath(text)
            guard let channel = path.channel, let step = new.steps[path.step] else { return false }
            return step.messages[channel] == nil
        }.map { "message \($0)" }
        return words
    }
}

extension Bridge {
    /// Why a signature may not be taken; `nil` where it may.
    func refusal(of report: SignatureReport, on subject: String, _ sender: Sender) -> String? {
        let name = CleanText.quoted(report.role)
        guard let role = signer(named: report.role) else {
            return signers.isEmpty
                ? "the runbook asks for no signature"
                : "the runbook asks for the signature of \(signers.map(\.name).joined(separator: ", ")), not of \(name)"
        }
        guard subject == runbook.fingerprint else {
            return "the text in force is another than the one that is signed, its SHA-256 is \(runbook.fingerprint)"
        }
        let given = signaturesInForce
        if let last = given.first(where: { $0.role == role }) {
            return "this text is signed as \(role.name) already, by \(last.by), entry \(last.entry)"
        }
        if given.contains(where: { $0.by == sender.user }) {
            return "each signature is by a different person, and \(sender.user) has given one"
        }
        return nil
    }
}

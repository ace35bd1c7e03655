import OrderedCollections

// Whether the runbook's text is signed, and what waits for it (docs/contract.md, Live and close).
extension Bridge {
    /// The roles that must sign the text in force, by its own word and by that of the last text that was signed: an
    /// amendment cannot take the need away by itself.
    package var signers: [Role] {
        let before = (signedBefore ?? begunWith)?.value.sign ?? []
        return Array(OrderedSet(runbook.sign + before))
    }

    /// The role of those that must sign which a text means; `nil`: it is none of them.
    func signer(named text: String) -> Role? { signers.first { $0.isNamed(text) } }

    /// The signatures on the text in force, of roles that must sign it, oldest first.
    var signaturesInForce: [Signature] {
        let signers = signers
        return signatures.filter { $0.fingerprint == runbook.fingerprint && signers.contains($0.role) }
    }

    /// The roles that must sign the text in force and have not. A rehearsal needs no signature.
    package var missingSignatures: [Role] {
        let signers = isRehearsal ? [] : signers
        guard !signers.isEmpty else { return [] }
        let signed = signaturesInForce.map(\.role)
        return signers.filter { !signed.contains($0) }
    }

    /// The steps that cannot start because the text in force is not signed: those that are not as they were signed;
    /// all, where no text was. By id.
    package var unsignedSteps: Set<String> {
        guard !missingSignatures.isEmpty else { return [] }
        guard let signed = signedBefore?.value else { return Set(runbook.steps.keys) }
        return runbook.steps(unlike: signed)
    }

    /// Whether a step cannot start because the text in force is not signed.
    func isUnsigned(_ step: String) -> Bool { unsignedSteps.contains(step) }

    /// Why a step cannot start for want of a signature; `nil`: none is in its way.
    func signatureInTheWay(of step: String) -> String? {
        guard let first = missingSignatures.first, isUnsigned(step) else { return nil }
        let why =
            signedBefore == nil
            ? "the runbook is not signed yet" : "it is not as it was signed, the runbook was amended since"
        return "\(why): \(Bridge.asking(missingSignatures, first))"
    }

    /// Why a night whose times fit may not go live yet; `nil`: it may.
    var refusalOfUnsignedLife: String? {
        let missing = missingSignatures
        guard let first = missing.first else { return nil }
        return "the runbook must be signed first: \(Bridge.asking(missing, first))"
    }

    private static func asking(_ missing: [Role], _ first: Role) -> String {
        "it waits for \(missing.map(\.name).joined(separator: ", ")) (warroom sign --as '\(first.name)')"
    }
}

extension Runbook {
    /// The steps that are not what they are in another text: in their own words, in what they take from the groups
    /// around them, or in the gates, waves and test runs that they rest on.
    func steps(unlike other: Runbook) -> Set<String> {
        Set(
            steps.values.filter { step in meaning(of: step) != other.steps[step.id].map { other.meaning(of: $0) } }.map(
                \.id))
    }

    private func meaning(of step: Step) -> StepMeaning {
        let gate = gate(of: step)
        let needs = (gate?.needs ?? []) + [step.doneWhen].compactMap { $0 }
        let waves =
            needs.filter { $0.subject == .wave }.map(\.id) + [step.wave, waveTakenOut(by: step)].compactMap { $0 }
        let runs = needs.filter { $0.subject == .tests }.map(\.id) + [step.tests].compactMap { $0 }
        return StepMeaning(
            step: step, owner: owner(of: step), after: after(step), gate: gate, time: time(of: step),
            waves: waves.map { self.waves[$0] }, runs: runs.map { tests[$0] })
    }
}

/// All that a step's text means.
private struct StepMeaning: Hashable {
    let step: Runbook.Step
    let owner: String?
    let after: [String]
    let gate: Runbook.Gate?
    let time: Instant?
    let waves: [Runbook.Wave?]
    let runs: [Runbook.TestPlan?]
}

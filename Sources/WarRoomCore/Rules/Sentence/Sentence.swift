/// The sentence at the top: what happened, who must do what, what cannot start until then (docs/glossary.md,
/// sentence). Its ages are written when it is read, so that it stays the same while only the clock moves.
package struct Sentence: Hashable, Sendable {
    /// The sentence for itself, with what needs a person beside the work that runs, from the longest words to the
    /// shortest; at least one.
    package let forms: [Wording]
    /// The one of them that stands where there is room, as in `status`.
    package let usual: Wording
    /// Who is needed, as people say it, or "nobody is assigned"; `nil` where nobody is needed.
    package let on: String?
    /// Since when it is so, in bridge time; `nil` where that says nothing.
    package let since: Instant?
    /// The id of what it speaks of: a step, a server, a board, a loose end, a pair of times; `nil` where it speaks of
    /// the whole night.
    package let subject: String?
    /// The band that says it.
    let band: Band
    /// When the clock alone next changes it, beside what steps are due and late; `nil`: never.
    let changesAt: Instant?
    /// The wave whose servers it counts, by id; `nil`: none.
    let wave: String?

    /// `usual`: which of the forms is the usual one; the second, where there are so many.
    init(
        forms: [Wording], usual: Int = 1, on: String?, since: Instant?, subject: String?, band: Band,
        changesAt: Instant?, wave: String? = nil
    ) {
        (self.forms, self.usual) = (forms.unique, forms[min(usual, forms.count - 1)])
        (self.on, self.since, self.subject, self.band) = (on, since, subject, band)
        (self.changesAt, self.wave) = (changesAt, wave)
    }
}

extension Situation {
    /// The sentence as it reads now.
    package var sentenceText: String { sentence.usual.text(Telling(now: now, zones: runbook.zones)) }
    /// The headline as it reads now.
    package var headlineText: String {
        (sentence.band.headlines.first ?? "").text(Telling(now: now, zones: runbook.zones))
    }
}

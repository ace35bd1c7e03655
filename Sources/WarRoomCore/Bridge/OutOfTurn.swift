/// What a person has said before its turn had come, with a note that says why: it was taken, and stays a trouble until
/// the close (docs/contract.md, The runbook).
struct OutOfTurn: Hashable, Sendable {
    /// The number of the entry that said it.
    let entry: Int
    /// The step, the check or the row that it was said of, by its id.
    let subject: String
    /// What was said: `started`, `ok`, …
    let word: String
    /// Who said it.
    let by: String
    /// When it was so, in bridge time.
    let at: Instant
    /// What was not so yet, in words.
    let why: String
    /// Why it was right all the same, as that person has said.
    let note: String
    /// The entry that took it back.
    var undoneBy: Int?
}

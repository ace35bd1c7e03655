/// What somebody outside the night has told one of us, as the bridge keeps it until somebody has looked
/// (docs/contract.md, warroom.heard).
package struct Heard: Hashable, Sendable {
    /// The number of the entry that wrote it down, by which it is called.
    package let entry: Int
    /// What it is about: a name of the runbook, or the bridge's id.
    package let subject: String
    /// What was told, raw.
    package let text: String
    /// Who told it, raw.
    package let from: String
    /// Who wrote it down: a user, or the id of a source.
    package let by: String
    /// When it was told, in bridge time.
    package let at: Instant
    /// What it was; `nil` while nobody has looked.
    package internal(set) var looked: Looked?
    /// The entry that took it back; `nil` where it stands.
    var undoneBy: Int?

    /// What it is called: `heard/12`.
    package var name: String { Heard.name(entry) }

    static func name(_ entry: Int) -> String { "heard/\(entry)" }

    /// The number in such a name; `nil` where it is none.
    static func entry(of name: String) -> Int? {
        guard name.hasPrefix("heard/"), let entry = Int(name.dropFirst(6)), Heard.name(entry) == name else {
            return nil
        }
        return entry
    }
}

/// That somebody has looked, and what it was (docs/contract.md, warroom.looked).
package struct Looked: Hashable, Sendable {
    /// What it was, in words, raw.
    package let was: String
    /// Who has looked.
    package let by: String
    /// When, in bridge time.
    package let at: Instant
    /// The number of the entry that said so.
    let entry: Int
}

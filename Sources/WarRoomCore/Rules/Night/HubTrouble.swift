/// What the hub tells of itself beside its journal, in which it may not be able to say anything: never an entry.
package struct HubTrouble: Hashable, Sendable {
    /// What kind of trouble it is, by the word of `troubles` (docs/contract.md, status --json), worst first.
    package enum Kind: String, Sendable, CaseIterable {
        /// Nothing that comes in is kept.
        case unkept
        /// The journal's disk is slow, or has little room left.
        case disk
        /// So many have connected that others are turned away.
        case callers
    }

    /// What kind of trouble it is.
    package let kind: Kind
    /// Since when, in bridge time.
    package let since: Instant
    /// Why, in words.
    package let text: String

    /// A trouble from its parts.
    package init(_ kind: Kind, since: Instant, text: String) {
        (self.kind, self.since, self.text) = (kind, since, text)
    }

    /// The trouble as a line of the socket has it.
    package var json: JSON {
        .object(["kind": .string(kind.rawValue), "since": .instant(since), "text": .string(text)])
    }

    /// Reads what ``json`` wrote; `nil` for a kind that this program does not know.
    package init?(_ json: JSON) {
        guard let kind = json["kind"]?.text.flatMap(Kind.init(rawValue:)), let since = json["since"]?.instant,
            let text = json["text"]?.text
        else { return nil }
        self.init(kind, since: since, text: text)
    }
}

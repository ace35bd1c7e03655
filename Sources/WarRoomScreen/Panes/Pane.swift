/// A part of the screen: a table of functions that read and draw, and can change nothing. What a new one takes stands
/// in ARCHITECTURE.md under Recipes.
struct Pane: Sendable {
    /// What people call it.
    let name: String
    /// What all the functions below rest on. Where that is the same, what they gave before is taken again.
    let reads: Reads
    /// The ways to show it in the overview, richest first.
    let forms: @Sendable (Sight, Frame) -> [Form]
    /// All that can be selected in it, in order.
    let items: @Sendable (Sight) -> [Subject]
    /// The lines above the list when zoomed; they do not scroll.
    let head: @Sendable (Sight, Frame) -> [Line]
    /// Makes lines of its items, for the zoomed list; what all of them need is worked out once.
    let rows: @Sendable (Sight, Frame) -> (Subject) -> Line
    /// The row that is selected when the pane is first zoomed; `nil`: the first one.
    var start: @Sendable (Sight) -> Subject? = { _ in nil }
    /// What the zoomed list says when it is empty.
    var empty = "nothing here yet"
    /// Whether something in it is wrong. Then it gives way after every calm pane of its rank.
    let isTroubled: @Sendable (Sight) -> Bool
}

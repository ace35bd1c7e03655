/// What the lint finds missing in a runbook, all of one kind as one (docs/contract.md, Lint). A hole does not keep a
/// night from being opened, and is shown all night.
package struct Hole: Hashable, Sendable {
    /// A stable word, `NO-OWNER`; `docs/lint.md` says what to do about each.
    package let code: String
    /// How many there are.
    package let count: Int
    /// All of them in one line: "9 steps have no owner".
    package let text: String
    /// The line of the runbook's file on which the first of them stands, from 1.
    package let line: Int
    /// The column of that line, from 1.
    package let column: Int

    /// The holes of one kind.
    package init(code: String, count: Int, text: String, line: Int, column: Int) {
        self.code = code
        self.count = count
        self.text = text
        self.line = line
        self.column = column
    }
}

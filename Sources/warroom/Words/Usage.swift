/// What a command takes, in words: read for its arguments, and printed as its help.
///
/// There is a library for this, and `warroom-hub` uses it. Merely linked here it would make every screen start more
/// than a millisecond later, which is a fifth of the way to the first frame.
struct Usage {
    struct Positional {
        let name: String
        let help: String
        var isOptional = false
    }

    struct Option {
        /// With its dashes.
        let name: String
        /// What its value is called; `nil`: it takes none.
        var value: String?
        let help: String

        static let socket = Option(
            name: "--socket", value: "PATH", help: "the hub's socket, if more than one hub is running")

        /// The words of why, which the journal keeps.
        static func reason(_ help: String) -> Option { .init(name: "--reason", value: "TEXT", help: help) }
    }

    let command: String
    let abstract: String
    var positionals: [Positional] = []
    var options: [Option] = []

    /// The command on one line: `warroom mark CHECK VERDICT [--note TEXT]`.
    var synopsis: String {
        var words = ["warroom", command]
        for positional in positionals { words.append(positional.isOptional ? "[\(positional.name)]" : positional.name) }
        for option in options { words.append("[\(option.name)\(option.value.map { " \($0)" } ?? "")]") }
        return words.joined(separator: " ")
    }

    /// The help, line by line.
    var help: [String] {
        let rows = positionals.map { ($0.name, $0.help) } + options.map { ("\($0.name) \($0.value ?? "")", $0.help) }
        return ["\(synopsis)", "", "\(abstract)."] + (rows.isEmpty ? [] : [""]) + Usage.table(rows)
    }

    /// Rows of two columns.
    static func table(_ rows: [(String, String)]) -> [String] {
        let width = rows.map(\.0.count).max() ?? 0
        return rows.map { "  \($0)\(String(repeating: " ", count: width - $0.count + 2))\($1)" }
    }
}

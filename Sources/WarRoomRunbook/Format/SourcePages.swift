internal import WarRoomCore

// The pages of docs/sources.md, one for each kind of source, as its declaration has them.
extension RunbookFormat {
    /// What all kinds take, and a page for each kind, in Markdown.
    package static func sourcePages() -> String {
        let section = section(.source)
        let common = section.keys.filter { key in
            !SourceKind.all.contains { ($0.needs + $0.takes).contains(key.name) }
        }
        let every = "## What every source takes\n\n" + table(common.map { ($0.name, $0.isRequired, $0.description) })
        return ([every] + SourceKind.all.map { page(of: $0, section) }).joined(separator: "\n\n") + "\n"
    }

    private static func page(of kind: SourceKind, _ section: Section) -> String {
        let options = (kind.needs + kind.takes).compactMap(section.key).map {
            ($0.name, kind.needs.contains($0.name), $0.description)
        }
        let limits = kind.limits.map { "| \($0.what) | \($0.text) | \($0.beyond) |" }
        return """
            ## `\(kind.word)`

            \(lines(kind.reads))

            Reports: \(kind.reports)

            ```yaml
            \(kind.example)
            ```

            \(table(options))

            | limit | at most | beyond it |
            |---|---|---|
            \(limits.joined(separator: "\n"))
            """
    }

    /// A text on lines of at most 120 characters, broken between words.
    private static func lines(_ text: String) -> String {
        var lines = [""]
        for word in text.split(separator: " ") {
            if lines[lines.count - 1].count + 1 + word.count > 120 { lines.append("") }
            lines[lines.count - 1] += (lines[lines.count - 1].isEmpty ? "" : " ") + word
        }
        return lines.joined(separator: "\n")
    }

    private static func table(_ options: [(name: String, isRequired: Bool, description: String)]) -> String {
        let rows = options.map { "| `\($0.name)` | \($0.isRequired ? "required" : "") | \($0.description) |" }
        return "| option | | meaning |\n|---|---|---|\n" + rows.joined(separator: "\n")
    }
}

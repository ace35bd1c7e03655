/// A place in a runbook's file. Lines and columns count from 1, columns in Unicode scalars.
package struct RunbookPlace: Hashable, Comparable, Sendable, CustomStringConvertible {
    /// The line, from 1.
    let line: Int
    /// The column, from 1.
    let column: Int

    /// The place at a line and a column.
    package init(line: Int, column: Int) {
        self.line = line
        self.column = column
    }

    /// `12:5`, as it stands in a fault's line.
    package var description: String { "\(line):\(column)" }

    /// The order of reading.
    package static func < (one: RunbookPlace, other: RunbookPlace) -> Bool {
        (one.line, one.column) < (other.line, other.column)
    }
}

/// Where the things of a runbook stand in its file, so that the lint can point at them.
package struct RunbookPlaces: Sendable {
    private var places: [String: RunbookPlace] = [:]

    init() {}

    mutating func set(_ path: String, _ place: RunbookPlace) { places[path] = place }

    /// The place of what a path names: `steps/web1-5-patch`, `steps/web1-5-patch/says`, `servers/web3`,
    /// `boards/usa/teams/sre`, `gates/before-finish/needs`. Where its last part is not written, it is the place of what
    /// that would stand in, and where nothing of it is written, the file's start.
    package subscript(path: String) -> RunbookPlace {
        var rest = Substring(path)
        while true {
            if let place = places[String(rest)] { return place }
            guard let slash = rest.lastIndex(of: "/") else { return RunbookPlace(line: 1, column: 1) }
            rest = rest[..<slash]
        }
    }
}

extension RunbookPlace {
    /// The place of an index in a text.
    init(of index: String.Index, in text: String) {
        var (line, column) = (1, 1)
        for scalar in text.unicodeScalars[..<index] {
            if scalar == "\n" { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        self.init(line: line, column: column)
    }
}

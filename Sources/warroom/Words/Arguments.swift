import WarRoomCore

/// The arguments of one command, read by its usage.
struct Arguments {
    private var positionals: [String: String] = [:]
    private var values: [String: String] = [:]
    /// Whether `--help` was asked for, which is no mistake however the rest is written.
    private(set) var wantsHelp = false

    /// Throws a ``Complaint`` for what the command does not take, or lacks.
    init(_ words: some Sequence<String>, usage: Usage) throws(Complaint) {
        var rest = Array(words)[...]
        var open = usage.positionals[...]
        var isLiteral = false
        while let word = rest.popFirst() {
            if !isLiteral, word == "--" {
                isLiteral = true
            } else if !isLiteral, word.hasPrefix("-"), word != "-" {
                try take(option: word, from: &rest, usage)
            } else if let positional = open.popFirst() {
                positionals[positional.name] = word
            } else {
                throw Arguments.wrong("'\(word)' is one argument too many", usage)
            }
            if wantsHelp { return }
        }
        if let missing = open.first, !missing.isOptional { throw Arguments.wrong("\(missing.name) is missing", usage) }
    }

    private mutating func take(
        option word: String, from rest: inout ArraySlice<String>, _ usage: Usage
    ) throws(Complaint) {
        if word == "--help" || word == "-h" {
            wantsHelp = true
            return
        }
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let name = String(parts[0])
        guard let option = usage.options.first(where: { $0.name == name }) else {
            throw Arguments.wrong("'\(name)' is unknown", usage)
        }
        switch (option.value, parts.count) {
        case (nil, 1): values[name] = ""
        case (nil, _): throw Arguments.wrong("\(name) takes no value", usage)
        case (_, 2): values[name] = String(parts[1])
        case (let value?, _):
            guard let next = rest.popFirst() else { throw Arguments.wrong("\(name) needs its \(value)", usage) }
            values[name] = next
        }
    }

    private static func wrong(_ what: String, _ usage: Usage) -> Complaint {
        Complaint(Complaint.usage, "\(what); write: \(usage.synopsis)")
    }

    /// A positional argument, or an option's value.
    subscript(name: String) -> String? { positionals[name] ?? values[name] }

    /// A positional argument that cannot be left out.
    func need(_ name: String) -> String { positionals[name] ?? "" }

    /// Whether an option was given.
    func has(_ name: String) -> Bool { values[name] != nil }

    /// The number of an entry, where one was given.
    func entry(_ name: String) throws(Complaint) -> Int? {
        guard let text = self[name] else { return nil }
        guard let entry = Int(text), Ranges.entries.contains(entry) else {
            throw Complaint(Complaint.usage, "'\(text)' is no entry: entries are numbered from 1")
        }
        return entry
    }

    /// An argument that is one of a few words.
    func word<Word: RawRepresentable<String> & CaseIterable>(_ name: String, _ type: Word.Type) throws(Complaint)
        -> Word
    {
        let text = need(name)
        if let word = Word(rawValue: text) { return word }
        let words = Word.allCases.map(\.rawValue).joined(separator: ", ")
        throw Complaint(Complaint.usage, "'\(text)' is no \(name): write one of \(words)")
    }

    /// The reason, for a command that must have one.
    func reason() throws(Complaint) -> String {
        guard let reason = self["--reason"], !reason.allSatisfy(\.isWhitespace) else {
            throw Complaint(Complaint.usage, "say why, with --reason TEXT: it stays in the journal")
        }
        return reason
    }
}

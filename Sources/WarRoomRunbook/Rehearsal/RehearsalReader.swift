package import WarRoomCore

/// Reads the script of a rehearsal, a YAML file beside the runbook: a `RehearsalScript` out, or all its faults at once.
package enum RehearsalReader {
    /// Reads the file at a path. Times are resolved as in the runbook; files named by `from` are relative to the
    /// script's folder.
    package static func read(path: String, runbook: Runbook) -> Result<RehearsalScript, RunbookFaults> {
        switch RunbookFile.contents(of: path) {
        case .failure(let found): return .failure(RunbookFaults(file: path, found.faults))
        case .success(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                return .failure(RunbookFaults(file: path, [RunbookFile.notUTF8(bytes)]))
            }
            return read(text, file: path, runbook: runbook)
        }
    }

    /// Reads a text. `file` is the path that faults name, and whose folder `from` begins in.
    package static func read(_ text: String, file: String, runbook: Runbook) -> Result<RehearsalScript, RunbookFaults> {
        if text.allSatisfy(\.isWhitespace) {
            let start = RunbookPlace(line: 1, column: 1)
            let fault = RunbookFault(
                .missing, at: start, "the script is empty: write a list of '- at: TIME' with what happens then")
            return .failure(RunbookFaults(file: file, [fault]))
        }
        switch YAMLText.read(text) {
        case .failure(let found): return .failure(RunbookFaults(file: file, found.faults))
        case .success(let root):
            let folder = file.lastIndex(of: "/").map { String(file[..<$0]) } ?? "."
            var reading = RehearsalReading(runbook: runbook, folder: folder)
            let script = reading.read(root)
            guard reading.faults.isEmpty else { return .failure(RunbookFaults(file: file, reading.faults)) }
            return .success(script)
        }
    }
}

/// One reading of a script.
private struct RehearsalReading {
    let runbook: Runbook
    let folder: String
    var faults: [RunbookFault] = []

    private static let actions = ["write", "append", "truncate", "rename", "remove", "touch", "send", "run"]
    /// What the hub keeps in the state folder for itself.
    private static let own = ["journal.sqlite", "journal.sqlite-wal", "journal.sqlite-shm", "lock", "hub.log", "head"]

    init(runbook: Runbook, folder: String) {
        self.runbook = runbook
        self.folder = folder
    }

    mutating func read(_ root: Written) -> RehearsalScript {
        guard root.isList else {
            fault(.type, root, "a list is expected here: begin each moment with '- at: TIME'")
            return RehearsalScript(moments: [])
        }
        var moments: [RehearsalScript.Moment] = []
        var last: Instant?
        for item in root.items {
            guard let moment = readMoment(item, after: &last) else { continue }
            moments.append(moment)
        }
        return RehearsalScript(moments: moments)
    }

    private mutating func readMoment(_ item: Written, after last: inout Instant?) -> RehearsalScript.Moment? {
        guard item.isSection else {
            fault(.type, item, "a moment is expected here: 'at: TIME' and what happens then, not \(item.kind)")
            return nil
        }
        checkKeys(item, "a moment", ["at", "every"] + Self.actions)
        let at = time(item, after: last)
        if let at { last = at }
        var repetition: RehearsalScript.Repetition?
        if let every = item.at("every") { repetition = readRepetition(every) }
        let given = item.pairs.filter { Self.actions.contains($0.key) }
        guard let first = given.first, given.count == 1 else {
            let all = Self.actions.joined(separator: ", ")
            let place = given.dropFirst().first?.place ?? item.place
            faults.append(
                RunbookFault(given.isEmpty ? .missing : .doubled, at: place, "a moment has exactly one of \(all)"))
            return nil
        }
        guard let action = readAction(first), let at else { return nil }
        if let repetition, repetition.until < at {
            fault(.time, item.at("every") ?? item, "the repetition ends before it begins")
        }
        return RehearsalScript.Moment(at: at, repetition: repetition, action: action, place: item.place)
    }

    // MARK: Times

    private mutating func time(_ item: Written, after last: Instant?) -> Instant? {
        guard let written = item.at("at"), let text = written.text else {
            fault(.missing, item, "a moment needs 'at': a time such as Sat 22:05, or +30s after the one before")
            return nil
        }
        guard text.hasPrefix("+") else { return instant(text, written) }
        guard let duration = Duration(written: text.dropFirst()), duration <= Ranges.longestDuration else {
            fault(.unit, written, "'\(text)' is no duration: write +30s, +5m or +1h30m")
            return nil
        }
        guard let last else {
            fault(.time, written, "'\(text)' comes after nothing: the first moment needs a time such as Sat 22:05")
            return nil
        }
        return last + duration
    }

    private mutating func instant(_ text: String, _ written: Written) -> Instant? {
        guard let date = CivilDate(runbook.date) else { return nil }
        let (home, other) = (runbook.zones.home, runbook.zones.other)
        do throws(WallTimeFault) {
            return try WallTime(text).instant(
                date: date, home: home.zone, homeLabel: home.label, other: other.zone, otherLabel: other.label)
        } catch {
            fault(.time, written, error.description)
            return nil
        }
    }

    private mutating func readRepetition(_ written: Written) -> RehearsalScript.Repetition? {
        let form = "write one such as '20s until Sat 23:00'"
        guard let text = written.text, let word = text.firstRange(of: " until ") else {
            fault(.time, written, "'every' needs an interval and an end: \(form)")
            return nil
        }
        guard let every = Duration(written: text[..<word.lowerBound]), every > .zero else {
            fault(.unit, written, "'\(text[..<word.lowerBound])' is no interval: \(form)")
            return nil
        }
        guard let until = instant(String(text[word.upperBound...]), written) else { return nil }
        return RehearsalScript.Repetition(every: every, until: until)
    }

    // MARK: Actions

    private mutating func readAction(_ pair: Written.Pair) -> RehearsalScript.Action? {
        let value = pair.value
        switch pair.key {
        case "write":
            guard let (path, bytes) = file(value, "write") else { return nil }
            return .write(path: path, bytes: bytes)
        case "append":
            guard let (path, bytes) = file(value, "append") else { return nil }
            return .append(path: path, bytes: bytes)
        case "truncate": return truncation(value)
        case "rename":
            checkKeys(value, "rename", ["path", "to"])
            guard let path = self.path(value, "path"), let to = self.path(value, "to") else { return nil }
            return .rename(path: path, to: to)
        case "remove": return path(value).map { RehearsalScript.Action.remove(path: $0) }
        case "touch": return path(value).map { RehearsalScript.Action.touch(path: $0) }
        case "send": return event(value)
        default: return process(value)
        }
    }

    private mutating func file(_ value: Written, _ word: String) -> (path: String, bytes: [UInt8])? {
        let forms = ["json", "text", "from"]
        checkKeys(value, word, ["path"] + forms)
        let path = self.path(value, "path")
        let given = value.pairs.filter { forms.contains($0.key) }
        guard let content = given.first, given.count == 1 else {
            fault(.missing, value, "'\(word)' needs exactly one of json, text, from")
            return nil
        }
        guard let path, let bytes = self.bytes(content) else { return nil }
        return (path, bytes)
    }

    private mutating func bytes(_ content: Written.Pair) -> [UInt8]? {
        switch content.key {
        case "json": return content.value.json.bytes
        case "text":
            guard case .text(let text, _) = content.value.content else {
                fault(.type, content.value, "a text is expected here, not \(content.value.kind)")
                return nil
            }
            return Array(text.utf8)
        default:
            guard let name = path(content.value, of: "the script's folder") else { return nil }
            switch RunbookFile.contents(of: "\(folder)/\(name)") {
            case .success(let bytes): return bytes
            case .failure(let found):
                fault(.file, content.value, "\(name): \(found.faults.first?.text ?? "the file cannot be read")")
                return nil
            }
        }
    }

    private mutating func truncation(_ value: Written) -> RehearsalScript.Action? {
        guard value.isSection else { return path(value).map { RehearsalScript.Action.truncate(path: $0, to: 0) } }
        checkKeys(value, "truncate", ["path", "to"])
        guard let path = self.path(value, "path") else { return nil }
        guard let written = value.at("to") else { return .truncate(path: path, to: 0) }
        guard let count = written.text.flatMap({ Int($0) }), Ranges.counts.contains(count) else {
            fault(.type, written, "a number of bytes is expected here")
            return nil
        }
        return .truncate(path: path, to: count)
    }

    private mutating func event(_ value: Written) -> RehearsalScript.Action? {
        guard value.isSection else {
            fault(.type, value, "an event is expected here: {type: step, subject: STEP, data: {state: started}}")
            return nil
        }
        for key in ["type", "subject"] where value.text(key) == nil {
            fault(.missing, value, "an event needs '\(key)'")
        }
        guard case .object(var event) = value.json, let type = value.text("type") else { return nil }
        // Short in the script, whole on the socket.
        if !type.contains(".") { event["type"] = .string(EventType.prefix + type) }
        if event["data"] == nil { event["data"] = .object(JSON.Object()) }
        event["as"] = nil
        var role: Role?
        if let written = value.at("as") {
            role = written.text.flatMap { Role($0) }
            if role == nil { fault(.role, written, "'\(written.text ?? "")' is no role") }
        }
        return .send(event: event, as: role)
    }

    private mutating func process(_ value: Written) -> RehearsalScript.Action? {
        let words = value.items.compactMap(\.text)
        guard value.isList, !words.isEmpty, words.count == value.items.count else {
            fault(.type, value, "a list of a program and its arguments is expected here: [sh, probe.sh]")
            return nil
        }
        return .run(words)
    }

    // MARK: Paths and keys

    private mutating func path(_ section: Written, _ key: String) -> String? {
        guard let written = section.at(key) else {
            fault(.missing, section, "'\(key)' is missing here")
            return nil
        }
        return path(written)
    }

    private mutating func path(_ written: Written, of root: String = "the state folder") -> String? {
        guard let path = written.text else {
            fault(.type, written, "a path is expected here, not \(written.kind)")
            return nil
        }
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
            fault(.path, written, "'\(path)' may lead out of \(root): write a path below it, such as patch/first.json")
            return nil
        }
        if path.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) {
            fault(.path, written, "the path has a control character in it")
            return nil
        }
        if Self.own.contains(path) {
            fault(.path, written, "'\(path)' is the hub's own file: choose another")
            return nil
        }
        return path
    }

    private mutating func checkKeys(_ written: Written, _ title: String, _ keys: [String]) {
        for pair in written.pairs where !keys.contains(pair.key) && !RunbookFormat.isFree(pair.key) {
            let near = Spelling.hint(pair.key, among: keys)
            let all = ": \(title) has \(keys.joined(separator: ", "))"
            faults.append(
                RunbookFault(.unknownKey, at: pair.place, "unknown key '\(pair.key)'\(near.isEmpty ? all : near)"))
        }
    }

    private mutating func fault(_ code: RunbookFault.Code, _ written: Written, _ text: String) {
        faults.append(RunbookFault(code, at: written.place, text))
    }
}

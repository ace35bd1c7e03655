import WarRoomCore

/// What was heard from outside is written down with one key, and whoever has looked says what it was.
extension Press {
    /// Asks what was told, then who told it. It is about the selected row where the night knows that by a name.
    mutating func openHeard() {
        var about = subject?.eventSubject
        if case .heard(let number) = subject { about = heard(number)?.subject }
        let known = about.flatMap { sight.bridge.knows($0) ? $0 : nil } ?? sight.bridge.id
        let words = known == sight.bridge.id ? "the night" : CleanText.line(known)
        var draft = Draft(
            known, .heard(HeardReport(text: "", from: "")), asks: .what(label: "what was said (about \(words))"),
            words: "heard about \(words)")
        draft.thenAsks = .from(label: "from whom (about \(words))")
        pursue(draft)
    }

    private func heard(_ number: Int) -> Heard? { sight.situation.heard.all.first { $0.entry == number } }

    /// Asks what something heard was.
    mutating func look(at number: Int) {
        guard let heard = heard(number) else { return say("heard/\(number) is not there any more") }
        if let looked = heard.looked {
            return say("\(CleanText.line(looked.by)) has looked at \(heard.name): \(CleanText.line(looked.was))")
        }
        look(at: heard.name, "\(heard.name), \(CleanText.line(heard.text))")
    }

    /// Asks what an alert was.
    mutating func look(at fingerprint: String) {
        guard let alert = sight.situation.heard.alerts.first(where: { $0.fingerprint == fingerprint }) else {
            return say("the alert \(CleanText.line(fingerprint)) is over, or somebody has looked at it")
        }
        look(at: alert.name, CleanText.line(alert.words))
    }

    private mutating func look(at name: String, _ words: String) { pursue(looking(at: name, words)) }

    private func looking(at name: String, _ words: String) -> Draft {
        Draft(
            name, .looked(LookedReport(was: "")), asks: .what(label: "what was it (\(words))"),
            words: "looked at \(CleanText.line(name))")
    }

    /// Several callers on one subject: which of them was what.
    mutating func look(atAllOn subject: String) {
        let open = sight.situation.heard.open.filter { $0.subject == subject }
        guard let first = open.first else { return say("nothing waits for a look there any more") }
        let keys = "123456789"
        var facts = open.prefix(keys.count).map { heard in
            Draft.Fact(
                "\(heard.name), \(sight.both(heard.at)), \(sight.age(heard.at)), from \(CleanText.line(heard.from)): "
                    + CleanText.line(heard.text), Face(.need, "", .act))
        }
        if open.count > keys.count { facts.append(.init("and \(open.count - keys.count) more")) }
        let choices = zip(keys, open).map { key, heard in
            choice(
                key, Face(.good, "\(heard.name), what it was", .plain), heard.name,
                looking(at: heard.name, "\(heard.name), \(CleanText.line(heard.text))"))
        }
        self.open("Heard on \(CleanText.line(sight.bridge.title(of: first)))", facts, choices)
    }

    /// `:looked heard/12 WORDS`: without words they are asked for.
    mutating func looked(_ written: String) {
        guard !sight.vitals.isReadOnly else {
            return say("view only: this screen cannot write, so :looked does nothing", .act)
        }
        let name = String(written.prefix { $0 != " " })
        let names = sight.situation.heard.names
        guard names.contains(name) else {
            let all = names.isEmpty ? "nothing waits for a look" : "which one? \(names.listed(upTo: 8))"
            return say(CleanText.line(all))
        }
        look(at: name, CleanText.line(name))
        let words = written.dropFirst(name.count).drop { $0 == " " }
        guard !words.isEmpty else { return }
        view.prompt?.field = TextField(String(words))
        pressPrompt(.enter)
    }
}

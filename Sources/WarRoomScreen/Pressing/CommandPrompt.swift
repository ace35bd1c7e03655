import WarRoomCore

/// What stands on the command line, taken apart.
struct CommandPrompt {
    let sight: Sight
    let text: String

    /// The name, and what stands behind it.
    private var parts: (name: String, rest: String?) {
        let text = text.drop { $0 == " " }
        guard let blank = text.firstIndex(of: " ") else { return (String(text), nil) }
        return (String(text[..<blank]), String(text[text.index(after: blank)...].drop { $0 == " " }))
    }

    /// What the word at the end can become, in full, and all that stands before it.
    var completions: (before: String, words: [String]) {
        let (name, rest) = parts
        guard let rest else {
            return ("", LineCommand.all.map(\.name).filter { $0.hasPrefix(name.lowercased()) })
        }
        guard let command = LineCommand.named(name).first, LineCommand.named(name).count == 1 else { return (text, []) }
        let begin = rest.lowercased()
        let words = command.choices(sight).filter { $0.lowercased().hasPrefix(begin) }
        return (command.name + " ", words)
    }

    /// What can follow, in words, for beside the text.
    var hint: String {
        let (name, rest) = parts
        let found = LineCommand.named(name)
        if found.count == 1, let command = found.first, rest != nil || command.name == name {
            let words = completions.words
            if rest?.isEmpty == false { return words.prefix(8).joined(separator: "  ") }
            return [command.takes, command.words].filter { !$0.isEmpty }.joined(separator: "  ")
        }
        return found.map(\.name).joined(separator: "  ")
    }

    /// Does it. What cannot be done stays, with the reason, so that it can be mended.
    func run(in press: inout Press) {
        let (name, rest) = parts
        let found = LineCommand.named(name)
        guard !name.isEmpty else {
            press.view.prompt = nil
            return
        }
        guard let command = found.first else { return press.say("there is no command '\(CleanText.line(name))'") }
        guard found.count == 1 else {
            return press.say("'\(CleanText.line(name))' begins \(found.map(\.name).joined(separator: ", "))")
        }
        press.view.prompt = nil
        press.view.commands.removeAll { $0 == text }
        press.view.commands = press.view.commands.suffix(19) + [text]
        command.perform(&press, rest ?? "")
    }
}

extension Press {
    mutating func openCommand() {
        view.prompt = Prompt(label: "", purpose: .command)
    }

    /// Tab, and the arrows through what was written before; false where the key is for the text.
    mutating func pressCommand(_ key: Key, _ prompt: Prompt) -> Bool {
        var prompt = prompt
        switch key {
        case .tab: complete(&prompt)
        case .up, .down:
            guard !view.commands.isEmpty else {
                say("no command was written before")
                return true
            }
            let last = view.commands.count
            let place = min(max((prompt.recalled ?? last) + (key == .up ? -1 : 1), 0), last)
            prompt.recalled = place
            prompt.field = TextField(place < last ? view.commands[place] : "")
        case .backspace where prompt.field.text.isEmpty:
            view.prompt = nil
            return true
        default:
            prompt.cycle = nil
            view.prompt = prompt
            return false
        }
        view.prompt = prompt
        return true
    }

    /// Completes as far as all that fits agrees; pressed again, it shows one after the other.
    private mutating func complete(_ prompt: inout Prompt) {
        if var cycle = prompt.cycle {
            cycle.at = (cycle.at + 1) % cycle.words.count
            prompt.cycle = cycle
            prompt.field = TextField(cycle.before + cycle.words[cycle.at])
            return
        }
        let (before, words) = CommandPrompt(sight: sight, text: prompt.field.text).completions
        guard let first = words.first else { return say("nothing begins so") }
        var common = first
        for word in words { common = String(zip(common, word).prefix { $0 == $1 }.map(\.0)) }
        let longer = before + (words.count == 1 ? first + (before.isEmpty ? " " : "") : common)
        if longer.count > prompt.field.text.count || words.count == 1 {
            prompt.field = TextField(longer)
        } else {
            prompt.cycle = .init(before: before, words: words, at: 0)
            prompt.field = TextField(before + first)
        }
    }

    /// An action by its name, with what was written behind it: the choice of its menu, then the words of its text
    /// field.
    mutating func perform(_ binding: Binding, words: String) {
        perform(binding, nil)
        var rest = words[...]
        if !rest.isEmpty, let menu = view.menu {
            func fits(_ choice: Menu.Choice) -> Bool {
                [choice.value, choice.face.word, String(choice.key)].contains { word in
                    let word = word.lowercased()
                    return rest.lowercased() == word || rest.lowercased().hasPrefix(word + " ")
                }
            }
            guard let place = menu.choices.firstIndex(where: fits) else {
                return say("'\(CleanText.line(words))' is none of these: Esc goes back")
            }
            let length =
                [menu.choices[place].value, menu.choices[place].face.word, String(menu.choices[place].key)]
                .filter { rest.lowercased().hasPrefix($0.lowercased()) }.map(\.count).max() ?? 0
            rest = rest.dropFirst(length).drop { $0 == " " }
            pressMenu(.character(menu.choices[place].key))
        }
        guard !rest.isEmpty else { return }
        guard view.prompt != nil else {
            if view.message == nil { say("':\(binding.action.rawValue)' takes no words") }
            return
        }
        view.prompt?.field = TextField(String(rest))
        pressPrompt(.enter)
    }

    mutating func goToPane(_ name: String) {
        let name = name.lowercased()
        guard !name.isEmpty,
            let pane = Panes.all.first(where: { $0.name == name })
                ?? Panes.all.first(where: { $0.name.hasPrefix(name) })
        else { return say("which pane? " + Panes.all.map(\.name).joined(separator: ", ")) }
        focus(pane.name)
    }

    /// Selects what has that name, in its pane, which is zoomed so that it is seen.
    mutating func go(to name: String) {
        let wanted = name.lowercased()
        guard !wanted.isEmpty else {
            return say("where to? a step, server, check, gate, test run, source, loose end or entry")
        }
        let places = Goal.all(sight)
        let tests: [(Goal) -> Bool] = [
            { $0.name == name }, { $0.name.lowercased() == wanted }, { $0.title.lowercased() == wanted },
            { $0.name.lowercased().hasPrefix(wanted) }, { $0.title.lowercased().holds(wanted) },
        ]
        guard let place = tests.lazy.compactMap({ test in places.first(where: test) }).first else {
            return say("'\(CleanText.line(name))' is nowhere here: / searches all texts")
        }
        focus(place.pane)
        view.isZoomed = true
        view.selected[place.pane] = place.subject
        view.message = nil
    }
}

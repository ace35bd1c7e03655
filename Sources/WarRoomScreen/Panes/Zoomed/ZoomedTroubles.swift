import WarRoomCore

/// The zoomed list of what is wrong: each with its sign, since when in both zones, and what it is in plain words.
enum ZoomedTroubles {
    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let troubles = sight.situation.troubles
        let first = troubles.count { $0.rank == 1 }
        let heard = sight.situation.heard
        let unlooked = heard.open.count + heard.alerts.count
        let note =
            (troubles.isEmpty ? "nothing" : "\(troubles.count) in all")
            + (first > 0 ? ", \(first) of the first rank" : "")
            + (unlooked > 0 ? "; nobody has looked at \(unlooked)" : "")
        return [frame.heading("TROUBLES", note)]
    }

    static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let troubles = sight.situation.troubles
        let heard = sight.situation.heard
        func row(_ subject: Subject, _ face: Face, _ since: Instant?, _ words: String) -> Line {
            var line = Line(subject)
            line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
            var x = frame.text
            if let since {
                x = frame.text + 32
                line.put(sight.home(since), at: frame.text, .timeHome, to: frame.right)
                line.put(sight.other(since), at: frame.text + 11, .timeOther, to: frame.right)
                line.put(sight.age(since), endingAt: frame.text + 30, .waiting, from: frame.text + 21)
            }
            line.put(words, at: x, .plain, to: frame.right)
            return line
        }
        return { subject in
            switch subject {
            case .trouble(let kind, let name):
                guard let trouble = troubles.first(where: { $0.kind == kind && $0.subject == name }) else { break }
                return row(subject, Face(trouble), trouble.since, trouble.words(sight))
            case .heard(let number):
                guard let one = heard.open.first(where: { $0.entry == number }) else { break }
                let about = sight.bridge.title(of: one)
                return row(subject, Face(one), one.at, "heard: \(one.text), from \(one.from) on \(about)")
            case .alert(let fingerprint):
                guard let one = heard.alerts.first(where: { $0.fingerprint == fingerprint }) else { break }
                return row(subject, Face.firing, one.since, "alert firing, \(one.words)")
            default: break
            }
            return Line(subject)
        }
    }
}

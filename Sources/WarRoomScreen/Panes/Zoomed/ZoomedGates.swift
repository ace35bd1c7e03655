import OrderedCollections
import WarRoomCore

/// The zoomed list of gates, each with its needs: what holds, since when, and what is missing.
enum ZoomedGates {
    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let gates = sight.situation.gates.values
        let ready = gates.count { $0.state == .ready }
        let forced = gates.count { $0.override != nil }
        let note =
            "\(gates.count { $0.state == .open }) of \(gates.count) open" + (forced > 0 ? ", \(forced) overridden" : "")
            + (ready > 0 ? ", \(ready) to approve" : "")
        return [frame.heading("GATES", note)]
    }

    static func line(_ subject: Subject, _ sight: Sight, _ frame: Frame) -> Line {
        var line = Line(subject)
        switch subject {
        case .gate(let id):
            guard let gate = sight.situation.gates[id] else { return line }
            let face = Face(gate)
            line.put(face.sign, face.role, at: frame.sign, sight.glyphs)
            let x = line.put(gate.gate.id, at: frame.text, .strong, to: frame.right)
            let words = "\(face.word) \(gate.metCount)/\(gate.needs.count)"
            let end = line.put(words, at: max(x + 2, frame.text + 22), .plain, to: frame.right)
            line.put(gate.gate.title, at: max(end + 2, frame.text + 36), .waiting, to: frame.right)
        case .need(let id, let place):
            guard let needs = sight.situation.gates[id]?.needs, needs.indices.contains(place) else { return line }
            let need = needs[place]
            let face = Face(need)
            line.put(face.sign, face.role, at: frame.text, sight.glyphs)
            var end = frame.right
            if let since = need.since {
                end = line.put(sight.age(since), endingAt: frame.right, .waiting, from: frame.text + 12) - 1
                if frame.width >= 110 {
                    line.put(sight.home(since), at: frame.right - 31, .timeHome, to: end)
                    line.put(sight.other(since), at: frame.right - 20, .timeOther, to: end)
                    end = frame.right - 33
                }
            }
            line.put(need.words, at: frame.text + 2, .plain, to: end)
        default: break
        }
        return line
    }
}

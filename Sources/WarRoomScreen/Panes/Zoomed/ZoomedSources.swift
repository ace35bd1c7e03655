import OrderedCollections
import WarRoomCore

/// The zoomed list of sources: how each is heard, how old its word is, and what is wrong with it.
enum ZoomedSources {
    static func head(_ sight: Sight, _ frame: Frame) -> [Line] {
        let sources = sight.sources
        let never = sources.count { $0.state == .neverSeen }
        let heard = sources.count { $0.state == .current }
        let note = "\(heard) of \(sources.count) heard" + (never > 0 ? ", \(never) not heard yet" : "")
        return [frame.heading("SOURCES", note)]
    }

    static func rows(_ sight: Sight, _ frame: Frame) -> (Subject) -> Line {
        let sources = sight.sources
        let isWide = frame.width >= 110
        return { subject in
            var line = Line(subject)
            guard case .source(let id) = subject, let source = sources.first(where: { $0.id == id }) else {
                return line
            }
            let isQuiet = source.state == .neverSeen
            line.put(source.face.sign, source.face.role, at: frame.sign, sight.glyphs)
            line.put(source.id, at: frame.text, isQuiet ? .waiting : .strong, to: frame.text + 15)
            var start = frame.text + 16
            if isWide, let plan = sight.runbook.sources[source.id] {
                line.put(plan.kind.declaration.word, at: start, .waiting, to: start + 15)
                start += 16
            }
            let word: TextRole = source.face.role == .good ? .plain : source.face.role
            line.put(source.face.word, at: start, word, to: start + 11)
            let x = line.put(source.ageWords, at: start + 12, .plain, to: frame.right)
            var more: [String] = []
            if source.refused > 0 { more.append("\(source.refused) refused") }
            if let reason = source.reason, source.isTold { more.append(reason) }
            let column = source.ageWords.isEmpty ? start + 12 : max(x + 2, start + 28)
            line.put(more.joined(separator: ", "), at: column, isQuiet ? .waiting : .plain, to: frame.right)
            return line
        }
    }
}

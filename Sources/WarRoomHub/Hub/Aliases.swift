import OrderedCollections
import WarRoomCore

/// Aliases are resolved before the journal (docs/contract.md, Events).
extension Runbook {
    /// An event with the runbook's own name in place of an alias.
    func resolvingAliases(in event: Event) -> Event { event.about(ownName(of: event.subject, in: event.type)) }

    /// The same for an event that nobody has checked yet.
    func resolvingAliases(in json: JSON) -> JSON {
        guard case .object(var object) = json, let subject = json["subject"]?.text,
            let type = json["type"]?.text.flatMap(EventType.init(rawValue:))
        else { return json }
        let name = ownName(of: subject, in: type)
        guard name != subject else { return json }
        object["subject"] = .string(name)
        return .object(object)
    }

    private func ownName(of subject: String, in type: EventType) -> String {
        switch type {
        case .server, .hold: return serverName(for: subject) ?? subject
        case .pipeline:
            guard let slash = subject.firstIndex(of: "/"), pipelines[String(subject[..<slash])] == nil,
                let pipeline = pipelines.values.first(where: { $0.aliases.contains(String(subject[..<slash])) })
            else { return subject }
            return pipeline.id + subject[slash...]
        case .heard:
            if isNamed(subject) { return subject }
            // A wave is held as wave/ID: it is the same wave.
            let wave = subject.hasPrefix("wave/") ? String(subject.dropFirst(5)) : ""
            return waves[wave] == nil ? serverName(for: subject) ?? subject : wave
        case .bridge, .step, .review, .check, .approval, .tests, .batch, .alert, .message, .looseEnd, .ruling, .lead,
            .substitute, .looked, .signature, .note, .source, .clock, .refusal:
            return subject
        }
    }
}

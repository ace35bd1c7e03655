import OrderedCollections
import WarRoomCore

extension Runbook {
    /// An event with the runbook's own name in place of an alias: aliases are resolved before the journal
    /// (docs/contract.md, Events).
    func resolvingAliases(in event: Event) -> Event {
        switch event.body {
        case .server, .hold: return event.about(serverName(for: event.subject) ?? event.subject)
        case .pipeline:
            let subject = event.subject
            guard let slash = subject.firstIndex(of: "/"), pipelines[String(subject[..<slash])] == nil,
                let pipeline = pipelines.values.first(where: { $0.aliases.contains(String(subject[..<slash])) })
            else { return event }
            return event.about(pipeline.id + subject[slash...])
        case .bridge, .step, .review, .check, .approval, .tests, .batch, .alert, .message, .looseEnd, .ruling, .lead,
            .substitute, .note, .source, .refusal:
            return event
        }
    }
}

import OrderedCollections
import WarRoomCore

extension Hub {
    /// Whether so much has been found that a source with more to say should wait.
    var isBehind: Bool { found.count > 250 || keeping.owed != nil }

    /// Takes the outcome of a look.
    func took(_ result: Result<Look, SourceFault>, from id: String) {
        guard desks[id] != nil else { return }
        let news: SourceDesk.News
        switch result {
        case .success(let look):
            news = desks[id]!.take(resolved(look), clock: held == nil ? night.forFiles(clock) : clock, now: now)
        case .failure(let fault): news = desks[id]!.take(fault)
        }
        take(news, from: id)
    }

    /// A look with the runbook's own names in place of aliases, so that what is compared is what stands in the journal.
    func resolved(_ look: Look) -> Look {
        var look = look
        for place in look.findings.indices {
            look.findings[place].event = bridge.runbook.resolvingAliases(in: look.findings[place].event)
        }
        return look
    }

    /// What a source finds is its word now, also where it has said the same before, or brings an id that is taken: it
    /// gets an id of its own. A feed tells what happened, and happens once.
    func renewed(_ event: Event, from source: String, number: Int) -> Event? {
        if case .ndjson? = bridge.runbook.sources[source]?.kind { return nil }
        guard bridge.runbook.sources[source] != nil, case .object(var object) = event.json else { return nil }
        object["id"] = .string("\(event.id)+\(number)")
        return try? Event(.object(object))
    }
}

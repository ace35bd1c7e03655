/// Something for which a person is needed: a trouble of the first rank, a step that nobody has started, a gate that
/// nobody has approved, sources that disagree.
struct Matter {
    /// What it is about, so that it is known what it holds up.
    enum Cause: Hashable {
        /// A step that failed or is done no more, or that nobody has started.
        case step(String)
        case server(String)
        case wave(String)
        case tests(String)
        case other
    }

    /// What has happened, as a sentence without its full stop; `nil` where what must be done says all.
    var what: Wording?
    /// The same in fewer words.
    var brief: Wording?
    /// Who must do what.
    let must: Wording
    /// What must happen before what waits goes on, where somebody is named: "the owners rerun it clean".
    var mends: Wording?
    /// Verb and object, from the longest to the shortest.
    let headlines: [Wording]
    /// Who is needed; `nil`: nobody is assigned.
    let who: String?
    var since: Instant?
    var subject: String?
    var cause = Cause.other
    /// Whether something has failed.
    var isFailure = false
    /// 1: wrong for customers, or will be unless somebody acts now; 2: all else, as of a trouble.
    var rank = 2

    /// Who is needed, or that nobody is assigned.
    var on: String { who ?? Spoken.nobody }
    /// The same on a line of its own.
    var second: Wording { Wording(stringLiteral: Spoken.line(on)) }

    /// The whole of it, from the longest words to the shortest; the usual ones are the first, and
    /// the second where something is held. `held`: what cannot start
    /// until it is mended.
    func forms(holding held: (name: Spoken.Name, planned: Instant?)?, more: Int, tail: Wording = "") -> [Wording] {
        let others = Matter.others(more)
        func said(_ what: Wording?, _ rest: Wording) -> Wording { what.map { "\($0). \(rest)" } ?? rest }
        let short: [Wording] = [said(brief ?? what, "\(must)."), shortest]
        guard let held else { return [said(what, "\(must).\(tail)\(others)")] + short }
        let doing: Wording = "\(held.name.doing)"
        let planned: Wording = held.planned.map { ", planned for \($0)," } ?? ""
        let waits: (Wording) -> Wording = { [must, mends] doing in
            mends.map { ("\(doing) cannot start until \($0)." as Wording).capitalized }
                ?? "\(must); \(doing) cannot start until then."
        }
        let middle =
            // Why it failed is worth more than what waits for it.
            isFailure ? said(what, "\(must).") : said(brief ?? what, "\(waits(doing))")
        return [
            said(what, "\(waits(doing + planned))\(tail)\(others)"), said(what, "\(waits(doing))\(tail)\(others)"),
        ] + ([said(what, "\(waits(doing))"), middle] + short).falling
    }

    /// It beside the work that runs, in one row.
    func strip(more: Int) -> Band.Strip {
        let others: Wording = more == 0 ? "" : " +\(more) more"
        var texts: [Wording] = [what.map { "\($0); \(must.lowered)\(others)" } ?? "\(must)\(others)"]
        if let brief { texts.append("\(brief); \(must.lowered)\(others)") }
        texts += headlines.map { "\($0) (\(on))\(others)" }
        return Band.Strip(texts: texts, since: since, subject: subject)
    }

    /// Verb, object and whom it is on.
    var shortest: Wording { "\(headlines.last ?? "") (\(on))." }

    /// That there is more that needs a person.
    static func others(_ more: Int) -> Wording {
        more == 0 ? "" : more == 1 ? " 1 more thing needs somebody." : " \(more) more things need somebody."
    }
}

extension Wording {
    /// The words behind a semicolon.
    var lowered: Wording { lowered(after: ["Somebody ", "The ", "Whoever ", "It "]) }
}

extension [Wording] {
    /// Each that is shorter than all before it.
    var falling: [Wording] {
        var kept: [Wording] = []
        for words in self where kept.last.map({ words.cells < $0.cells }) ?? true { kept.append(words) }
        return kept
    }

    /// Each once.
    var unique: [Wording] {
        var all: [Wording] = []
        for words in self where !all.contains(words) { all.append(words) }
        return all
    }
}

import WarRoomCore

/// What a source says, file by file, beside what of it has been taken into the journal. What it says when it is looked
/// at is its word, whatever time it bears; time decides only between two files of one look, and inside a file the later
/// element holds. Nothing counts as said before it is taken.
struct SourceWords: Sendable {
    private struct Element: Sendable {
        let event: JSON
        let facts: [(fact: SourceFact, value: JSON)]
        let time: Instant?
        var weight: Int { (try? Event(event))?.body.weight ?? 0 }
    }

    /// One file, or one subject of a probe's answers.
    private struct File: Sendable {
        var elements: [Element] = []
        /// What it says of each fact last, and with which element.
        var last: [SourceFact: (element: Int, value: JSON)] = [:]
        /// The last look that found it written.
        var look: Int
        /// Its mtime, by the wall: mapped once, because a clock that is set afterwards makes nothing older or younger.
        var asOf: Instant
        /// How old its word is, in bridge time.
        var age: Instant
        var isFuture = false
        /// Whether its time was before that of what it took the place of.
        var goesBack = false
        /// How many looks in a row it could not be read: one look may meet a writer.
        var looksInTrouble = 0
        var isExpired = false

        var subjects: Set<String> { Set(last.keys.map(\.subject)) }
        var isInTrouble: Bool { looksInTrouble > 1 }
    }

    private struct Place: Hashable {
        let file: String
        let element: Int
    }

    private typealias Word = (place: Place, value: JSON)

    private let limit: Duration?
    /// Whether what is said and not held any more is stale: files and answers hold what they say, a feed does not.
    private let holds: Bool
    private var look = 0
    private var files: [String: File] = [:]
    private var speakers: [SourceFact: Set<String>] = [:]
    private var facts: [String: Set<SourceFact>] = [:]
    /// What is in the journal, with the time that it bears there.
    private(set) var taken: [SourceFact: (value: JSON, time: Instant?)] = [:]
    /// What is on its way there.
    private var sent: [SourceFact: JSON] = [:]
    /// What was refused: it is said again only when it changes.
    private var refused: [SourceFact: JSON] = [:]
    /// Removed files, with what nobody has said since.
    private var gone: [String: Set<SourceFact>] = [:]
    /// Events that could not be kept: of a feed, and of files, which hold what they say.
    private var lost: [JSON] = []
    private var lostOfFiles: Set<JSON> = []
    /// Facts to be looked at again, because something became of them since the last look.
    private var again: Set<SourceFact> = []
    /// Subjects whose freshness is to be worked out again.
    private var unsure: Set<String> = []
    /// What was last told to be stale, by subject.
    private var told: [String: Set<String>] = [:]
    /// Whether nothing is heard of the source at all.
    private var isSilent = false

    init(_ plan: SourcePlan) {
        limit = plan.staleAfter
        switch plan.kind {
        case .statusFiles, .socket: holds = true
        case .ndjson, .junit: holds = false
        }
    }

    /// Whether any file is there that can be read.
    var hasGoodFile: Bool { files.values.contains { $0.looksInTrouble == 0 } }
    /// Whether all files that spoke were removed, and something is not known any more.
    var isDeserted: Bool { files.isEmpty && !gone.isEmpty }

    // MARK: What became of what was sent

    /// An event is in the journal.
    mutating func took(_ event: JSON) {
        let time = event["time"]?.instant
        for (fact, value) in SourceFact.all(of: event) { took(fact, value, at: time) }
    }

    /// A fact is in the journal, with the time that it bears there.
    mutating func took(_ fact: SourceFact, _ value: JSON, at time: Instant?) {
        taken[fact] = (value, time)
        if sent[fact] == value { sent[fact] = nil }
        refused[fact] = nil
        facts[fact.subject, default: []].insert(fact)
        unsure.insert(fact.subject)
    }

    /// An event was refused.
    mutating func wasRefused(_ event: JSON) {
        for (fact, value) in SourceFact.all(of: event) {
            refused[fact] = value
            if sent[fact] == value { sent[fact] = nil }
            unsure.insert(fact.subject)
        }
    }

    /// An event of a feed stands in the journal already, from before it was read anew.
    mutating func wasKnown(_ event: JSON) {
        for (fact, value) in SourceFact.all(of: event) where sent[fact] == value { sent[fact] = nil }
    }

    /// An event could not be kept: it has not been said.
    mutating func wasLost(_ event: JSON) {
        var isHeld = false
        for (fact, value) in SourceFact.all(of: event) {
            if sent[fact] == value { sent[fact] = nil }
            if speakers[fact] != nil { isHeld = true }
            again.insert(fact)
        }
        if isHeld { lostOfFiles.insert(event) } else { lost.append(event) }
    }

    private func known(_ fact: SourceFact) -> JSON? { sent[fact] ?? taken[fact]?.value }

    // MARK: A look

    /// Takes what a look found, whole events all. `map` makes bridge time of wall time; `isSpared`: what looks written
    /// was given another mtime together with the clock. Returns the events that say something new.
    mutating func take(
        _ events: [(event: JSON, rest: String?)], _ rests: [String: Look.Rest], now: Instant, isSpared: Bool,
        map: (Instant) -> Instant
    ) -> [JSON] {
        look += 1
        var news: [JSON] = []
        var held: [String: [Element]] = [:]
        let all = lost.map { (event: $0, rest: String?.none) } + events
        lost = []
        for (event, rest) in all {
            let facts = SourceFact.all(of: event)
            if let rest {
                held[rest, default: []].append(Element(event: event, facts: facts, time: event["time"]?.instant))
            } else if facts.contains(where: { known($0.fact) != $0.value && refused[$0.fact] != $0.value }) {
                for (fact, value) in facts { sent[fact] = value }
                news.append(event)
            }
        }
        var affected = again
        var before: [String: [Element]] = [:]
        for (name, rest) in rests {
            if rest.isRead, let old = files[name] { before[name] = old.elements }
            var file = files[name] ?? File(look: look, asOf: rest.asOf, age: now)
            let isWritten = rest.isWritten && !isSpared
            if files[name] == nil || isWritten || rest.asOf != file.asOf {
                let time = map(rest.asOf)
                file.asOf = rest.asOf
                file.age = isWritten ? now : min(time, now)
                file.isFuture = time > now + .seconds(60)
                file.isExpired = false
                unsure.formUnion(file.subjects)
            }
            let wasInTrouble = file.isInTrouble
            file.looksInTrouble = rest.trouble == nil ? 0 : file.looksInTrouble + 1
            if wasInTrouble != file.isInTrouble { unsure.formUnion(file.subjects) }
            if isWritten || rest.isRead {
                file.look = look
                file.goesBack = false
            }
            if rest.isRead {
                affected.formUnion(replace(held[name] ?? [], in: &file, name))
            } else if isWritten {
                affected.formUnion(file.last.keys.filter { speakers[$0]?.count ?? 0 > 1 })
            }
            files[name] = file
            gone[name] = nil
        }
        for name in files.keys.filter({ rests[$0] == nil }) { affected.formUnion(remove(name)) }
        news += emit(affected, before)
        (again, lostOfFiles) = ([], [])
        forget()
        return news
    }

    /// Puts what a file holds now in the place of what it held; returns the facts of both.
    private mutating func replace(_ elements: [Element], in file: inout File, _ name: String) -> Set<SourceFact> {
        let old = Set(file.last.keys)
        file.elements = elements
        file.last = [:]
        for (place, element) in elements.enumerated() {
            for (fact, value) in element.facts { file.last[fact] = (place, value) }
        }
        let new = Set(file.last.keys)
        for fact in old.subtracting(new) { unsay(fact, name) }
        for fact in new.subtracting(old) {
            speakers[fact, default: []].insert(name)
            facts[fact.subject, default: []].insert(fact)
        }
        let all = old.union(new)
        for fact in all { unsure.insert(fact.subject) }
        return all
    }

    private mutating func unsay(_ fact: SourceFact, _ name: String) {
        speakers[fact]?.remove(name)
        if speakers[fact]?.isEmpty ?? false { speakers[fact] = nil }
    }

    private mutating func remove(_ name: String) -> Set<SourceFact> {
        guard let file = files.removeValue(forKey: name) else { return [] }
        let all = Set(file.last.keys)
        for fact in all { unsay(fact, name) }
        unsure.formUnion(file.subjects)
        gone[name] = all
        return all
    }

    /// A removed file is forgotten when others speak of all that it spoke of, and has not ended.
    private mutating func forget() {
        for (name, all) in gone {
            let left = all.filter { fact in
                speakers[fact] == nil && known(fact).map { !fact.hasEnded(as: $0) } ?? false
            }
            gone[name] = left.isEmpty ? nil : left
        }
    }

    // MARK: Whose word holds

    /// Who has the word on a fact, and what it is.
    private func word(on fact: SourceFact) -> Word? {
        let names = speakers[fact] ?? []
        func of(_ name: String) -> Word? {
            files[name]?.last[fact].map { (Place(file: name, element: $0.element), $0.value) }
        }
        guard names.count > 1 else { return names.first.flatMap(of) }
        let best = names.max { one, other in
            guard let left = files[one], let right = files[other] else { return false }
            if left.isInTrouble != right.isInTrouble { return left.isInTrouble }
            if left.look != right.look { return left.look < right.look }
            let (first, second) = (element(fact, left), element(fact, right))
            let (time, later) = (first?.time ?? left.asOf, second?.time ?? right.asOf)
            if time != later { return time < later }
            if left.asOf != right.asOf { return left.asOf < right.asOf }
            let (weight, heavier) = (first?.weight ?? 0, second?.weight ?? 0)
            return weight == heavier ? one < other : weight < heavier
        }
        return best.flatMap(of)
    }

    private func element(_ fact: SourceFact, _ file: File) -> Element? {
        file.last[fact].map { file.elements[$0.element] }
    }

    /// The events to be said, so that what is known of these facts is what holds; what led to it inside a file that is
    /// new comes before it.
    private mutating func emit(_ affected: Set<SourceFact>, _ before: [String: [Element]]) -> [JSON] {
        var words: [SourceFact: Word] = [:]
        var wanted: Set<Place> = []
        var changed: [String: [SourceFact: Int]] = [:]
        for fact in affected {
            guard let word = word(on: fact) else { continue }
            words[fact] = word
            if known(fact) == word.value {
                refused[fact] = nil
            } else if refused[fact] != word.value {
                wanted.insert(word.place)
                changed[word.place.file, default: [:]][fact] = word.place.element
            }
        }
        for (name, facts) in changed {
            guard let file = files[name] else { continue }
            let old = Set((before[name] ?? []).map(\.event))
            // Of what is said again only that is said which was lost.
            let isAgain = before[name] == nil && facts.keys.allSatisfy(again.contains)
            for (place, element) in file.elements.enumerated() {
                guard !old.contains(element.event), !isAgain || lostOfFiles.contains(element.event),
                    before[name] != nil || look > 1 || element.facts.allSatisfy({ known($0.fact) == nil }),
                    element.facts.contains(where: { facts[$0.fact].map { $0 > place } ?? false })
                else { continue }
                wanted.insert(Place(file: name, element: place))
            }
        }
        let order = wanted.sorted { one, other in
            guard one.file != other.file else { return one.element < other.element }
            if let left = files[one.file]?.asOf, let right = files[other.file]?.asOf, left != right {
                return left < right
            }
            return one.file < other.file
        }
        return order.compactMap { say($0, words) }
    }

    /// One element of a file, without what another file has the word on.
    private mutating func say(_ place: Place, _ words: [SourceFact: Word]) -> JSON? {
        guard let element = files[place.file]?.elements[place.element] else { return nil }
        var kept: Set<String> = []
        for (fact, value) in element.facts {
            if let word = words[fact], word.place.file != place.file, word.value != value { continue }
            kept.insert(fact.field)
            sent[fact] = value
            if let time = element.time, let last = taken[fact]?.time, last - time > .seconds(1) {
                files[place.file]?.goesBack = true
            }
        }
        guard kept.count < element.facts.count else { return element.event }
        return kept.isEmpty ? nil : SourceFact.trimmed(element.event, to: kept)
    }

    // MARK: Freshness

    /// When the next file grows too old by time alone.
    var expiry: Instant? {
        guard let limit else { return nil }
        return files.values.filter { !$0.isExpired }.map { $0.age + limit }.min()
    }

    /// What has gone stale and what is fresh again since this was asked last.
    mutating func freshness(now: Instant) -> (stale: [String], fresh: [String]) {
        if isSilent {
            isSilent = false
            unsure.formUnion(facts.keys)
        }
        if let limit {
            for (name, file) in files where !file.isExpired && now - file.age > limit {
                files[name]?.isExpired = true
                unsure.formUnion(file.subjects)
            }
        }
        return changes()
    }

    /// What has gone stale because nothing is heard of the source at all.
    mutating func silence() -> (stale: [String], fresh: [String]) {
        if !isSilent {
            isSilent = true
            unsure.formUnion(facts.keys)
        }
        return changes()
    }

    private mutating func changes() -> (stale: [String], fresh: [String]) {
        var stale: Set<String> = []
        var fresh: Set<String> = []
        for subject in unsure {
            let names = staleNames(of: subject)
            let last = told[subject] ?? []
            stale.formUnion(names.subtracting(last))
            fresh.formUnion(last.subtracting(names))
            told[subject] = names.isEmpty ? nil : names
        }
        unsure = []
        return (stale.sorted(), fresh.sorted())
    }

    /// What of a subject is stale: all of it by its own name, or the axes of which nobody speaks any more.
    private func staleNames(of subject: String) -> Set<String> {
        let living = (facts[subject] ?? []).filter { fact in known(fact).map { !fact.hasEnded(as: $0) } ?? false }
        let stale = living.filter(isStale)
        if stale.isEmpty { return [] }
        return stale.count == living.count ? [subject] : Set(stale.map(\.name))
    }

    private func isStale(_ fact: SourceFact) -> Bool {
        if isSilent { return true }
        // A feed does not hold what it said: it is as old as the feed.
        guard holds else { return false }
        guard let word = word(on: fact), let file = files[word.place.file] else { return taken[fact] != nil }
        return file.isExpired || file.isInTrouble || known(fact) != word.value
    }

    // MARK: In words

    /// What there is to tell of a source that can be read.
    func remarks(limit: String) -> [String] {
        var remarks: [String] = []
        var named: Set<String> = []
        for name in gone.keys.sorted() {
            let subjects = Set((gone[name] ?? []).map(\.subject))
            named.formUnion(subjects)
            remarks.append("\(name) is gone, and with it the word on \(subjects.sorted().listed())")
        }
        func tell(_ subjects: some Sequence<String>, _ words: (String) -> String) {
            let new = Set(subjects).intersection(told.keys).subtracting(named)
            named.formUnion(new)
            if !new.isEmpty { remarks.append(words(new.sorted().listed())) }
        }
        func has(_ isSo: (SourceFact) -> Bool) -> [String] {
            told.keys.filter { (facts[$0] ?? []).contains(where: isSo) }
        }
        tell(files.values.filter { $0.isExpired && !$0.isInTrouble }.flatMap(\.subjects)) {
            "nothing new on \($0) for more than \(limit)"
        }
        tell(has { refused[$0] != nil }) { "what it says of \($0) is refused" }
        tell(has { speakers[$0] == nil && taken[$0] != nil }) { "it does not speak of \($0) any more" }
        for (name, file) in files.sorted(by: { $0.key < $1.key }) {
            if file.isFuture { remarks.append("\(name) is dated in the future, and counts from when it was seen") }
            if file.goesBack { remarks.append("\(name) is dated before what it takes the place of") }
        }
        return remarks
    }
}

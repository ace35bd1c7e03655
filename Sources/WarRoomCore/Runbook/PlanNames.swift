import OrderedCollections

/// How the servers and waves of a runbook are called in a sentence, worked out once for a night.
package struct PlanNames: Sendable {
    /// What all servers of waves begin with, up to a separator, so that a headline may leave it out: `org-`.
    let prefix: String
    /// The waves by id.
    private let waves: OrderedDictionary<String, String>

    init(_ runbook: Runbook) {
        let all = runbook.waves.values.lazy.flatMap(\.servers)
        var shared = Substring(all.first ?? "")
        for name in all where !name.hasPrefix(shared) { shared = shared[..<shared.commonEnd(with: name)] }
        let end = shared.lastIndex { "-_.".contains($0) }.map { shared.index(after: $0) }
        let beginning = end.map { String(shared[..<$0]) } ?? ""
        // A bare number is no name.
        let isName = all.allSatisfy { $0.dropFirst(beginning.count).first?.isLetter ?? false }
        prefix = isName ? beginning : ""
        waves = runbook.waves.mapValues { PlanNames.span($0.servers) ?? "wave \($0.id)" }
    }

    /// A wave by its servers where these are numbered without a gap, `web1-5`, else by its id.
    package func wave(_ id: String) -> String { waves[id] ?? "wave \(id)" }

    /// A name without what all servers begin with.
    package func short(_ name: String) -> String {
        name.hasPrefix(prefix) && name.count > prefix.count ? String(name.dropFirst(prefix.count)) : name
    }

    /// The first name with the last one's number, where the numbers between them are all there.
    private static func span(_ names: [String]) -> String? {
        guard let first = names.first, let last = names.last else { return nil }
        if names.count == 1 { return first }
        func split(_ name: String) -> (stem: Substring, digits: Substring, number: Int)? {
            let digits = name[
                (name.lastIndex { !$0.isASCII || !$0.isNumber }.map(name.index(after:)) ?? name.startIndex)...]
            return Int(digits).map { (name[..<digits.startIndex], digits, $0) }
        }
        guard let start = split(first), let end = split(last) else { return nil }
        for (place, name) in names.enumerated() {
            guard let part = split(name), part.stem == start.stem, part.number == start.number &+ place else {
                return nil
            }
        }
        return "\(first)-\(end.digits)"
    }
}

extension Substring {
    /// Where it stops to be the same as the beginning of another text.
    fileprivate func commonEnd(with other: String) -> Index {
        var (place, theirs) = (startIndex, other.startIndex)
        while place < endIndex, theirs < other.endIndex, self[place] == other[theirs] {
            (place, theirs) = (index(after: place), other.index(after: theirs))
        }
        return place
    }
}

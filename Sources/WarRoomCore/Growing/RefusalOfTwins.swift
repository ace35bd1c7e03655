import OrderedCollections

extension Bridge {
    /// Why an event may not bear its names: one looks like a name of this night and is another, by a character that
    /// cannot be seen or by another way to write the same letter. `nil` where each is what it looks like.
    func refusalOfTwins(_ event: Event) -> String? {
        if let name = (runbook.sources.keys + ["hub"]).first(where: { $0.isTwin(of: event.source) }) {
            return Bridge.twin("source", event.source, of: name)
        }
        if let name = nameLike(event.subject) { return Bridge.twin("subject", event.subject, of: name) }
        if case .approval(let report) = event.body,
            let name = runbook.approvers.first(where: { $0.isTwin(of: report.role) })
        {
            return Bridge.twin("role", report.role, of: name)
        }
        return nil
    }

    private static func twin(_ what: String, _ name: String, of known: String) -> String {
        let odd = name.unicodeScalars.filter { $0.value < 0x20 || $0.value > 0x7E }
        let codes = odd.map { "U+" + String(repeating: "0", count: max(0, 4 - $0.hex.count)) + $0.hex }
        return "the \(what) '\(CleanText.quoted(name))' looks like '\(CleanText.line(known))' and is written "
            + "otherwise, with \(codes.prefix(4).joined(separator: ", ")): write it as it is written there"
    }

    /// A name of this night that a subject, or a part of it between slashes, looks like and is not.
    private func nameLike(_ subject: String) -> String? {
        // What is all ASCII is what it looks like.
        if subject.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return nil }
        let parts = ([Substring(subject)] + subject.split { $0 == "/" }).map { (text: $0, seen: $0.seen) }
        let names = runbook.names + servers.keys + pipelines.keys + alerts.keys + batch.keys
        return names.first { name in
            let seen = name.seen
            return parts.contains { $0.seen == seen && !name.isSame(as: $0.text) }
        }
    }
}

extension Unicode.Scalar {
    fileprivate var hex: String { String(value, radix: 16, uppercase: true) }
}

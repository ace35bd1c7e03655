/// Several things in trouble in one sentence: the first by name, the rest by number.
func troubleText(_ troubles: [String], thing: String) -> String? {
    guard let first = troubles.first else { return nil }
    return switch troubles.count - 1 {
    case 0: first
    case 1: "\(first); and 1 more \(thing) in trouble"
    case let more: "\(first); and \(more) more \(thing)s in trouble"
    }
}

extension String {
    /// At most so many bytes of UTF-8, cut between two scalars.
    func capped(_ limit: Int) -> String {
        guard utf8.count > limit else { return self }
        var end = utf8.index(startIndex, offsetBy: limit)
        while end > startIndex, String.Index(end, within: unicodeScalars) == nil { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}

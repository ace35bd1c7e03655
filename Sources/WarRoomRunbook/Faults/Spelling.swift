/// What somebody may have meant by a word that is not known.
enum Spelling {
    /// `: did you mean 'minutes'?` where one of the words is near, else nothing.
    static func hint(_ word: String, among words: some Sequence<String>) -> String {
        nearest(word, among: words).map { ": did you mean '\($0)'?" } ?? ""
    }

    /// The nearest word, if it is near enough to be a slip: a third of the letters, three at most; case does not count.
    static func nearest(_ word: String, among words: some Sequence<String>) -> String? {
        let wanted = Array(word.lowercased().unicodeScalars)
        var best: (word: String, distance: Int)?
        for candidate in words {
            let limit = min((best?.distance ?? 4) - 1, max(1, min(3, wanted.count / 3)))
            guard limit >= 0, abs(candidate.unicodeScalars.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, Array(candidate.lowercased().unicodeScalars))
            if distance <= limit { best = (candidate, distance) }
        }
        return best?.word
    }

    /// Letters put in, left out, exchanged, or swapped with their neighbour (optimal string alignment).
    static func distance(_ one: [Unicode.Scalar], _ other: [Unicode.Scalar]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...other.count)
        for i in one.indices {
            var row = [i + 1]
            for j in other.indices {
                var cost = min(last[j + 1] + 1, row[j] + 1, last[j] + (one[i] == other[j] ? 0 : 1))
                if i > 0, j > 0, one[i] == other[j - 1], one[i - 1] == other[j] {
                    cost = min(cost, beforeLast[j - 1] + 1)
                }
                row.append(cost)
            }
            (beforeLast, last) = (last, row)
        }
        return last[other.count]
    }
}

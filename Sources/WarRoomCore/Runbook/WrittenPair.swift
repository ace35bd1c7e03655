/// What people call the two zones: the runbook's labels and other words, and the abbreviations of their clocks.
package struct ZoneWords {
    let home: [[String]]
    let other: [[String]]

    /// The words of two zones, with the abbreviations of a year on either side of a date. A word that could mean either
    /// zone means neither, unless the runbook gives it to one.
    package init(_ zones: Runbook.Zones, around date: CivilDate) {
        let given = [zones.home, zones.other].map { ([$0.label] + $0.also).map { ZoneWords.split($0) } }
        let called = [zones.home, zones.other].map { ZoneWords.abbreviations(of: $0.zone, around: date).map { [$0] } }
        home = given[0] + called[0].filter { !given[1].contains($0) && !called[1].contains($0) }
        other = given[1] + called[1].filter { !given[0].contains($0) && !called[0].contains($0) }
    }

    private static func split(_ text: String) -> [String] {
        text.split(whereSeparator: \.isWhitespace).map { $0.lowercased() }
    }

    private static func abbreviations(of zone: Zone, around date: CivilDate) -> [String] {
        var instant = Instant(seconds: Int64(date.adding(days: -366).dayNumber) * 86_400)
        let end = Instant(seconds: Int64(date.adding(days: 366).dayNumber) * 86_400)
        var words = [zone.offset(at: instant).abbreviation.lowercased()]
        while let next = zone.nextChange(after: instant), next < end {
            let word = zone.offset(at: next).abbreviation.lowercased()
            if !words.contains(word) { words.append(word) }
            instant = next
        }
        // Whose clocks change between EST and EDT says ET all year.
        for word in words where word.hasSuffix("st") && words.contains(word.dropLast(2) + "dt") {
            words.append(word.dropLast(2) + "t")
        }
        return words
    }
}

/// A time of day, as it stands on a page.
struct WrittenClock {
    var weekday: Weekday?
    let hour: Int
    let minute: Int
    /// The word midnight: people mean the one that ends a day as often as the one that begins it.
    var isMidnight = false

    var clock: String { "\(hour.twoDigits):\(minute.twoDigits)" }

    func instants(on day: CivilDate, in zone: Zone) -> [Instant] {
        (isMidnight ? [day, day.adding(days: 1)] : [day]).flatMap { zone.instants(on: $0, hour: hour, minute: minute) }
    }
}

/// A time written in both zones, before it is held against anything: "10 PM EST (7:30AM IST)", "22:00 EST / 07:30 IST",
/// either zone first.
struct WrittenPair {
    let home: WrittenClock
    let other: WrittenClock
    let text: String

    /// All pairs in a text, in their order. It never fails: what is no pair is prose.
    static func all(in text: String, words: ZoneWords) -> [WrittenPair] {
        // Most texts have no clock in them; a pair of words alone, noon and midnight, is nowhere on earth.
        guard text.utf8.contains(where: { $0 >= 0x30 && $0 <= 0x39 }) else { return [] }
        var reader = PairReader(text, words: words)
        var pairs: [WrittenPair] = []
        while let pair = reader.next() { pairs.append(pair) }
        return pairs
    }
}

/// Walks through the words of a text. A word is what stands between blanks and brackets.
private struct PairReader {
    private struct Word {
        let text: String
        let range: Range<String.Index>
        var isMark: Bool { text.count == 1 && PairReader.marks.contains(text) }
    }

    /// A zone of the two.
    private enum Side { case home, other }

    private static let marks: Set<String> = ["(", ")", "[", "]", ",", ";", "/", "=", "|"]
    /// What may stand between the halves.
    private static let between: Set<String> = ["(", "[", "/", "=", "|"]
    /// How far before the first half its weekday may stand: "Saturday Evening at 10 PM".
    private static let reach = 3

    private let source: String
    private let zones: ZoneWords
    private var words: [Word] = []
    private var place = 0

    init(_ text: String, words zones: ZoneWords) {
        source = text
        self.zones = zones
        var start: String.Index?
        func word(_ range: Range<String.Index>) -> Word { Word(text: text[range].lowercased(), range: range) }
        for index in text.indices {
            let character = text[index]
            let isMark = PairReader.marks.contains(String(character))
            guard isMark || character.isWhitespace else {
                start = start ?? index
                continue
            }
            if let from = start { words.append(word(from..<index)) }
            start = nil
            if isMark { words.append(word(index..<text.index(after: index))) }
        }
        if let start { words.append(word(start..<text.endIndex)) }
    }

    mutating func next() -> WrittenPair? {
        while place < words.count {
            let start = place
            place += 1
            guard var first = half(at: start) ?? bareHalf(at: start), first.end < words.count,
                PairReader.between.contains(words[first.end].text)
            else { continue }
            var second = first.end + 1
            let weekday = second < words.count ? Weekday(short: words[second].text) : nil
            if weekday != nil { second += 1 }
            guard var last = half(at: second), last.side != first.side else { continue }
            first.clock.weekday = weekdayBefore(start)
            last.clock.weekday = weekday
            place = last.end
            var end = words[last.end - 1].range.upperBound
            if last.end < words.count, words[last.end].text == ")" || words[last.end].text == "]" {
                end = words[last.end].range.upperBound
            }
            let text = String(source[words[start].range.lowerBound..<end])
            return first.side == .home
                ? WrittenPair(home: first.clock, other: last.clock, text: text)
                : WrittenPair(home: last.clock, other: first.clock, text: text)
        }
        return nil
    }

    /// A clock and the zone's word behind it, "Eastern" as well as "Eastern time".
    private func half(at index: Int) -> (clock: WrittenClock, side: Side, end: Int)? {
        guard let (clock, after) = clock(at: index) else { return nil }
        let home = length(of: zones.home, at: after)
        guard let count = home ?? length(of: zones.other, at: after) else { return nil }
        let end = after + count
        let isFollowed = end < words.count && words[end].text == "time"
        return (clock, home != nil ? .home : .other, isFollowed ? end + 1 : end)
    }

    /// A clock with no word, before one in brackets: the office's own time.
    private func bareHalf(at index: Int) -> (clock: WrittenClock, side: Side, end: Int)? {
        guard let (clock, after) = clock(at: index), after < words.count,
            words[after].text == "(" || words[after].text == "["
        else { return nil }
        return (clock, .home, after)
    }

    /// How many words the longest of some names takes up here.
    private func length(of names: [[String]], at index: Int) -> Int? {
        names.filter { name in
            !name.isEmpty && index + name.count <= words.count
                && zip(name, words[index...]).allSatisfy { $0 == $1.text }
        }.map(\.count).max()
    }

    private func weekdayBefore(_ index: Int) -> Weekday? {
        for word in words[max(0, index - PairReader.reach)..<index].reversed() {
            if word.isMark || word.text.hasSuffix(".") { return nil }
            if let weekday = Weekday(short: word.text) { return weekday }
        }
        return nil
    }

    // MARK: Clocks

    private static let halves = ["am": 0, "a.m.": 0, "pm": 12, "p.m.": 12]
    private static let named = [
        "noon": WrittenClock(hour: 12, minute: 0), "midnight": WrittenClock(hour: 0, minute: 0, isMidnight: true),
    ]

    /// `10 PM`, `7:30AM`, `4:15 a.m.`, `22:00`, `noon`, `12 midnight`; a bare number is no clock.
    private func clock(at index: Int) -> (WrittenClock, after: Int)? {
        guard index < words.count else { return nil }
        let text = words[index].text
        if let clock = PairReader.named[text] { return (clock, index + 1) }
        if text == "12" || text == "12:00", index + 1 < words.count, let clock = PairReader.named[words[index + 1].text]
        {
            return (clock, index + 2)
        }
        let digits = text.prefix { $0.isASCII && $0.isNumber }
        guard (1...2).contains(digits.count), let hour = Int(digits) else { return nil }
        var rest = text.dropFirst(digits.count)
        var minute: Int?
        if let mark = rest.first, mark == ":" || mark == ".", rest.count >= 3 {
            let two = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
            guard two.count == 2, let number = Int(two), number < 60 else { return nil }
            minute = number
            rest = rest.dropFirst(3)
        }
        var after = index + 1
        var half = PairReader.halves[String(rest)]
        if rest.isEmpty, after < words.count, let next = PairReader.halves[words[after].text] {
            half = next
            after += 1
        } else if !rest.isEmpty, half == nil {
            return nil
        }
        if let half {
            guard (1...12).contains(hour) else { return nil }
            return (WrittenClock(hour: hour % 12 + half, minute: minute ?? 0), after)
        }
        guard let minute, hour < 24, text.contains(":") else { return nil }
        return (WrittenClock(hour: hour, minute: minute), after)
    }
}

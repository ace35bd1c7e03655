/// Words with times in them. A time is written only when the words are read: an age moves while what happened stays the
/// same, and a screen must know which words move.
package struct Wording: Hashable, Sendable, ExpressibleByStringInterpolation {
    /// A part of the words.
    package enum Part: Hashable, Sendable {
        case text(String)
        /// How long ago something was, or for how long it has been so: `38 min`.
        case age(Instant)
        /// How long it is until then: `2 h 25`.
        case left(Instant)
        /// A moment in both zones, each with its weekday: `Sun 08:00 / Sun 17:30`.
        case moment(Instant)
        /// A moment in both zones by the clock alone: `08:00 / 17:30`.
        case clock(Instant)
        /// How late something is that was to be then: `35 min late`, and `due now` in its first minute.
        case late(Instant)
    }

    /// The parts in their order.
    package private(set) var parts: [Part]

    /// Words without a time.
    package init(stringLiteral text: String) { parts = text.isEmpty ? [] : [.text(text)] }

    /// Words from an interpolated string: `"gone \(age: since) ago"`.
    package init(stringInterpolation interpolation: StringInterpolation) { parts = interpolation.parts }

    /// What an interpolated string gathers.
    package struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var parts: [Part] = []

        /// An empty one; the capacities say nothing here.
        package init(literalCapacity: Int, interpolationCount: Int) {}

        /// Adds what is written in the literal.
        package mutating func appendLiteral(_ literal: String) { appendInterpolation(literal) }

        /// Adds text.
        package mutating func appendInterpolation(_ text: some StringProtocol) {
            if text.isEmpty { return }
            if case .text(let last)? = parts.last {
                parts[parts.count - 1] = .text(last + text)
            } else {
                parts.append(.text(String(text)))
            }
        }

        /// Adds a number.
        package mutating func appendInterpolation(_ number: Int) { appendInterpolation(String(number)) }

        /// Adds other words with their times.
        package mutating func appendInterpolation(_ words: Wording) {
            for part in words.parts {
                if case .text(let text) = part { appendInterpolation(text) } else { parts.append(part) }
            }
        }

        /// Adds how long ago an instant is.
        package mutating func appendInterpolation(age instant: Instant) { parts.append(.age(instant)) }

        /// Adds how long it is until an instant.
        package mutating func appendInterpolation(left instant: Instant) { parts.append(.left(instant)) }

        /// Adds a moment in both zones with their weekdays.
        package mutating func appendInterpolation(_ instant: Instant) { parts.append(.moment(instant)) }

        /// Adds a moment in both zones by their clocks.
        package mutating func appendInterpolation(clock instant: Instant) { parts.append(.clock(instant)) }

        /// Adds how late something is that was to be at an instant.
        package mutating func appendInterpolation(late instant: Instant) { parts.append(.late(instant)) }
    }

    /// Words, and more words behind them.
    package static func + (one: Wording, other: Wording) -> Wording { "\(one)\(other)" }

    /// About how many characters it is long, whoever tells it.
    var cells: Int {
        parts.reduce(0) { sum, part in
            switch part {
            case .text(let text): sum + text.count
            case .age, .left: sum + 6
            case .moment: sum + 21
            default: sum + 13
            }
        }
    }

    /// The words as somebody tells them.
    package func text(_ telling: some TimeTelling) -> String {
        parts.map { part in
            switch part {
            case .text(let text): text
            case .age(let instant): telling.toldAge(of: instant)
            case .left(let instant): telling.toldLeft(until: instant)
            case .moment(let instant): telling.toldMoment(instant)
            case .clock(let instant): telling.toldClock(instant)
            case .late(let instant): telling.toldLate(since: instant)
            }
        }.joined()
    }
}

/// Who writes the times of a ``Wording``.
package protocol TimeTelling {
    /// How long ago an instant is: `38 min`.
    func toldAge(of instant: Instant) -> String
    /// How long it is until an instant: `2 h 25`.
    func toldLeft(until instant: Instant) -> String
    /// A moment in both zones: `Sun 08:00 / Sun 17:30`.
    func toldMoment(_ instant: Instant) -> String
    /// A moment in both zones by the clock: `08:00 / 17:30`.
    func toldClock(_ instant: Instant) -> String
}

extension TimeTelling {
    /// How late something is that was to be then; nobody is late in the first minute.
    package func toldLate(since instant: Instant) -> String {
        let age = toldAge(of: instant)
        return age.hasSuffix(" s") || age == "under 1 min" ? "due now" : "\(age) late"
    }
}

extension Wording {
    /// The words with a capital in front, where they begin with text.
    var capitalized: Wording {
        guard case .text(let text)? = parts.first, let first = text.first else { return self }
        var words = self
        words.parts[0] = .text(first.uppercased() + text.dropFirst())
        return words
    }

    /// The words with a small letter in front, where they begin with one of these.
    func lowered(after beginnings: [String]) -> Wording {
        guard case .text(let text)? = parts.first, beginnings.contains(where: { text.hasPrefix($0) }) else {
            return self
        }
        var words = self
        words.parts[0] = .text(text.prefix(1).lowercased() + text.dropFirst())
        return words
    }
}

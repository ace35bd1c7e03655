extension Duration {
    /// The duration in whole nanoseconds, rounded towards zero; the largest or smallest number where it does not fit.
    package var nanosecondCount: Int64 { Int64(clamping: attoseconds / 1_000_000_000) }

    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000),
    ]

    /// Reads a duration as runbooks write it (docs/contract.md, The runbook): `45m`, `2s`, `1h30m`, `250ms`, `2d`.
    /// Every number bears its unit. Larger units stand first, each at most once, without blanks, signs or fractions.
    /// `nil` for all else, and for more than 292 years.
    package init?(written text: some StringProtocol) {
        var rest = Substring(text)[...]
        var units = Duration.units[...]
        var total: Int64 = 0
        guard !rest.isEmpty else { return nil }
        while !rest.isEmpty {
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            rest = rest.dropFirst(digits.count)
            let name = rest.prefix { $0.isASCII && $0.isLetter }
            rest = rest.dropFirst(name.count)
            guard let count = Int64(digits), let place = units.firstIndex(where: { $0.name == name }) else {
                return nil
            }
            let (product, tooMuch) = count.multipliedReportingOverflow(by: units[place].nanoseconds)
            let (sum, overflow) = total.addingReportingOverflow(product)
            guard !tooMuch, !overflow else { return nil }
            total = sum
            units = units[(place + 1)...]
        }
        self = .nanoseconds(total)
    }

    /// The duration in the notation of runbooks, `1h30m`, which ``init(written:)`` reads back; parts of a millisecond
    /// are dropped, and what is negative is written with a minus sign in front.
    package var notation: String {
        var rest = nanosecondCount.magnitude
        var text = nanosecondCount < 0 ? "-" : ""
        for unit in Duration.units {
            let (count, remainder) = rest.quotientAndRemainder(dividingBy: unit.nanoseconds.magnitude)
            if count > 0 { text += "\(count)\(unit.name)" }
            rest = remainder
        }
        return text.isEmpty || text == "-" ? "0s" : text
    }

    /// An age or a length, short enough for a screen, rounded down: `22 s` (up to `60 s`), `15 min`, `4 h 05`,
    /// `3 h`, `2 d 3 h`; what is negative has a minus sign in front.
    package var written: String { reading(roundedUp: false) }

    /// The same for time that is left, rounded up, so that it never promises more than the clocks on the screen do: at
    /// 04:31:07 a step at 04:45 is `14 min` away.
    package var writtenLeft: String { reading(roundedUp: true) }

    private func reading(roundedUp: Bool) -> String {
        func part(_ number: UInt64, _ size: UInt64) -> UInt64 {
            number / size + (roundedUp && !number.isMultiple(of: size) ? 1 : 0)
        }
        let count = nanosecondCount
        let seconds = part(count.magnitude, 1_000_000_000)
        let sign = count < 0 && seconds > 0 ? "-" : ""
        if seconds <= 60 { return "\(sign)\(seconds) s" }
        let minutes = part(seconds, 60)
        if minutes < 60 { return "\(sign)\(minutes) min" }
        if minutes < 24 * 60 {
            return "\(sign)\(minutes / 60) h" + (minutes % 60 == 0 ? "" : " \(Int(minutes % 60).twoDigits)")
        }
        let hours = part(minutes, 60)
        return "\(sign)\(hours / 24) d" + (hours % 24 == 0 ? "" : " \(hours % 24) h")
    }
}

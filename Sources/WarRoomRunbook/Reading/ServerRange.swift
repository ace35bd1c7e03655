/// The notation for several servers whose names differ in a number: `web1..10`.
enum ServerRange {
    /// Why a range is none, in one sentence.
    struct Fault: Error {
        let text: String
    }

    /// More than this is a slip of the finger: no estate has so many alike.
    static let most = 10_000

    /// The names that a text stands for: itself, or each of its range. Leading zeros are kept, `web01..10`.
    static func expand(_ text: String) throws(Fault) -> [String] {
        guard let dots = text.ranges(of: "..").first else { return [text] }
        let before = text[..<dots.lowerBound]
        let last = text[dots.upperBound...]
        let first = before.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
        guard !first.isEmpty, !last.isEmpty, last.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            throw Fault(text: "'\(text)' is no range of servers: write one such as web1..10")
        }
        guard let from = Int(String(first)), let to = Int(last), from <= to else {
            throw Fault(text: "'\(text)' is no range of servers: its first number must not be larger than its last")
        }
        guard to - from < most else { throw Fault(text: "'\(text)' stands for more than \(most) servers") }
        let prefix = before.dropLast(first.count)
        return (from...to).map { number in
            let digits = String(number)
            let zeros = first.first == "0" ? String(repeating: "0", count: max(0, first.count - digits.count)) : ""
            return "\(prefix)\(zeros)\(digits)"
        }
    }
}

import Foundation
import OrderedCollections
import Testing

@testable import WarRoomCore

@Suite("Everything that a bridge holds goes to a terminal")
struct CodingTests {
    /// A text for each type that takes texts of a form, and lists no cases; one that is new makes the test fail.
    private static let texts = [
        "Zone": Zone.utc.description, "Role": "team: a/b", "Standing": "probe", "FeedLine.Tone": "plain",
    ]

    /// A value that has something in everything, and the tokens it was read from. What comes next is found by reading
    /// what there is, and seeing what is missed.
    private static func full<Value: Positional>(kind: String = "socket") throws -> (Value, [String]) {
        var tokens: [String] = []
        while true {
            // The blanks stand for what is still to come where a list says how long it is.
            do throws(PositionalFault) {
                return (try PositionalReader.read(Array((tokens.joined(separator: ",") + "  ").utf8)), tokens)
            } catch let fault {
                switch fault.expected {
                case .form(let type):
                    tokens[fault.token - 1] = "\"\(try text(of: type, kind: kind))\""
                case _ where fault.token <= tokens.count: throw fault
                case .bool: tokens.append("true")
                case .count: tokens.append("1")
                case .number: tokens.append("\(fault.token)")
                case .text: tokens.append("\"text \(fault.token)\"")
                case .newKey, .end: throw fault
                }
            }
        }
    }

    /// The same for a bridge, worked out once.
    private static let whole = Result { () throws -> (Bridge, [String]) in try full() }

    private static func text(of type: any Any.Type, kind: String) throws -> String {
        if type == SourcePlan.Kind.self { return kind }
        let listed = (type as? any CaseIterable.Type)?.last as? any RawRepresentable
        return try #require(listed?.rawValue as? String ?? texts[name(type)], "CodingTests.texts lacks \(name(type))")
    }

    private static func name(_ type: any Any.Type) -> String {
        String(reflecting: type).replacing("WarRoomCore.", with: "").replacing(#/<.*/#, with: "")
    }

    private static func row(_ bridge: Bridge, most: Int = 100) -> [UInt8] {
        Array(bridge.tokens(most: most).joined(separator: [UInt8(ascii: ",")]))
    }

    @Test("a bridge with something in everything comes back from its tokens as it was")
    func roundTrip() throws {
        let (bridge, tokens) = try Self.whole.get()
        let row = Self.row(bridge)
        #expect(String(decoding: row, as: UTF8.self) == tokens.joined(separator: ","))
        #expect(try Bridge(tokens: row) == bridge)
        let empty = Bridge(runbook: bridge.runbook)
        #expect(try Bridge(tokens: Self.row(empty)) == empty)
    }

    @Test(
        "every kind of source comes back as it was, and no other",
        arguments: ["statusFiles", "ndjson", "junit", "socket", "pigeon"])
    func kinds(word: String) throws {
        guard SourceKind.all.contains(where: { $0.word.replacing("-f", with: "F") == word }) else {
            #expect(throws: PositionalFault.self) {
                try PositionalReader.read(Array(#""\#(word)","x","y""#.utf8)) as SourcePlan.Kind
            }
            return
        }
        let (kind, tokens): (SourcePlan.Kind, [String]) = try Self.full(kind: word)
        var writer = PositionalWriter(most: 10)
        writer.put(kind)
        let parts = writer.parts.map { String(decoding: $0, as: UTF8.self) }
        #expect(parts.joined(separator: ",") == tokens.joined(separator: ","))
        #expect(kind.declaration.word.replacing("-f", with: "F") == word)
    }

    @Test("no stored property is forgotten but those that follow from others, and bridge-format.txt names them all")
    func complete() throws {
        let bridge = try Self.whole.get().0
        var (seen, empty): (Set<String>, [String]) = ([], [])
        func walk(_ value: Any, _ path: String) {
            let mirror = Mirror(reflecting: value)
            switch (mirror.displayStyle, value) {
            case (_, is Plan), (.enum, _), (_, is Duration), (_, is Zone), (_, is Instant): return
            case (_, let text as String): if !text.hasPrefix("text ") { empty.append(path) }
            case (_, let number as Int): if number == 0 { empty.append(path) }
            case (_, let flag as Bool): if !flag { empty.append(path) }
            case (.optional, _), (.collection, _), (.dictionary, _), (.tuple, _):
                if mirror.children.isEmpty { empty.append(path) }
                for child in mirror.children { walk(child.value, path) }
            default:
                let type = Self.name(mirror.subjectType)
                for child in mirror.children {
                    let path = "\(type).\(child.label ?? "")"
                    if !["Boxed", "Box"].contains(where: type.hasSuffix), !(child.value is Plan) { seen.insert(path) }
                    walk(child.value, path)
                }
            }
        }
        walk(bridge, "")
        #expect(empty.isEmpty, "scripts/make-coding.py does not see these: \(empty)")
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("bridge-format.txt")
        let lines = try String(contentsOf: file, encoding: .utf8).split(separator: "\n")
        #expect(lines.first == "format \(Bridge.format)")
        let named = Set(lines.compactMap { $0.wholeMatch(of: #/([\w.]+): .*/#).map { String($0.1) } })
        #expect(named == seen, "missing \(seen.subtracting(named)), too many \(named.subtracting(seen))")
    }

    @Test("a bridge whose tokens are cut, doubled or mixed up anywhere is read or refused, and ends nothing")
    func mutants() throws {
        let tokens = try Self.whole.get().1
        for place in stride(from: 0, to: tokens.count, by: 41) {
            #expect(throws: PositionalFault.self) {
                try Bridge(tokens: Array(tokens[..<place].joined(separator: ",").utf8))
            }
            for wrong in ["null", "true", "-1", "\"\"", "9223372036854775807", "\"\\u0000\"", "1e3", "[]", "\"", ""] {
                var mutant = tokens
                mutant[place] = wrong
                _ = try? Bridge(tokens: Array(mutant.joined(separator: ",").utf8))
            }
        }
    }

    @Test("no part is longer than was asked for, unless one token is")
    func parts() throws {
        var bridge = Bridge(runbook: try Self.whole.get().0.runbook)
        bridge.head = String(repeating: "ä", count: 300)
        let parts = bridge.tokens(most: 200)
        #expect(parts.count { $0.count > 200 } == 1)
        #expect(parts.allSatisfy { $0.count < 605 && !$0.isEmpty && $0.last != UInt8(ascii: ",") })
        #expect(try Bridge(tokens: Self.row(bridge, most: 200)) == bridge)
    }

    // MARK: - Tokens that may be hostile

    private func read<Value: Positional>(_ row: String, as type: Value.Type) throws -> Value {
        try PositionalReader.read(Array(row.utf8))
    }

    @Test(
        "tokens that fit nowhere are refused: counts, and numbers whose sums could be too large",
        arguments: [
            "4611686018427387904", "-1", "3,1,2", "9223372036854775808,1", "2,1", "1,1e3", "1,9007199254740992",
            "1,true", "1,-", "1,", "1 1", "1,1,1", "1,null", "1,\"1\"", "", "1,99999999999999999999",
        ])
    func numbers(row: String) {
        #expect(throws: PositionalFault.self) { try read(row, as: [Int].self) }
    }

    @Test("whole numbers are read to both ends of their range, and times to all 64 bits")
    func ends() throws {
        #expect(try read("2,9007199254740991,-9007199254740991", as: [Int].self).map(\.magnitude).count == 2)
        for end in [Int64.min, .max, 0, -1] {
            #expect(try read(" \(end) ", as: Instant.self) == Instant(nanoseconds: end))
        }
        for row in ["9223372036854775808", "-9223372036854775809", "1.5", "--1"] {
            #expect(throws: PositionalFault.self) { try read(row, as: Instant.self) }
        }
    }

    @Test("a duration is no longer than an instant has nanoseconds")
    func durations() throws {
        #expect(try read("31622400,500000000", as: Duration.self) == .seconds(31_622_400) + .nanoseconds(1) / 2)
        for row in ["9223372037,0", "0,1000000000000000000", "1"] {
            #expect(throws: PositionalFault.self) { try read(row, as: Duration.self) }
        }
    }

    @Test("a dictionary that has a key twice is refused, and texts are read with all their escapes")
    func texts() throws {
        #expect(try read(#"2,"b",1,"a",2"#, as: OrderedDictionary<String, Int>.self) == ["b": 1, "a": 2])
        #expect(throws: PositionalFault.self) { try read(#"2,"a",1,"a",2"#, as: OrderedDictionary<String, Int>.self) }
        #expect(try read(#""\u00e4\n],\"""#, as: String.self) == "ä\n],\"")
        for row in ["\"\\ud800\"", "\"a", "\"\u{1}\"", "a", "\"a\"\"b\""] {
            #expect(throws: PositionalFault.self) { try read(row, as: String.self) }
        }
    }
}

extension CaseIterable {
    fileprivate static var last: Any? { Array(allCases).last }
}

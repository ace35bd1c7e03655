/// Reads a row of tokens where it lies, without a value for each: bytes as a hub has sent them, which may be hostile.
struct PositionalReader {
    private var json: JSON.Parser
    private var token = 0

    /// For how many elements room is made because somebody says that they come.
    static let believed = 1024

    private init(_ bytes: UnsafeBufferPointer<UInt8>) { json = JSON.Parser(bytes: bytes) }

    /// A value from all its tokens, commas between them, and from nothing else.
    static func read<Value: Positional>(_ bytes: [UInt8]) throws(PositionalFault) -> Value {
        let result: Result<Value, PositionalFault> = bytes.withUnsafeBufferPointer { bytes in
            var reader = PositionalReader(bytes)
            do throws(PositionalFault) {
                let value: Value = try reader.next()
                reader.json.skipBlanks()
                guard reader.json.here == nil else { throw reader.fault(.end) }
                return .success(value)
            } catch { return .failure(error) }
        }
        return try result.get()
    }

    func fault(_ expected: PositionalFault.Expected) -> PositionalFault {
        PositionalFault(token: token, expected: expected)
    }

    mutating func next<Value: Positional>() throws(PositionalFault) -> Value { try Value(from: &self) }

    mutating func bool() throws(PositionalFault) -> Bool {
        let value = try begin(.bool) == UInt8(ascii: "t")
        do throws(JSONFault) { try json.pass(value ? "true" : "false") } catch { throw fault(.bool) }
        return value
    }

    mutating func number(
        _ expected: PositionalFault.Expected = .number
    ) throws(PositionalFault) -> Int64 {
        let isNegative = try begin(expected) == UInt8(ascii: "-")
        if isNegative { json.at += 1 }
        let start = json.at
        var (value, isTooLarge) = (Int64(0), false)
        while let byte = json.here, byte >= 0x30, byte <= 0x39 {
            let digit = Int64(byte - 0x30)
            // Below zero all the way, because the least number has no counterpart above.
            let (tens, one) = value.multipliedReportingOverflow(by: 10)
            let (sum, other) = tens.subtractingReportingOverflow(digit)
            (value, isTooLarge) = (sum, isTooLarge || one || other)
            json.at += 1
        }
        if !isNegative {
            let (above, other) = value.multipliedReportingOverflow(by: -1)
            (value, isTooLarge) = (above, isTooLarge || other)
        }
        guard json.at > start, !isTooLarge else { throw fault(expected) }
        return value
    }

    mutating func text() throws(PositionalFault) -> String {
        guard try begin(.text) == UInt8(ascii: "\"") else { throw fault(.text) }
        do throws(JSONFault) { return try json.string() } catch { throw fault(.text) }
    }

    /// A text that stands for a value.
    mutating func form<Value>(_ make: (String) -> Value?) throws(PositionalFault) -> Value {
        guard let value = make(try text()) else { throw fault(.form(Value.self)) }
        return value
    }

    /// How many elements come, each of which has a token at least.
    mutating func count() throws(PositionalFault) -> Int {
        let count = try number(.count)
        guard count >= 0, count <= json.bytes.count - json.at else { throw fault(.count) }
        return Int(count)
    }

    /// Goes to the next token; its first byte, which is not passed.
    private mutating func begin(_ expected: PositionalFault.Expected) throws(PositionalFault) -> UInt8 {
        json.skipBlanks()
        let isFirst = token == 0
        token += 1
        if !isFirst {
            guard json.here == UInt8(ascii: ",") else { throw fault(expected) }
            json.at += 1
            json.skipBlanks()
        }
        guard let byte = json.here else { throw fault(expected) }
        return byte
    }
}

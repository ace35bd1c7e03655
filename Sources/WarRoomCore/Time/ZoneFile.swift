/// A zone as the tz database compiles it: the bytes of a TZif file (RFC 8536), of version 1, 2, 3 or later.
package struct ZoneFile: Hashable, Sendable {
    /// The version of the format, from 1.
    package let version: Int
    /// The TZ string for the time after the last change; empty where the file gives none.
    package let footer: String
    private let initial: Zone.Reading
    private let changes: [Zone.Change]
    private let rule: ZoneRule?

    /// Reads the bytes of a file.
    /// - Throws: ``ZoneFault`` for bytes that are cut short, contradict themselves or are no TZif at all, and for files
    ///   that count leap seconds: their times are not those of the rest of the world.
    package init(_ bytes: [UInt8]) throws(ZoneFault) {
        var bytes = Bytes(all: bytes)
        var header = try Head(&bytes)
        version = header.version
        if header.version >= 2 {
            // The block for readers of version 1 comes first and is passed over.
            _ = try bytes.take(header.size(timeBytes: 4), "the block of version 1")
            header = try Head(&bytes)
        }
        let table = try Table(&bytes, header, timeBytes: version >= 2 ? 8 : 4)
        initial = table.initial
        footer = version >= 2 ? try bytes.footer() : ""
        let rule = footer.isEmpty ? nil : try ZoneRule(footer)

        // Changes that no instant can reach are left out: early ones merge into one, after late ones no rule is asked.
        let within = table.changes.filter { Zone.span.contains($0.at) }
        let early = table.changes.last { $0.at < Zone.span.lowerBound }
        let late = table.changes.last.map { $0.at > Zone.span.upperBound } ?? false
        changes = (early.map { [Zone.Change(at: Zone.span.lowerBound, reading: $0.reading)] } ?? []) + within
        self.rule = late ? nil : rule
    }

    /// The zone under this name.
    package func zone(identifier: String) -> Zone {
        Zone(identifier: identifier, initial: initial, changes: changes, rule: rule)
    }
}

/// RFC 8536, 3.1.
private struct Head {
    let version: Int
    private let utIndicators: Int
    private let standardIndicators: Int
    private let leaps: Int
    let times: Int
    let types: Int
    let characters: Int

    init(_ bytes: inout Bytes) throws(ZoneFault) {
        guard try bytes.take(4, "the header").elementsEqual([0x54, 0x5A, 0x69, 0x66]) else {
            throw ZoneFault("not a zone file: it does not begin with TZif")
        }
        let mark = try bytes.number(1, "the header")
        guard mark == 0 || (0x32...0x39).contains(mark) else {
            throw ZoneFault("damaged zone file: there is no version with the mark \(mark)")
        }
        version = mark == 0 ? 1 : Int(mark - 0x30)
        _ = try bytes.take(15, "the header")
        func count() throws(ZoneFault) -> Int { Int(try bytes.number(4, "the header")) }
        utIndicators = try count()
        standardIndicators = try count()
        leaps = try count()
        times = try count()
        types = try count()
        characters = try count()
    }

    func size(timeBytes: Int) -> Int {
        times * (timeBytes + 1) + types * 6 + characters + leaps * (timeBytes + 4) + standardIndicators + utIndicators
    }

    func check() throws(ZoneFault) {
        guard types > 0, types <= 256, characters > 0, utIndicators == 0 || utIndicators == types,
            standardIndicators == 0 || standardIndicators == types
        else { throw ZoneFault("damaged zone file: the counts in its header contradict each other") }
        guard leaps == 0 else {
            throw ZoneFault("the zone file counts leap seconds (a \"right\" one): use the plain file of the zone")
        }
    }
}

/// RFC 8536, 3.2.
private struct Table {
    let initial: Zone.Reading
    let changes: [Zone.Change]

    init(_ bytes: inout Bytes, _ header: Head, timeBytes: Int) throws(ZoneFault) {
        try header.check()
        // Taken whole first: counts beyond the file's end must not make room for what is not there.
        var block = Bytes(all: Array(try bytes.take(header.size(timeBytes: timeBytes), "the table of changes")))
        let times = try block.numbers(header.times, of: timeBytes)
        let indices = Array(try block.take(header.times, "the table of changes"))
        var types: [(offset: Int, name: Int)] = []
        for _ in 0..<header.types {
            let offset = Int(Int32(truncatingIfNeeded: try block.number(4, "the table of types")))
            let summer = try block.number(1, "the table of types")
            guard Zone.offsets.contains(offset), summer <= 1 else {
                throw ZoneFault("damaged zone file: an offset of \(offset) s, or a summer mark of \(summer)")
            }
            types.append((offset, Int(try block.number(1, "the table of types"))))
        }
        let names = Array(try block.take(header.characters, "the names"))

        var readings: [Zone.Reading] = []
        for type in types {
            guard type.name < names.count, let end = names[type.name...].firstIndex(of: 0), end > type.name,
                names[type.name..<end].allSatisfy(Zone.Reading.mayAbbreviate)
            else { throw ZoneFault("damaged zone file: an offset has no proper name") }
            let name = String(decoding: names[type.name..<end], as: UTF8.self)
            readings.append(Zone.Reading(offset: type.offset, abbreviation: name))
        }
        guard indices.allSatisfy({ Int($0) < readings.count }) else {
            throw ZoneFault("damaged zone file: a change leads to an offset that is not there")
        }
        guard zip(times, times.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw ZoneFault("damaged zone file: its changes are not in the order of time")
        }
        initial = readings[0]
        changes = zip(times, indices).map { Zone.Change(at: $0, reading: readings[Int($1)]) }
    }
}

/// Big-endian bytes, read from the front.
private struct Bytes {
    private let all: [UInt8]
    private var place = 0

    init(all: [UInt8]) { self.all = all }

    mutating func take(_ count: Int, _ part: String) throws(ZoneFault) -> ArraySlice<UInt8> {
        guard count <= all.count - place else {
            throw ZoneFault("damaged zone file: it ends at byte \(all.count), within \(part)")
        }
        defer { place += count }
        return all[place..<place + count]
    }

    mutating func number(_ count: Int, _ part: String) throws(ZoneFault) -> UInt64 {
        try take(count, part).reduce(0) { $0 << 8 | UInt64($1) }
    }

    /// Signed numbers of four or eight bytes.
    mutating func numbers(_ count: Int, of size: Int) throws(ZoneFault) -> [Int64] {
        var numbers: [Int64] = []
        for _ in 0..<count {
            let bits = try number(size, "the table of changes")
            numbers.append(size == 4 ? Int64(Int32(truncatingIfNeeded: bits)) : Int64(bitPattern: bits))
        }
        return numbers
    }

    /// RFC 8536, 3.3: a TZ string between two line ends.
    mutating func footer() throws(ZoneFault) -> String {
        guard try number(1, "the footer") == 0x0A, let end = all[place...].firstIndex(of: 0x0A) else {
            throw ZoneFault("damaged zone file: it has no whole footer")
        }
        return String(decoding: all[place..<end], as: UTF8.self)
    }
}

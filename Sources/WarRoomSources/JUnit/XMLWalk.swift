import CExpat

/// What is told what stands in an XML text, in order.
protocol XMLVisitor: AnyObject {
    /// An element begins; its name comes without a namespace prefix. Returns why the text is refused, or `nil`.
    func begin(_ name: String, _ attributes: XMLAttributes) -> String?
    /// The innermost element ends. Returns why the text is refused, or `nil`.
    func end() -> String?
    /// A DOCTYPE begins, with the name of the root that it announces; the walk ends at it.
    func beginDoctype(_ name: String)
    /// Text of the innermost element, possibly a part of it.
    func text(_ bytes: UnsafeRawBufferPointer)
}

/// One walk of expat through an XML text. A DOCTYPE ends it at once, so that no entity is ever declared, and nothing is
/// ever fetched.
final class XMLWalk {
    enum Verdict {
        case wellFormed
        /// The text ends too early; more bytes could make it good.
        case cutShort(String)
        /// A character stands there that XML does not have.
        case badCharacter(String)
        case refused(String)
    }

    private let visitor: any XMLVisitor
    private let depthLimit: Int
    private let parser: XML_Parser
    private var depth = 0
    private var refusal: String?

    private init(_ parser: XML_Parser, _ visitor: any XMLVisitor, depthLimit: Int) {
        self.parser = parser
        self.visitor = visitor
        self.depthLimit = depthLimit
    }

    /// Walks through a whole text; at most 2 GB.
    static func walk(_ bytes: [UInt8], depthLimit: Int, visitor: any XMLVisitor) -> Verdict {
        guard let count = Int32(exactly: bytes.count), let parser = XML_ParserCreate(nil) else {
            return .refused("no memory to read it")
        }
        defer { XML_ParserFree(parser) }
        let walk = XMLWalk(parser, visitor, depthLimit: depthLimit)
        return withExtendedLifetime(walk) { walk.run(bytes, count) }
    }

    private func run(_ bytes: [UInt8], _ count: Int32) -> Verdict {
        XML_SetUserData(parser, Unmanaged.passUnretained(self).toOpaque())
        XML_SetElementHandler(
            parser,
            { XMLWalk.of($0)?.begin($1, $2) },
            { data, _ in XMLWalk.of(data)?.end() })
        XML_SetCharacterDataHandler(parser) { XMLWalk.of($0)?.text($1, $2) }
        XML_SetStartDoctypeDeclHandler(parser) { data, name, _, _, _ in
            if let name { XMLWalk.of(data)?.visitor.beginDoctype(String(cString: name)) }
            XMLWalk.of(data)?.refuse("has a DOCTYPE, which no report needs")
        }
        XML_SetUnknownEncodingHandler(parser, { windows1252($1, $2) }, nil)

        let status = bytes.withUnsafeBytes {
            XML_Parse(parser, $0.bindMemory(to: CChar.self).baseAddress, count, 1)
        }
        if let refusal { return .refused(refusal) }
        if status == XML_STATUS_OK { return .wellFormed }
        let code = XML_GetErrorCode(parser)
        let words = XML_ErrorString(code).map { String(cString: $0) } ?? "not well-formed"
        let reason =
            "\(words) at line \(XML_GetCurrentLineNumber(parser)), column \(XML_GetCurrentColumnNumber(parser) + 1)"
        return switch code {
        case XML_ERROR_NO_ELEMENTS, XML_ERROR_UNCLOSED_TOKEN, XML_ERROR_PARTIAL_CHAR,
            XML_ERROR_UNCLOSED_CDATA_SECTION:
            .cutShort(reason)
        case XML_ERROR_INVALID_TOKEN, XML_ERROR_BAD_CHAR_REF: .badCharacter(reason)
        default: .refused(reason)
        }
    }

    private static func of(_ data: UnsafeMutableRawPointer?) -> XMLWalk? {
        data.map { Unmanaged<XMLWalk>.fromOpaque($0).takeUnretainedValue() }
    }

    private func refuse(_ reason: String?) {
        guard let reason, refusal == nil else { return }
        refusal = reason
        XML_StopParser(parser, XML_Bool(0))
    }

    // After it was stopped expat may still deliver the other half of an empty element, so each handler looks for that.

    private func begin(_ name: UnsafePointer<CChar>?, _ attributes: UnsafeMutablePointer<UnsafePointer<CChar>?>?) {
        guard refusal == nil, let name else { return }
        depth += 1
        guard depth <= depthLimit else { return refuse("has elements more than \(depthLimit) levels deep") }
        let whole = String(cString: name)
        let local = whole.lastIndex(of: ":").map { String(whole[whole.index(after: $0)...]) } ?? whole
        refuse(visitor.begin(local, XMLAttributes(attributes)))
    }

    private func end() {
        guard refusal == nil else { return }
        depth -= 1
        refuse(visitor.end())
    }

    private func text(_ start: UnsafePointer<CChar>?, _ count: Int32) {
        guard refusal == nil, let start else { return }
        visitor.text(UnsafeRawBufferPointer(start: start, count: Int(count)))
    }
}

/// The attributes of one start tag: a view of expat's list, valid only while the element begins.
struct XMLAttributes {
    private let list: UnsafeMutablePointer<UnsafePointer<CChar>?>?

    init(_ list: UnsafeMutablePointer<UnsafePointer<CChar>?>?) { self.list = list }

    subscript(name: String) -> String? {
        guard let list else { return nil }
        var place = 0
        while let key = list[place] {
            if let value = list[place + 1], name == String(cString: key) { return String(cString: value) }
            place += 2
        }
        return nil
    }

    /// A number as somebody claims it; 0 for what is no sensible number.
    func count(_ name: String) -> Int {
        guard let value = self[name].flatMap({ Int($0) }), (0...1_000_000_000).contains(value) else { return 0 }
        return value
    }
}

/// Tells expat the one encoding of real reports that it does not know. Returns expat's status.
private func windows1252(_ name: UnsafePointer<CChar>?, _ info: UnsafeMutablePointer<XML_Encoding>?) -> Int32 {
    guard let name, let info else { return 0 }
    let label = String(cString: name).lowercased()
    guard label == "windows-1252" || label == "cp1252" else { return 0 }
    let upper: [Int32] = [
        0x20AC, -1, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, -1, 0x017D,
        -1, -1, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, -1,
        0x017E, 0x0178,
    ]
    withUnsafeMutableBytes(of: &info.pointee.map) { raw in
        let map = raw.bindMemory(to: Int32.self)
        for byte in map.indices { map[byte] = (0x80..<0xA0).contains(byte) ? upper[byte - 0x80] : Int32(byte) }
    }
    info.pointee.data = nil
    info.pointee.convert = nil
    info.pointee.release = nil
    return 1
}

import Testing
import WarRoomCore

@Suite("What cannot be seen is named")
struct NamedTextTests {
    @Test(
        "each character that cannot be seen has its number and a name where it stands",
        arguments: [
            ("Sat\u{A0}22:00", "Sat<U+00A0 no-break space>22:00"), ("45\u{202F}m", "45<U+202F narrow no-break space>m"),
            ("pay\u{200B}", "pay<U+200B zero-width space>"), ("\u{FEFF}id", "<U+FEFF byte-order mark>id"),
            ("a\u{202E}b", "a<U+202E right-to-left override>b"), ("a\u{2067}b", "a<U+2067 right-to-left isolate>b"),
            ("a\u{AD}b", "a<U+00AD soft hyphen>b"), ("a\u{3000}b", "a<U+3000 ideographic space>b"),
            ("a\u{2003}b", "a<U+2003 space of another width>b"), ("a\tb", "a<U+0009 tab>b"),
            ("\u{1B}[2J", "<U+001B escape>[2J"), ("\u{90}q", "<U+0090 control character>q"),
            ("a\u{200D}b", "a<U+200D zero-width joiner>b"), ("a\u{FE0F}", "a<U+FE0F invisible character>"),
            ("\u{E0041}", "<U+E0041 invisible character>"), ("\u{E000}", "<U+E000 no character>"),
        ])
    func named(text: String, shown: String) { #expect(CleanText.named(text) == shown) }

    @Test(
        "what can be seen stays as it is, signs of several characters too",
        arguments: ["Sat 22:00", "größe 作者 e\u{301}", "⚠", "’—…≠✓", "שלום", "हिन्दी"])
    func seen(text: String) { #expect(CleanText.named(text) == text) }

    @Test("what belongs to a sign before it is left out, as it is elsewhere")
    func signs() {
        #expect(CleanText.named("⚠\u{FE0F}") == "⚠")
        #expect(CleanText.named("👩\u{200D}🚒") == "👩🚒")
    }

    @Test("nothing that a terminal would obey is left of any character there is")
    func all() {
        for value in UInt32(0)...0x10FFFF {
            guard let scalar = Unicode.Scalar(value) else { continue }
            let named = CleanText.named("x" + String(Character(scalar)))
            let isClean = named.unicodeScalars.allSatisfy {
                !$0.isControl && !$0.isBidirectionalControl && !$0.isInvisible
            }
            if !isClean { Issue.record("U+\(String(value, radix: 16))") }
        }
    }

    @Test(
        "a text stands in another byte for byte, an empty one in every text",
        arguments: [
            ("build the portal", "portal", true), ("portal", "portal", true), ("", "", true), ("a", "", true),
            ("", "a", false), ("aab", "ab", true), ("ab", "abc", false), ("e\u{301}", "é", false), ("größe", "ß", true),
        ])
    func holds(whole: String, part: String, isHeld: Bool) { #expect(whole.holds(part) == isHeld) }
}
